"""Hours by month, by quarter and over twelve months to the end of each month."""

import datetime as dt

from queries.scope import Scope
from tests.queries.asking import Opened, answer

LOTS = """
    contract_id
    M1
"""
# Data of 31 October 2026 with two months of lag: August is the last complete month.
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2025-05 | 10
    M1          | 2025-08 | 20
    M1          | 2026-05 | 40
    M1          | 2026-06 | 5
    M1          | 2026-09 | 100
"""


def test_quarters(opened: Opened) -> None:
    rows = answer(opened(LOTS, HOURS), "hours_by_period", period="quarter")
    drawn = [
        (row["last_month"].isoformat()[:7], int(row["hours_validated"]), row["complete"], row["change_ratio"])
        for row in rows
    ]
    assert drawn == [
        ("2025-06", 10, False, None),  # begins in May
        ("2025-09", 20, True, None),
        ("2025-12", 0, True, None),
        ("2026-03", 0, True, None),
        ("2026-06", 45, True, None),  # a year before, the quarter was not whole
        ("2026-09", 100, False, None),  # September is provisional
        ("2026-12", 0, False, None),
    ]


def test_twelve_months_to_the_end_of_each_complete_one(opened: Opened) -> None:
    rows = answer(opened(LOTS, HOURS), "hours_by_period", Scope(first_year=2026), period="rolling")
    assert [(row["first_month"], row["last_month"], row["hours_validated"]) for row in rows] == [
        (dt.date(2025, 5, 1), dt.date(2026, 4, 1), 10 + 20),
        (dt.date(2025, 6, 1), dt.date(2026, 5, 1), 20 + 40),
        (dt.date(2025, 7, 1), dt.date(2026, 6, 1), 20 + 40 + 5),
        (dt.date(2025, 8, 1), dt.date(2026, 7, 1), 20 + 40 + 5),
        (dt.date(2025, 9, 1), dt.date(2026, 8, 1), 40 + 5),
    ]
    assert all(row["complete"] for row in rows)


def test_months_with_their_change_over_a_year(opened: Opened) -> None:
    rows = answer(opened(LOTS, HOURS), "hours_by_period", Scope(first_year=2026))
    changes = {row["last_month"].month: row["change_ratio"] for row in rows}
    assert {month: change for month, change in changes.items() if change is not None} == {5: 3.0, 8: -1.0}
    assert [row["last_month"].month for row in rows if not row["complete"]] == [9, 10]


def test_no_change_from_or_to_hours_that_corrections_make_negative(opened: Opened) -> None:
    hours = """
        contract_id | month   | hours_validated
        M1          | 2020-01 | -20
        M1          | 2021-01 | 100
        M1          | 2022-01 | -5
        M1          | 2022-02 | 8
        M1          | 2023-02 | 10
    """
    rows = answer(opened(LOTS, hours), "hours_by_period")
    changes = {row["last_month"].isoformat()[:7]: row["change_ratio"] for row in rows}
    assert {month: change for month, change in changes.items() if change is not None} == {
        "2023-02": 0.25,  # 8 to 10
        "2024-02": -1.0,  # 10 to 0
    }
