"""The map: every commune in its class, classes told without colour, a click that finds the commune below it."""

import json
from decimal import Decimal
from itertools import pairwise
from math import dist
from random import Random
from typing import Any

import pytest

from data.reference import communes
from data.words import Words
from pages.parts.commune_chart import class_limits, class_names, commune_chart, drawable, numbered
from pages.parts.commune_shapes import Shape, is_inside, shapes

WORDS = Words("fr")
HOURS = {"76540": 12_000, "76498": 900, "76575": 900, "76322": 60, "76681": 40, "76157": 30, "76231": 20}
POPULATION = {commune.code: commune.population for commune in communes()}
SHAPES = shapes(frozenset(POPULATION))


def row(code: str, name: str) -> Any:
    hours = Decimal(HOURS.get(code, 0))
    return {
        "execution_commune": code,
        "commune_name": name,
        "hours_validated": hours,
        "hours_per_1000": float(hours) * 1000 / POPULATION[code],
        "share_ratio": float(hours) / sum(HOURS.values()),
    }


MEMBERS = [row(commune.code, commune.name) for commune in communes()]


def traces(measure: Any = "hours_validated", **options: Any) -> list[dict[str, Any]]:
    chart = commune_chart(MEMBERS, measure, WORDS, summary="…", **options)
    found: list[dict[str, Any]] = json.loads(chart.figure.to_json())["data"]
    return found


