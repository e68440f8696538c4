"""What a milestone is for, and the figures that its status is decided on. Data date: 31 October 2026, lag two months."""

import datetime as dt
from typing import Any

import pytest

from data.codes import ClauseCategory
from queries.scope import Scope
from tests.queries.asking import Opened, Row, answer, milestone, milestones, month

LINES = """
    month   | hours_validated
    2025-01 | 100
    2026-01 | 40
    2026-08 | 40.50
    2026-10 | 3
"""


def reasons(opened: Opened, scope: Scope | None = None, **narrowing: Any) -> Row:
    database = opened("contract_id\nM1", LINES, settings=milestones(milestone(1200, **narrowing)))
    (row,) = answer(database, "milestone_progress", scope or Scope())
    return row


def test_a_milestone_says_what_it_is_for(opened: Opened) -> None:
    keys = ("client", "clause_category", "year", "due_on")
    assert [reasons(opened)[key] for key in keys] == [None, None, None, None]
    day = dt.date(2030, 1, 1)
    row = reasons(opened, client="C1", clause_category=ClauseCategory.EXECUTION, year=2026, due_on=day)
    assert [row[key] for key in keys] == ["C1", "execution", 2026, day]


def test_a_year_is_judged_on_its_complete_months(opened: Opened) -> None:
    row = reasons(opened, year=2026)
    assert row["last_complete_month"] == month("2026-08")
    assert row["hours_to_date"] == 40 + 40.5 + 3
    assert row["complete_hours"] == 40 + 40.5  # without the provisional October
    assert row["complete_months"] == 8
    assert row["expected_hours"] == 1200 * 8 / 12


@pytest.mark.parametrize(("year", "complete_months", "expected"), [(2025, 12, 1200), (2027, 0, 0)])
def test_a_year_that_is_over_and_one_to_come(opened: Opened, year: int, complete_months: int, expected: int) -> None:
    row = reasons(opened, year=year)
    assert (row["complete_months"], row["expected_hours"]) == (complete_months, expected)


def test_a_milestone_of_all_time_expects_nothing_of_a_month(opened: Opened) -> None:
    row = reasons(opened)
    assert (row["complete_months"], row["expected_hours"]) == (None, None)
    assert row["complete_hours"] == 100 + 40 + 40.5
