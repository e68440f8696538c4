"""Charts of clause categories: one colour each, in the order given."""

import json
from decimal import Decimal
from typing import Any

from data.codes import ClauseCategory
from data.words import Words
from pages.parts import theme
from pages.parts.clause_charts import clause_hours

WORDS = Words("fr")


def row(code: str, hours: int) -> Any:
    return {
        "clause_category": code,
        "name": ClauseCategory.of(code).label,
        "hours_validated": Decimal(hours),
        "share_ratio": hours / 1000,
        "lots": 3,
        "contracts": 2,
    }


CLAUSES = [row("execution", 900), row("insertion", 100), row("means", 0)]


def traces(chart: Any) -> dict[str, dict[str, Any]]:
    return {trace["name"]: trace for trace in json.loads(chart.figure.to_json())["data"]}


def texts(chart: Any) -> list[str]:
    return [note["text"] for note in json.loads(chart.figure.to_json())["layout"]["annotations"]]


def test_bars_bear_their_hours_and_share_in_the_order_given() -> None:
    chart = clause_hours(CLAUSES, WORDS, summary="…")
    bars = traces(chart)["hours"]
    assert [float(hours) for hours in bars["x"]] == [900, 100, 0]
    assert bars["y"] == sorted(bars["y"])
    assert bars["text"] == ["900\u00a0h (90,0\u00a0%)", "100\u00a0h (10,0\u00a0%)", "0\u00a0h (0,0\u00a0%)"]
    assert bars["customdata"] == ["execution", "insertion", "means"]
    assert "3 lots dans 2 marchés" in texts(chart)


def test_a_category_has_the_same_colour_as_everywhere() -> None:
    colours = [theme.CLAUSE_COLOURS[clause["clause_category"]] for clause in CLAUSES]
    assert traces(clause_hours(CLAUSES, WORDS, summary="…"))["hours"]["marker"]["color"] == colours


def test_no_hours_draw_an_empty_scale() -> None:
    assert traces(clause_hours(CLAUSES[2:], WORDS, summary="…"))["hours"]["text"] == ["0\u00a0h (0,0\u00a0%)"]
