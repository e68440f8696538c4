"""How a year's change is written, on rows of answers."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.parts.changes import change_text, compared_text, year_to_date

FRENCH = Words("fr")


def year(on: int, complete: bool, **more: Any) -> Any:
    row = {"year": on, "complete": complete, "hours_validated": Decimal(640), "hours_pending": Decimal(0)}
    compared = {"change_ratio": None, "compared_months": 0, "same_months_change_ratio": None, "same_months_hours": None}
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
