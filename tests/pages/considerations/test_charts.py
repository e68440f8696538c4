"""The chart of the share of contracts with a social consideration: its own JSON."""

import json
from typing import Any

from data.words import Words
from pages.parts import theme
from pages.parts.social_chart import social_shares

WORDS = Words("fr")
Row = Any  # with the columns that a test is about


def year(number: int, part: int, whole: int, **changes: Any) -> Row:
    row = {
        "year": number,
        "contracts_social": part,
        "contracts": whole,
        "social_ratio": part / whole if whole else None,
        "target_ratio": 0.3,
        "target_year": 2025,
        "national_ratio": None,
        "complete": True,
    }
    return row | changes


def drawn(*years: Row) -> dict[str, Any]:
    chart = social_shares(list(years), WORDS, summary="De tant à tant.")
    assert chart.summary == "De tant à tant."
    found: dict[str, Any] = json.loads(chart.figure.to_json())
    return found


def test_a_year_that_cannot_be_computed_has_no_bar() -> None:
    bars = drawn(year(2023, 0, 0), year(2024, 1, 4), year(2025, 0, 5))["data"][0]
    assert bars["x"] == [2024, 2025]
    assert bars["y"] == [0.25, 0.0]
    assert bars["text"] == ["25", "0"]
    assert bars["customdata"][0] == "2024\u00a0: 25,0\u00a0%, 1 sur 4 marchés notifiés"


def test_a_number_never_lies_on_the_line_of_the_target() -> None:
    bars = drawn(year(2023, 24, 100), year(2024, 29, 100), year(2025, 30, 100))["data"][0]
    assert bars["textposition"] == ["outside", "inside", "outside"]


def test_a_year_under_way_is_hatched() -> None:
    bars = drawn(year(2025, 1, 4), year(2026, 1, 4, complete=False))["data"][0]
    assert bars["marker"]["pattern"]["shape"] == ["", "/"]
    assert bars["marker"]["color"] == theme.VALIDATED


def test_known_national_shares_are_marks() -> None:
    marks = drawn(year(2021, 1, 10, national_ratio=0.132), year(2023, 1, 10))["data"][1]
    assert marks["y"] == [0.132]
    assert 2020.5 < marks["x"][0] < 2021
    assert marks["customdata"] == ["France, 2021\u00a0: 13,2\u00a0%"]


def test_each_target_is_a_line_over_its_years_named_once() -> None:
    layout = drawn(year(2024, 1, 4), year(2025, 1, 4), year(2026, 1, 4, target_ratio=0.5, target_year=2030))["layout"]
    assert [(line["x0"], line["x1"], line["y0"]) for line in layout["shapes"]] == [
        (2023.45, 2025.55, 0.3),
        (2025.45, 2026.55, 0.5),
    ]
    assert (
        "objectif national 2025\u00a0: 30\u00a0% et objectif national 2030\u00a0: 50\u00a0%"
        in layout["annotations"][-1]["text"]
    )


def test_without_a_target_there_is_no_line() -> None:
    layout = drawn(year(2024, 1, 4, target_ratio=None, target_year=None))["layout"]
    assert "shapes" not in layout


def test_the_axis_begins_at_zero_and_holds_everything() -> None:
    layout = drawn(year(2024, 1, 20))["layout"]
    first, last = layout["yaxis"]["range"]
    assert first == 0
    assert last > 0.3  # the target is above the only bar
    assert layout["yaxis"]["ticktext"][0] == "0"
    assert layout["xaxis"]["range"] == [2023.4, 2024.6]


def test_no_share_at_all() -> None:
    figure = drawn(year(2024, 0, 0, target_ratio=None, target_year=None))
    assert figure["data"][0]["x"] == []
