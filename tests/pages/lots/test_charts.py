"""The charts of a lot: totals at the end of their month, the pace from the first day to the last, nothing cut off."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.lots.charts import month_bars, pace_curve
from pages.lots.lot_sentences import months_text
from pages.parts.charts import Chart

WORDS = Words("fr")
Row = Any  # with the columns that a test is about


def months(*hours: float, first: dt.date = dt.date(2026, 7, 1), expected: bool = True) -> list[Row]:
    """Rows of lot_months with these validated hours, a tenth of them pending beside."""
    found, total = [], Decimal(0)
    for n, validated in enumerate(hours):
        years, month = divmod(first.month - 1 + n, 12)
        total += Decimal(str(validated))
        found.append(
            {
                "month": dt.date(first.year + years, month + 1, 1),
                "hours_validated": Decimal(str(validated)),
                "hours_pending": abs(Decimal(str(validated))) / 10,
                "cumulative_hours": total,
                "expected_hours": Decimal(100 * (n + 1)) if expected else None,
            }
        )
    return found


def lot(**changes: Any) -> Row:
    return {
        "starts_on": dt.date(2026, 7, 15),
        "ends_on": dt.date(2027, 5, 31),
        "hours_committed": Decimal(1000),
        "hours_committed_initial": None,
        "amendment_hours": None,
        "hours_to_date": Decimal(60),
        "expected_hours": Decimal(340),
        **changes,
    }


def drawn(chart: Chart) -> Row:
    found: Row = json.loads(chart.figure.to_json())
    return found


def traces(chart: Chart) -> dict[str, Row]:
    return {trace["name"]: trace for trace in drawn(chart)["data"]}


def notes(chart: Chart) -> dict[str, Row]:
    return {note["text"]: note for note in drawn(chart)["layout"]["annotations"]}


def test_totals_stand_at_the_end_of_their_month() -> None:
    found = traces(pace_curve(months(10, 20, 30), lot(), WORDS, summary="…"))
    assert found["validated"]["x"] == ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"]
    assert found["validated"]["y"] == [0, 10, 30, 60]
    assert found["validated"]["text"][-1] == "Fin septembre 2026\u00a0: 60\u00a0h réalisées, 300\u00a0h attendues"


def test_the_pace_runs_from_the_first_day_to_the_last_and_stays_there() -> None:
    found = traces(pace_curve(months(10, 20, 30), lot(), WORDS, summary="…"))
    assert found["expected"]["x"] == ["2026-07-15", "2027-05-31", "2027-05-31"]
    assert found["expected"]["y"] == [0, 1000, 1000]
    late = pace_curve(months(*[100] * 13), lot(hours_to_date=1300, expected_hours=1000), WORDS, summary="…")
    assert traces(late)["expected"]["x"] == ["2026-07-15", "2027-05-31", "2027-08-01"]


def test_without_a_pace_there_is_one_line() -> None:
    chart = pace_curve(
        months(10, 20, expected=False), lot(expected_hours=None, hours_committed=None, ends_on=None), WORDS, summary="…"
    )
    assert [*traces(chart)] == ["validated"]
    assert traces(chart)["validated"]["text"][-1] == "Fin août 2026\u00a0: 30\u00a0h réalisées"
    assert [*notes(chart)] == ["heures du lot, cumulées", "<b>30\u00a0h réalisées</b>"]


def test_the_obligation_bears_its_hours_and_those_before_amendments() -> None:
    raised = lot(hours_committed_initial=Decimal(800), amendment_hours=Decimal(200))
    found = notes(pace_curve(months(10), raised, WORDS, summary="…"))
    assert (found["1\u202f000\u00a0h engagées"]["y"], found["1\u202f000\u00a0h engagées"]["yanchor"]) == (
        1000,
        "bottom",
    )
    assert (found["800\u00a0h à l’origine"]["y"], found["800\u00a0h à l’origine"]["yanchor"]) == (800, "top")
    lowered = lot(hours_committed_initial=Decimal(1200), amendment_hours=Decimal(-200))
    found = notes(pace_curve(months(10), lowered, WORDS, summary="…"))
    assert found["1\u202f000\u00a0h engagées"]["yanchor"] == "top"
    assert "800\u00a0h à l’origine" not in notes(pace_curve(months(10), lot(), WORDS, summary="…"))


@pytest.mark.parametrize(
    ("hours", "changes", "side"),
    [
        ([10], {}, ("left", "top")),  # early in the life of the lot, below its pace
        ([500], {"hours_to_date": Decimal(500)}, ("left", "bottom")),
        ([10] * 10, {}, ("right", "top")),
        ([120] * 10, {"hours_to_date": Decimal(1200)}, ("right", "bottom")),
    ],
)
def test_the_last_total_is_written_where_the_pace_does_not_run(
    hours: list[float], changes: Row, side: tuple[str, str]
) -> None:
    chart = pace_curve(months(*hours), lot(**changes), WORDS, summary="…")
    (note,) = [note for text, note in notes(chart).items() if "réalisées" in text]
    assert (note["xanchor"], note["yanchor"]) == side


@pytest.mark.parametrize("hours", [[10, 20, 30], [10, -20, 5], [0, 0], [0.25], [90_000] * 3])
def test_nothing_is_cut_off(hours: list[float]) -> None:
    for chart in (
        pace_curve(months(*hours), lot(), WORDS, summary="…"),
        month_bars(months(*hours), WORDS, summary="…"),
    ):
        low, high = drawn(chart)["layout"]["yaxis"]["range"]
        values = [value for trace in drawn(chart)["data"] for value in trace["y"]]
        assert low <= min(values) <= max(values) < high
        assert low <= 0


def test_pending_hours_stand_hatched_on_the_validated_ones() -> None:
    chart = month_bars(months(10, -20), WORDS, summary="…")
    found = traces(chart)
    assert (found["validated"]["y"], found["pending"]["y"]) == ([10, -20], [1, 2])
    assert found["pending"]["marker"]["pattern"]["shape"] == "/"
    assert found["pending"]["customdata"] == [
        "juillet 2026\u00a0: 1\u00a0h en attente",
        "août 2026\u00a0: 2\u00a0h en attente",
    ]
    assert found["validated"]["customdata"][1] == "août 2026\u00a0: \u221220\u00a0h"
    assert drawn(chart)["layout"]["barmode"] == "relative"


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, ["juil. 2026"]),
        (4, ["juil. 2026", "août 2026", "sept. 2026", "oct. 2026"]),
        (5, ["juil. 2026", "sept. 2026", "nov. 2026"]),
        (24, ["juil. 2026", "janv. 2027", "juil. 2027", "janv. 2028"]),
        (30, ["juil. 2026", "juil. 2027", "juil. 2028"]),
        (31, ["2027", "2028", "2029"]),
        (120, ["2028", "2030", "2032", "2034", "2036"]),
    ],
)
def test_months_and_years_are_named_in_words_few_enough_for_a_phone(number: int, names: list[str]) -> None:
    axis = drawn(month_bars(months(*[1] * number), WORDS, summary="…"))["layout"]["xaxis"]
    assert axis["ticktext"] == names
    assert len(axis["tickvals"]) == len(names)


@pytest.mark.parametrize(
    ("hours", "names"),
    [
        (0.3, ["0", "0,10", "0,20", "0,30"]),
        (9, ["0", "2,5", "5", "7,5", "10"]),
        (90, ["0", "25", "50", "75", "100"]),
        (1_100, ["0", "500", "1\u202f000", "1\u202f500"]),
    ],
)
def test_round_values_of_an_axis_are_not_rounded_once_more(hours: float, names: list[str]) -> None:
    month: Any = {**months(hours)[0], "hours_pending": Decimal(0)}
    assert drawn(month_bars([month], WORDS, summary="…"))["layout"]["yaxis"]["ticktext"] == names


def test_a_lot_of_corrections_only_goes_down_and_has_no_best_month() -> None:
    low, high = drawn(month_bars(months(-70), WORDS, summary="…"))["layout"]["yaxis"]["range"]
    assert low < -70 < high == 0
    assert months_text(months(-70), WORDS).startswith("Aucune heure réalisée, corrections déduites.")
