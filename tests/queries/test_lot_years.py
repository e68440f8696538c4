"""Hours of each lot, year by year: what *Qu'est-ce qui a changé ?* compares between two releases."""

from decimal import Decimal

from queries.scope import Scope
from tests.queries.asking import Opened, answer

LOTS = """
    contract_id | client_id | hours_committed | status
    M1          | C1        | 100             | running
    M2          | C2        | 300             | running    # no line at all
"""
LINES = """
    contract_id | month   | hours_validated | hours_declared | status
    M1          | 2024-11 | 10              | 10             | validated
    M1          | 2024-12 | 20.50           | 20.50          | validated
    M1          | 2025-01 | 40              | 40             | validated
    M1          | 2025-02 | 0               | 8              | rejected
"""


def test_one_row_a_lot_and_year_and_one_for_a_lot_without_hours(opened: Opened) -> None:
    rows = answer(opened(LOTS, LINES), "hours_by_lot_and_year")
    assert [(row["contract_id"], row["year"], row["hours_validated"]) for row in rows] == [
        ("M1", 2024, Decimal("30.50")),
        ("M1", 2025, 40),
        ("M2", None, 0),
    ]


def test_years_cut_hours_and_not_lots(opened: Opened) -> None:
    rows = answer(opened(LOTS, LINES), "hours_by_lot_and_year", Scope(first_year=2025))
    assert [(row["contract_id"], row["hours_validated"]) for row in rows if row["year"]] == [("M1", 40)]
