"""What became of those who left, by employer, by year of entry and by duration: counted by hand."""

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, Row, answer

LOTS = "contract_id | clause_category\nM1 | execution"
# P1 came in 2018 through an ai and left an etti after 12 months; P2 left an etti after 5; P3 came and left in January 2019, employer
# unknown; P4 is still there.
LINES = """
    contract_id | month   | hours_validated | participant_id | work_contract_id | employer_kind | exit_on    | exit_outcome | outcome_point
    M1          | 2018-03 | 10              | P1             | W1               | ai            |            |              |
    M1          | 2019-03 | 20              | P1             | W1               | etti          | 2019-03-31 | durable      | exit
    M1          | 2019-01 | 30              | P2             | W2               | etti          | 2019-06-15 | chomage      | exit
    M1          | 2019-01 | 5               | P3             | W3               |               | 2019-01-31 | transition   | exit
    M1          | 2019-01 | 40              | P4             | W4               | etti          |            |              |
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def persons(rows: list[Row], key: str) -> dict[tuple[object, str], int]:
    """Persons at the moment of exit, by the key and the group of outcomes; the rows of all keys under `all`."""
    return {
        ("all" if row["is_total"] else row[key], row["outcome_group"]): row["participants"]
        for row in rows
        if row["outcome_point"] == "exit"
    }


ALL = {
    ("all", "total"): 3,  # P1, P2, P3
    ("all", "durable"): 1,
    ("all", "other_dynamic"): 1,
    ("all", "other_known"): 1,
}


def test_a_person_leaves_the_employer_of_the_exit(database: Database) -> None:
    assert persons(answer(database, "exits_by_employer_kind"), "employer_kind") == ALL | {
        ("etti", "total"): 2,  # P1, whose ai came before, and P2
        ("etti", "durable"): 1,
        ("etti", "other_known"): 1,
        (None, "total"): 1,  # P3
        (None, "other_dynamic"): 1,
    }


def test_a_person_entered_in_the_year_of_the_first_hours(database: Database) -> None:
    assert persons(answer(database, "exits_by_entry_year"), "entry_year") == ALL | {
        (2018, "total"): 1,  # P1
        (2018, "durable"): 1,
        (2019, "total"): 2,  # P2, P3
        (2019, "other_dynamic"): 1,
        (2019, "other_known"): 1,
    }
    # Years are those of the exit: nobody left in 2018.
    assert persons(answer(database, "exits_by_entry_year", Scope(last_year=2018)), "entry_year") == {}


def test_a_duration_goes_from_the_first_month_to_the_exit(database: Database) -> None:
    assert persons(answer(database, "exits_by_duration"), "duration_band") == ALL | {
        ("12-23", "total"): 1,  # P1: March 2018 to March 2019
        ("12-23", "durable"): 1,
        ("3-5", "total"): 1,  # P2: January to June 2019, five months
        ("3-5", "other_known"): 1,
        ("0-2", "total"): 1,  # P3
        ("0-2", "other_dynamic"): 1,
    }