def communes_of(trace: dict[str, Any]) -> set[str]:
    """The communes whose first corner is in the trace."""
    corners = {(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None}
    return {shape.code for shape in SHAPES if set(shape.rings[0]) <= corners}


# Classes


def test_limits_are_round_and_part_the_communes_with_hours() -> None:
    # Of 20, 30, 40, 60, 900, 900, 12000: the values at 40, 70 and 90 % are 40, 900 and 12000.
    assert class_limits([Decimal(hours) for hours in HOURS.values()] + [Decimal(0)] * 64) == [50, 1000, 10_000]


@pytest.mark.parametrize(
    ("values", "limits"),
    [([], []), ([0, 0], []), ([5, 7, 8], []), ([100] * 9, []), ([0.3, 0.4, 0.6, 0.7, 0.9], [0.5, 1.0][:1])],
)
def test_few_or_equal_values_make_one_class(values: list[float], limits: list[float]) -> None:
    assert class_limits(values) == limits


def test_classes_are_named_in_words_without_a_gap() -> None:
    assert class_names([50, 1000, 10_000], WORDS) == [
        "aucune heure",
        "moins de 50\u00a0h",
        "50 à 1\u202f000\u00a0h",
        "1\u202f000 à 10\u202f000\u00a0h",
        "10\u202f000\u00a0h et plus",
    ]
    assert class_names([], WORDS) == ["aucune heure", "des heures"]


def test_every_commune_is_in_one_class_and_those_without_hours_are_apart() -> None:
    areas = {trace["name"]: communes_of(trace) for trace in traces() if trace.get("fill") == "toself"}
    assert areas["aucune heure"] == POPULATION.keys() - HOURS.keys()
    assert areas["moins de 50\u00a0h"] == {"76681", "76157", "76231"}
    assert areas["50 à 1\u202f000\u00a0h"] == {"76322", "76498", "76575"}
    assert areas["10\u202f000\u00a0h et plus"] == {"76540"}
    assert sum(map(len, areas.values())) == len(POPULATION)


def test_the_measure_for_inhabitants_has_classes_of_its_own() -> None:
    names = [trace["name"] for trace in traces("hours_per_1000") if trace.get("fill") == "toself"]
    assert names == ["aucune heure", "moins de 2\u00a0h", "2 à 20\u00a0h", "20 à 100\u00a0h", "100\u00a0h et plus"]


def test_neighbouring_classes_differ_by_their_marks() -> None:
    looks = [
        (trace.get("fillpattern", {}).get("shape", ""), trace.get("fillcolor") or trace["fillpattern"]["bgcolor"])
        for trace in traces()
        if trace.get("fill") == "toself"
    ]
    assert len(set(looks)) == len(looks) == 5
    # Two plain fills, light and full, never stand side by side: marks lie between them.
    assert [bool(shape) for shape, _ in looks] == [False, True, False, True, False]


def test_the_legend_has_the_same_marks_as_the_map() -> None:
    drawn = traces()
    areas = [trace for trace in drawn if trace.get("fill") == "toself"]
    keys = [trace for trace in drawn if trace["type"] == "bar"]
    assert [key["name"] for key in keys] == [area["name"] for area in areas]
    assert [key["marker"].get("pattern") or {} for key in keys] == [area.get("fillpattern") or {} for area in areas]


# Marks on the map


def test_the_first_communes_bear_their_rank() -> None:
    first = numbered(MEMBERS, "hours_validated")
    assert first[0]["execution_commune"] == "76540"
    assert {place["execution_commune"] for place in first[1:]} == {"76498", "76575", "76322", "76681"}
    marks = next(trace for trace in traces() if trace["name"] == "named")
    assert marks["text"] == ["1", "2", "3", "4", "5"]
    rouen = next(shape for shape in SHAPES if shape.code == "76540")
    assert is_inside(rouen.rings, (marks["x"][0], marks["y"][0]))


def test_numbers_of_neighbours_do_not_cover_each_other_on_a_phone() -> None:
    marks = next(trace for trace in traces() if trace["name"] == "named")
    places = list(zip(marks["x"], marks["y"], strict=True))
    xs = [x for shape in SHAPES for ring in shape.rings for x, _ in ring]
    pixel = (max(xs) - min(xs)) / 343
    assert min(dist(a, b) for n, a in enumerate(places) for b in places[:n]) >= 19 * pixel
    first = [str(place["execution_commune"]) for place in numbered(MEMBERS, "hours_validated")]
    known = {shape.code: shape for shape in SHAPES}
    assert all(is_inside(known[code].rings, place) for code, place in zip(first, places, strict=True))
    # Sotteville and both Quevilly touch Rouen: not all of them have their number in the middle.
    assert places != [known[code].middle for code in first]


def test_nobody_is_numbered_without_hours() -> None:
    assert numbered([row("76759", "Yville-sur-Seine")], "hours_validated") == []


def test_chosen_communes_are_outlined() -> None:
    outlined = next(trace for trace in traces(chosen=["76540"]) if trace["name"] == "chosen")
    assert communes_of(outlined) == {"76540"}


def test_a_pointer_reads_hours_share_and_ratio() -> None:
    pointers = [trace for trace in traces() if trace["name"] == "pointer"]
    result = {code: pointer["text"] for pointer in pointers for code in set(pointer["customdata"])}
    assert result.keys() == POPULATION.keys()
    assert result["76540"].startswith("<b>Rouen</b><br>12\u202f000\u00a0h (86,0\u00a0%)<br>")
    assert result["76759"] == "<b>Yville-sur-Seine</b><br>aucune heure"


def test_the_pointer_is_invisible() -> None:
    assert {trace["opacity"] for trace in traces() if trace["name"] == "pointer"} == {0}


def test_a_map_has_its_communes_alone_and_in_the_middle() -> None:
    one, two = row("76540", "Rouen"), row("76498", "Le Petit-Quevilly")
    drawn = json.loads(commune_chart([one, two], "hours_validated", WORDS, summary="…").figure.to_json())
    pointers = {code for trace in drawn["data"] if trace["name"] == "pointer" for code in trace["customdata"]}
    assert pointers == {"76540", "76498"}
    low, high = drawn["layout"]["xaxis"]["range"]
    assert low == pytest.approx(-high, abs=0.01)


def test_a_commune_without_an_outline_is_not_drawn() -> None:
    elsewhere = row("76498", "Châteaufort")
    elsewhere["execution_commune"] = "69114"  # one of the eight of France that the package has no outline of
    assert drawable([row("76540", "Rouen"), elsewhere]) == [row("76540", "Rouen")]


# Shapes


def test_every_commune_has_a_closed_outline_points_and_a_middle_inside() -> None:
    assert {shape.code for shape in SHAPES} == POPULATION.keys()
    for shape in SHAPES:
        assert all(ring[0] == ring[-1] for ring in shape.rings)
        assert shape.points
        assert is_inside(shape.rings, shape.middle)


def test_the_nearest_point_is_nearly_always_in_the_commune_that_is_pointed_at() -> None:
    points = [(point, shape.code) for shape in SHAPES for point in shape.points]
    pointed = _pointed(Random(7), 400)
    right = sum(min(points, key=lambda found: dist(found[0], place))[1] == code for place, code in pointed)
    assert right / len(pointed) > 0.96


def _pointed(random: Random, wanted: int) -> list[tuple[tuple[float, float], str]]:
    """Places drawn over the map, with the commune that they lie in."""
    found: list[tuple[tuple[float, float], str]] = []
    while len(found) < wanted:
        place = (random.uniform(-18, 18), random.uniform(-16, 16))
        found += [(place, shape.code) for shape in SHAPES if is_inside(shape.rings, place)]
    return found


def test_a_hole_is_outside() -> None:
    outer = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0))
    hole = ((1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0))
    assert is_inside((outer, hole), (0.5, 0.5))
    assert not is_inside((outer, hole), (2.0, 2.0))
    assert not is_inside((outer, hole), (5.0, 2.0))


def test_distances_are_kilometres() -> None:
    def area(shape: Shape) -> float:
        return sum(abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2 for ring in shape.rings)

    # Rouen is 21 km² and the whole authority 664 km², as its own site says.
    by_code = {shape.code: shape for shape in SHAPES}
    assert area(by_code["76540"]) == pytest.approx(21.4, rel=0.05)
    assert sum(map(area, SHAPES)) == pytest.approx(664, rel=0.03)
