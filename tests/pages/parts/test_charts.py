"""The curve and the bars: what the figure's own JSON says."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from data.settings import PolicyDate
from data.settings_opening import OpeningBalance
from data.words import Words
from pages.parts import charts, charts_small, theme
from pages.parts.axes import nice_ticks, time_axis, year_ticks
from pages.parts.yearly_chart import yearly

FRENCH = Words("fr")


def month(number: int, hours: int, cumulative: int, provisional: bool = False) -> Any:
    return {
        "month": dt.date(2020, number, 1),
        "hours_validated": Decimal(hours),
        "cumulative_hours": Decimal(cumulative),
        "cumulative_committed_hours": Decimal(5000),
        "provisional": provisional,
    }


def milestone(name: str, target: int, **more: Any) -> Any:
    row = {"milestone": name, "target_hours": Decimal(target), "crossed_month": None, "projected_month": None}
    return {
        **row,
        "projected_earliest": None,
        "projected_latest": None,
        "not_before": None,
        "status": "projected",
        **more,
    }


def year(number: int, hours: int, pending: int = 0, **more: Any) -> Any:
    row = {"year": number, "hours_validated": Decimal(hours), "hours_pending": Decimal(pending), "complete": True}
    return {**row, "objective_hours": None, "same_months_hours_before": None, "rank": 2, **more}


def spec(chart: charts.Chart) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(chart.figure.to_json())
    return found


MONTHS = [month(1, 100, 1100), month(2, 400, 1500), month(3, 50, 1550, True)]
REACHED = milestone("low", 1200, crossed_month=dt.date(2020, 2, 1), status="reached")
AHEAD = milestone(
    "high",
    9000,
    projected_month=dt.date(2021, 6, 1),
    projected_earliest=dt.date(2021, 3, 1),
    projected_latest=dt.date(2021, 9, 1),
    last_complete_month=dt.date(2020, 2, 1),
    complete_hours=Decimal(1500),
)


def curve(**more: Any) -> dict[str, Any]:
    names = {"low": "le bas", "high": "le haut"}
    chart = charts.cumulative(MONTHS, [REACHED, AHEAD], names, FRENCH, summary="Phrase.", **more)
    assert chart.summary == "Phrase."
    return spec(chart)


def by_name(drawn: dict[str, Any]) -> dict[str, Any]:
    return {trace["name"]: trace for trace in drawn["data"]}


def test_the_provisional_stretch_is_hatched_and_starts_where_the_complete_one_ends() -> None:
    traces = by_name(curve())
    assert [float(y) for y in traces["validated"]["y"]] == [1100, 1500]
    assert [float(y) for y in traces["provisional"]["y"]] == [1500, 1550]
    assert traces["provisional"]["fillpattern"]["shape"] == "/"
    assert traces["provisional"]["text"][1] == "mars 2020\u00a0: 1\u202f550\u00a0h"


def test_the_opening_balance_lies_under_the_curve_in_its_own_colour() -> None:
    balance = OpeningBalance(hours=Decimal(1000), as_of=dt.date(2019, 12, 31), origin="bilans")
    traces = by_name(curve(opening=(balance,), since=1997))
    assert traces["opening"]["x"][:2] == ["1997-01-01", "2019-12-31"]
    assert traces["opening"]["y"] == [0, 1000, 1000]
    assert traces["opening"]["fillcolor"] != traces["validated"]["line"]["color"]
    assert "opening" not in by_name(curve())


def test_a_milestone_passed_is_dated_and_the_next_is_an_interval_called_an_estimation() -> None:
    drawn = curve()
    traces, labels = by_name(drawn), [note["text"] for note in drawn["layout"]["annotations"]]
    assert traces["low"]["x"] == ["2020-02-01"]
    assert "<b>1\u202f200\u00a0h</b><br>février 2020" in labels
    assert traces["interval"]["x"] == ["2021-03-01", "2021-09-01"]
    assert any("mars 2021 – sept. 2021 (estimation)" in label for label in labels)
    # One pale fan from the last complete month, dashes in its middle.
    assert traces["fan"]["x"] == ["2020-02-01", "2021-03-01", "2021-09-01", "2020-02-01"]
    assert traces["fan"]["y"] == [1500, 9000, 9000, 1500]
    assert (traces["middle"]["x"], traces["middle"]["line"]["dash"]) == (["2020-02-01", "2021-06-01"], "dash")


def test_a_milestone_that_fell_back_is_no_longer_marked_as_reached() -> None:
    fallen = milestone("low", 1200, crossed_month=dt.date(2020, 2, 1), status="not_projectable")
    drawn = charts.cumulative(MONTHS, [fallen], {"low": "le bas"}, FRENCH, summary="Phrase.")
    assert "low" not in by_name(spec(drawn))


def test_near_policy_dates_are_numbered_on_two_levels() -> None:
    dates = tuple(PolicyDate(on=dt.date(on, 1, 1), label=str(on)) for on in (2008, 2009, 2015))
    numbers = [note for note in curve(policy_dates=dates)["layout"]["annotations"] if note["text"] in ("①", "②", "③")]
    assert [note["yshift"] for note in numbers] == [1, 18, 1]


def test_bars_of_an_unfinished_year_are_hatched_and_compared_with_the_same_months() -> None:
    years = [year(2019, 900, rank=1), year(2020, 300, 50, complete=False, same_months_hours_before=Decimal(400))]
    drawn = spec(yearly(years, FRENCH, summary="Phrase."))
    validated, pending = drawn["data"]
    assert validated["marker"]["pattern"]["shape"] == ["", "/"]
    assert [float(y) for y in pending["y"]] == [0, 50]
    (level,) = drawn["layout"]["shapes"]
    assert (level["y0"], level["y1"]) == (400, 400)
    labels = {note["x"]: note for note in drawn["layout"]["annotations"] if note.get("x") in (2019, 2020)}
    assert labels[2019]["text"] == "900"
    assert labels[2020]["y"] == 400  # above the level, so that the two do not overlap


def test_an_objective_is_told_from_the_same_months_of_the_year_before() -> None:
    years = [
        year(2020, 300, complete=False, same_months_hours_before=Decimal(400), objective_hours=Decimal(700)),
    ]
    drawn = spec(yearly(years, FRENCH, summary="Phrase."))
    assert {level["y0"]: level["line"]["dash"] for level in drawn["layout"]["shapes"]} == {700: "solid", 400: "dot"}


def test_small_multiples_share_the_scale_of_the_largest() -> None:
    entries: Any = [
        {**year(2019, 10), "clause_category": "insertion"},
        {**year(2019, 4000), "clause_category": "execution"},
    ]
    sizes: Any = [
        {"clause_category": "execution", "hours_validated": 4000},
        {"clause_category": "insertion", "hours_validated": 10},
    ]
    series = charts_small.series_by_size(entries, sizes)
    drawn = charts_small.small_multiples(series, {"execution": "Exécution", "insertion": "Insertion"}, FRENCH)
    assert list(drawn) == ["execution", "insertion"]
    ranges = [spec(chart)["layout"]["yaxis"]["range"] for chart in drawn.values()]
    assert ranges[0] == ranges[1]
    assert drawn["insertion"].summary == "Au plus haut en 2019\u00a0: 10\u00a0h."


def clause_series(**tops: int) -> Any:
    return {code: [year(2019, top), year(2020, 1)] for code, top in tops.items()}


@pytest.mark.parametrize(
    ("tops", "found"),
    [
        ({"execution": 501, "insertion": 150, "criterion": 100, "private": 20}, "execution"),  # more than 5 × 100
        ({"execution": 500, "insertion": 150, "criterion": 100, "private": 20}, None),
        ({"execution": 500}, None),
        ({}, None),
    ],
)
def test_a_category_dominates_from_five_times_the_median_of_the_others(tops: dict[str, int], found: str | None) -> None:
    assert charts_small.dominant(clause_series(**tops)) == found


@pytest.mark.parametrize(
    ("scale", "tops"),
    [("same", [4000, 4000, 4000]), ("own", [4000, 60, 30]), ("apart", [4000, 60, 60])],
)
def test_the_scale_of_small_multiples(scale: Any, tops: list[int]) -> None:
    series = clause_series(execution=4000, insertion=60, criterion=30)
    drawn = charts_small.small_multiples(series, {code: code for code in series}, FRENCH, scale=scale)
    assert [spec(chart)["layout"]["yaxis"]["range"][1] for chart in drawn.values()] == [top * 1.05 for top in tops]


def test_the_years_of_a_filter_are_a_band_under_the_whole_curve() -> None:
    drawn = curve(within=(dt.date(2020, 1, 1), dt.date(2020, 12, 31)))
    (band,) = [shape for shape in drawn["layout"]["shapes"] if shape.get("name") == "years"]
    assert (band["x0"], band["x1"], band["layer"]) == ("2020-01-01", "2020-03-01", "below")
    assert len(by_name(drawn)["validated"]["x"]) == 2
    assert not [shape for shape in curve()["layout"].get("shapes", []) if shape.get("name") == "years"]
    assert not [
        shape
        for shape in curve(within=(dt.date(2021, 1, 1), None))["layout"].get("shapes", [])
        if shape.get("name") == "years"
    ]


def test_one_month_of_data_is_a_dot_and_is_named_once() -> None:
    drawn = spec(charts.cumulative([month(1, 100, 1100)], [], {}, FRENCH, summary="Phrase."))
    assert by_name(drawn)["validated"]["mode"] == "lines+markers"
    assert drawn["layout"]["xaxis"]["ticktext"] == ["janv. 2020"]
    assert by_name(curve())["validated"]["mode"] == "lines"


def test_a_total_below_zero_has_its_axis_below_zero() -> None:
    drawn = spec(charts.cumulative([month(1, -70, -70), month(2, 5, -65)], [], {}, FRENCH, summary="Phrase."))
    assert drawn["layout"]["yaxis"]["range"][0] < -70


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ((2023, 5), (2023, 5), ["mai 2023"]),
        ((2023, 5), (2023, 8), ["mai 2023", "juin 2023", "juil. 2023", "août 2023"]),
        ((2023, 1), (2024, 12), ["janv. 2023", "juil. 2023", "janv. 2024", "juil. 2024"]),
        ((2022, 5), (2024, 6), ["2023", "2024"]),  # May 2022 is after the beginning of 2022
    ],
)
def test_a_time_axis_repeats_no_label(first: tuple[int, int], last: tuple[int, int], names: list[str]) -> None:
    drawn = theme.figure(FRENCH, 100)
    time_axis(drawn, dt.date(*first, 1), dt.date(*last, 1), FRENCH)
    assert json.loads(drawn.to_json())["layout"]["xaxis"]["ticktext"] == names


@pytest.mark.parametrize(
    ("top", "ticks"),
    [(0, [0, 1]), (100, [0, 20, 40, 60, 80, 100]), (2_000_000, [0, 500_000, 1_000_000, 1_500_000, 2_000_000])],
)
def test_axes_have_round_values(top: float, ticks: list[float]) -> None:
    assert nice_ticks(top) == ticks


@pytest.mark.parametrize(
    ("years", "named"),
    [
        ([], []),
        ([2023], [2023]),  # once, not "2023 2023 2023"
        ([2023, 2024], [2023, 2024]),
        (list(range(2003, 2027)), [2004, 2006, 2008, 2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024, 2026]),
        (list(range(1980, 2027)), [1981, 1986, 1991, 1996, 2001, 2006, 2011, 2016, 2021, 2026]),
    ],
)
def test_each_year_is_named_once_and_the_last_one_always(years: list[int], named: list[int]) -> None:
    assert year_ticks(years) == named


def test_a_year_below_zero_goes_down_with_its_label() -> None:
    years = [year(2019, 300, rank=1), year(2020, -70, rank=2)]
    drawn = spec(yearly(years, FRENCH, summary="Phrase."))
    low, high = drawn["layout"]["yaxis"]["range"]
    assert low < -70 < 300 < high
    assert [float(tick) for tick in drawn["layout"]["yaxis"]["tickvals"]] == [-100, 0, 100, 200, 300]
    (label,) = (note for note in drawn["layout"]["annotations"] if note.get("x") == 2020)
    assert (label["text"], label["y"], label["yanchor"]) == ("\u221270", -70, "top")


def test_a_series_that_corrections_make_negative_has_no_highest_year() -> None:
    drawn = charts_small.small_multiples(
        {"execution": [year(2019, -70), year(2020, 0)]}, {"execution": "Exécution"}, FRENCH
    )
    assert drawn["execution"].summary == "Aucune heure réalisée, corrections déduites."


def test_empty_years_before_the_first_hours_are_not_drawn() -> None:
    drawn = spec(yearly([year(2017, 0), year(2018, 0), year(2019, 0, 5), year(2020, 7)], FRENCH, summary=""))
    assert drawn["data"][0]["x"] == [2018, 2019, 2020]
    drawn = spec(yearly([year(2019, 0), year(2020, 0)], FRENCH, summary=""))
    assert drawn["data"][0]["x"] == [2019, 2020]


def test_empty_months_before_the_first_hours_are_not_drawn() -> None:
    before = [{**month(n, 0, 0), "cumulative_committed_hours": Decimal(0)} for n in (1, 2, 3)]
    months = [*before, month(4, 0, 0), month(5, 10, 10)]

    def first_month(**more: Any) -> str:
        drawn = spec(charts.cumulative(months, [], {}, FRENCH, summary="", **more))
        return str(drawn["data"][0]["x"][0])

    assert first_month() == "2020-03-01"  # the month before the first obligation
    assert first_month(within=(dt.date(2020, 2, 1), None)) == "2020-01-01"  # the band of the filter is whole
    opening = OpeningBalance(hours=Decimal(50), as_of=dt.date(2019, 12, 31), origin="")
    assert (
        str(spec(charts.cumulative(months, [], {}, FRENCH, summary="", opening=(opening,)))["data"][1]["x"][0])
        == "2020-01-01"
    )
