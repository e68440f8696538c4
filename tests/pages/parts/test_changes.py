"""How a year's change is written, on rows of answers."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.parts.changes import change_text, compared_text, short_of, with_true_changes, year_to_date

FRENCH = Words("fr")


def year(on: int, complete: bool, **more: Any) -> Any:
    row = {"year": on, "complete": complete, "hours_validated": Decimal(640), "hours_pending": Decimal(0)}
    compared = {"change_ratio": None, "compared_months": 0, "same_months_change_ratio": None}
    compared |= {"same_months_hours": None, "same_months_hours_before": None}
    return {**row, **compared, **more}


def months(on: int, complete: int, provisional: int = 0) -> Any:
    return [
        {"month": dt.date(on, n, 1), "provisional": n > complete, "hours_pending": Decimal(0)}
        for n in range(1, complete + provisional + 1)
    ]


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (2.92, "en hausse de 292\u00a0%"),
        (-0.012, "en baisse de 1,2\u00a0%"),
        (-0.193, "en baisse de 19,3\u00a0%"),
        (0.0, "stable"),
        (-0.0004, "stable"),
    ],
)
def test_a_change_is_said_in_words(ratio: float, text: str) -> None:
    assert change_text(ratio, FRENCH) == text


def test_a_running_year_is_compared_over_its_complete_months_which_are_counted() -> None:
    running = year(2026, False, compared_months=8, same_months_change_ratio=-0.012, same_months_hours=Decimal(494))
    assert (
        compared_text(running, months(2026, 8, 2), FRENCH)
        == "en baisse de 1,2\u00a0% sur les 8 mois complets par rapport aux mêmes mois de 2025"
    )
    running["hours_pending"] = Decimal(30)
    assert year_to_date([running], months(2026, 8, 2), FRENCH) == (
        "En 2026, 640 heures ont été réalisées à fin octobre, et 30\u00a0h en attente\u202f; 494\u00a0h sur les 8 mois complets, "
        "en baisse de 1,2\u00a0% par rapport aux mêmes mois de 2025\u202f; septembre 2026 et octobre 2026 sont provisoires."
    )


def test_a_year_after_one_that_is_not_wholly_there_has_no_change() -> None:
    # Ten of its months have one before in the data: neither is that said as a change of the year.
    over = year(2020, True, compared_months=10, same_months_change_ratio=1.5)
    assert compared_text(over, months(2020, 12), FRENCH) == ""
    assert year_to_date([over], months(2020, 12), FRENCH) == "En 2020, 640 heures ont été réalisées."


def test_a_year_that_is_over_is_compared_with_the_year_before() -> None:
    over = year(2025, True, compared_months=12, change_ratio=0.03, same_months_change_ratio=0.03)
    assert compared_text(over, months(2025, 12), FRENCH) == "en hausse de 3,0\u00a0% par rapport à 2024"


@pytest.mark.parametrize(
    ("before", "after", "ratio", "text"),
    [
        (-20, 100, -6.0, "en hausse"),  # not −600 %
        (-20, -10, -0.5, "en hausse"),
        (-20, -40, 1.0, "en baisse"),
        (10, -30, -4.0, "en baisse"),
        (-20, -20, 0.0, "stable"),
        (10, 0, -1.0, "en baisse de 100\u00a0%"),
        (10, 1, -0.9, "en baisse de 90,0\u00a0%"),
    ],
)
def test_no_share_is_said_of_hours_that_corrections_make_negative(
    before: int, after: int, ratio: float, text: str
) -> None:
    sums = {"same_months_hours": Decimal(after), "same_months_hours_before": Decimal(before)}
    over = year(2025, True, compared_months=12, change_ratio=ratio, same_months_change_ratio=ratio, **sums)
    assert compared_text(over, months(2025, 12), FRENCH) == f"{text} par rapport à 2024"
    (shown,) = with_true_changes([over])
    assert shown["change_ratio"] == shown["same_months_change_ratio"] == (ratio if "de" in text else None)


@pytest.mark.parametrize(
    ("hours", "complete", "since", "text"),
    [
        ("0.4", True, 1, "En 2020, 0 heure a été réalisée."),
        ("1.49", True, 1, "En 2020, 1 heure a été réalisée."),
        ("1.5", True, 1, "En 2020, 2 heures ont été réalisées."),
        ("-20", True, 1, "En 2020, les corrections dépassent les heures validées\u00a0: −20\u00a0h."),
        ("64", False, 11, "En 2020, depuis novembre, premier mois des données, 64 heures ont été réalisées à fin décembre."),
    ],
)  # fmt: skip
def test_hours_agree_with_their_number(hours: str, complete: bool, since: int, text: str) -> None:
    row = year(2020, complete, hours_validated=Decimal(hours))
    assert year_to_date([row], months(2020, 12)[since - 1 :], FRENCH) == text


@pytest.mark.parametrize(
    ("ratio", "limit", "text"),
    [
        (0.2996, 0.3, "29,96\u00a0%"),  # not 30,0 %, beside "n’est pas atteint"
        (0.3, 0.3, "30,0\u00a0%"),
        (0.1 + 0.2 - 1e-16, 0.3, "30,0\u00a0%"),  # a third decimal of a double is no missing contract
        (0.25, 0.3, "25,0\u00a0%"),
        (0.999995, 1, "99,9995\u00a0%"),
        (1.0004, 1, "100,0\u00a0%"),
    ],
)
def test_a_share_never_reads_as_the_target_that_is_not_reached(ratio: float, limit: float, text: str) -> None:
    assert short_of(ratio, limit, FRENCH, 1) == text
