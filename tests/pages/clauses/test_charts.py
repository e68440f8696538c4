"""Charts of clause categories: one colour each, completion never clipped, closed lots apart from running ones."""

import json
from decimal import Decimal
from typing import Any

from data.codes import ClauseCategory
from data.words import Words
from pages.parts import theme
from pages.parts.clause_charts import clause_completion, clause_hours

WORDS = Words("fr")


def row(code: str, hours: int, closed: float | None, running: float | None, excluded: int = 0) -> Any:
    return {
        "clause_category": code,
        "name": ClauseCategory.of(code).label,
        "hours_validated": Decimal(hours),
        "share_ratio": hours / 1000,
        "completion_closed_ratio": closed,
        "completion_running_ratio": running,
        "lots": 3,
        "contracts": 2,
        "lots_excluded": excluded,
    }


CLAUSES = [
    row("execution", 900, 0.95, 0.5, 1),
    row("insertion", 100, 2.4, None),  # far above its obligations: as it is
    row("means", 0, None, None, 3),  # no obligation in hours
]


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
    assert traces(clause_completion(CLAUSES, WORDS, summary="…"))["closed"]["marker"]["color"] == colours[:2]


def test_completion_is_never_clipped_and_closed_lots_are_apart() -> None:
    chart = clause_completion(CLAUSES, WORDS, summary="…")
    found = traces(chart)
    assert found["closed"]["x"] == [0.95, 2.4]
    assert found["running"]["x"] == [0.5]
    axis = json.loads(chart.figure.to_json())["layout"]["xaxis"]
    assert axis["range"][1] > 2.4
    assert axis["ticktext"] == ["0\u00a0%", "100\u00a0%", "200\u00a0%"]


def test_exclusions_are_told_under_each_name() -> None:
    told = texts(clause_completion(CLAUSES, WORDS, summary="…"))
    assert "soldés 95,0\u00a0% · en cours 50,0\u00a0% · 1 lot hors du taux" in told
    assert "soldés 240,0\u00a0%" in told
    assert "3 lots hors du taux" in told


def test_a_mark_stands_at_100_percent_of_every_line() -> None:
    shapes = json.loads(clause_completion(CLAUSES, WORDS, summary="…").figure.to_json())["layout"]["shapes"]
    assert len([shape for shape in shapes if (shape["x0"], shape["x1"]) == (1, 1)]) == len(CLAUSES)


def test_nothing_to_rate_draws_an_empty_scale() -> None:
    chart = clause_completion(CLAUSES[2:], WORDS, summary="…")
    assert traces(chart)["closed"]["x"] == []
    assert json.loads(chart.figure.to_json())["layout"]["xaxis"]["range"][1] > 1
    assert traces(clause_hours(CLAUSES[2:], WORDS, summary="…"))["hours"]["text"] == ["0\u00a0h (0,0\u00a0%)"]
