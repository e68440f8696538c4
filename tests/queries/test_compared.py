"""Side by side: communes, clients and clause types by year, years by month, with the index that starts at 100."""

from typing import Any

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer

LOTS = """
    contract_id | client_id | execution_commune | clause_category
    M1          | C1        | 76540             | execution
    M2          | C2,x      |                   | execution
    M3          | C2,x      | 76540             | reserved_iae
"""
# Data of 31 October 2026 with two months of lag: August is complete, September and October are not.
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2024-02 | 10        # January 2024 is before the release
    M1          | 2025-01 | 40
    M1          | 2025-03 | 60
    M1          | 2026-03 | 300
    M1          | 2026-09 | 1000
    M2          | 2024-03 | 5
    M2          | 2025-03 | 20
    M2          | 2025-11 | 30
    M3          | 2026-03 | 7
"""


@pytest.fixture
def database(opened: Opened) -> Database:
    return opened(LOTS, HOURS)


def drawn(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(None if row[name] is None else row[name] for name in names) for row in rows]


def test_clients_by_year(database: Database) -> None:
    rows = answer(database, "hours_compared", compared_by="clients", compared="C1,C2%2Cx")
    # 2024 begins in February and 2026 is running: 2025 is the only complete year, C1 having 40 + 60 and C2 20 + 30.
    assert drawn(rows, "value", "year", "hours_validated", "complete", "base_year", "hours_index") == [
        ("C1", 2024, 10, False, 2025, None),
        ("C1", 2025, 100, True, 2025, 100.0),
        ("C1", 2026, 1300, False, 2025, None),
        ("C2,x", 2024, 5, False, 2025, None),
        ("C2,x", 2025, 50, True, 2025, 100.0),
        ("C2,x", 2026, 7, False, 2025, None),
    ]


def test_one_that_has_no_hours_leaves_no_base(database: Database) -> None:
    rows = answer(
        database, "hours_compared", Scope(first_year=2025), compared_by="clauses", compared="execution,reserved_iae"
    )
    assert drawn(rows, "value", "year", "hours_validated", "base_year", "hours_index") == [
        ("execution", 2025, 40 + 60 + 20 + 30, None, None),
        ("execution", 2026, 1300, None, None),
        ("reserved_iae", 2025, 0, None, None),
        ("reserved_iae", 2026, 7, None, None),
    ]
    unlocated = answer(
        database, "hours_compared", Scope(first_year=2025, last_year=2025), compared_by="communes", compared="none"
    )
    assert drawn(unlocated, "value", "hours_validated", "hours_index") == [("none", 50, 100.0)]


def test_years_over_the_months_that_all_have_complete(database: Database) -> None:
    rows = answer(database, "years_compared", Scope(first_year=2026), compared="2024,2025,2026")
    # From February, the first month of the release, to August, the last complete one: September's hours are not compared.
    assert {row["year"]: (row["compared_months"], row["period_hours"], row["base_month"]) for row in rows} == {
        2024: (7, 10 + 5, 3),
        2025: (7, 60 + 20, 3),
        2026: (7, 300 + 7, 3),
    }
    assert drawn(
        [row for row in rows if row["month_number"] in (2, 3)], "year", "month_number", "hours_validated", "hours_index"
    ) == [
        (2024, 2, 10, 200.0),
        (2024, 3, 5, 100.0),
        (2025, 2, 0, 0.0),
        (2025, 3, 80, 100.0),
        (2026, 2, 0, 0.0),
        (2026, 3, 307, 100.0),
    ]
    assert [row["month_number"] for row in rows if row["year"] == 2026] == list(range(2, 9))


@pytest.mark.parametrize("years", ["2031", "what"])
def test_years_that_there_are_not_are_not_compared(database: Database, years: str) -> None:
    assert answer(database, "years_compared", compared=years) == []


def test_no_years_are_all_of_them(database: Database) -> None:
    assert {row["year"] for row in answer(database, "years_compared")} == {2024, 2025, 2026}
    assert {row["year"] for row in answer(database, "years_compared", compared="2025,2031,what")} == {2025}
