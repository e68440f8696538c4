"""Persons by trait, home and year, and what became of them: counted by hand."""

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer

LOTS = """
    contract_id | client_id | clause_category
    M1          | C1        | execution
    M2          | C2        | insertion
"""
LINES = """
    contract_id | month   | hours_validated | status    | participant_id | work_contract_id | gender | is_qpv | residence_commune | exit_on    | exit_outcome | outcome_point
    M1          | 2019-01 | 10              | validated | P1             | W1               | F      | true   | 76540             |            |              |
    M1          | 2020-01 | 20              | validated | P1             | W2               | M      |        | 75056             | 2020-01-31 | durable      | exit
    M2          | 2019-01 | 30              | validated | P2             | W3               | F      | false  |                   | 2019-03-31 | chomage      | exit
    M2          | 2020-01 | 5               | validated | P2             | W4               |        |        |                   | 2020-02-28 | transition   | m6
    M2          | 2020-01 | 0               | rejected  | P3             | W5               | M      | true   | 76540             | 2020-02-28 | durable      | exit
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_a_trait_is_that_at_entry_the_first_one_stated(database: Database) -> None:
    rows = answer(database, "people_by_trait")
    counted = {(row["trait"], row["value"]): (row["participants"], row["hours_validated"]) for row in rows}
    assert counted["total", None] == (2, 10 + 20 + 30 + 5)  # P3 has no accepted hours
    assert ("gender", "M") not in counted  # P1 entered as F and was stated M a year later
    assert counted["gender", "F"] == (2, 10 + 20 + 30 + 5)  # P2 is not stated in 2020
    assert counted["is_qpv", "true"] == (1, 30)  # P1, not stated in 2020


def test_homes_are_of_the_authority_elsewhere_or_not_stated(database: Database) -> None:
    homes = {
        (row["trait"], row["value"]): row["participants"]
        for row in answer(database, "people_by_residence")
        if not row["is_total"]
    }
    # P1 entered in Rouen and moved to Paris; P2 has no home.
    assert homes == {("residence", "inside"): 1, ("residence", None): 1, ("residence_commune", "76540"): 1}


def test_a_person_is_new_in_the_year_of_the_first_hours(database: Database) -> None:
    rows = answer(database, "people_by_year", Scope(first_year=2020, last_year=2020))
    assert [(row["year"], row["presence"], row["participants"]) for row in rows] == [
        (None, "total", 2), (2020, "known", 2), (2020, "new", 0), (2020, "total", 2),
    ]  # fmt: skip


def test_a_person_leaves_once_and_what_is_not_observed_is_unknown(database: Database) -> None:
    rows = answer(database, "exits_by_point")
    assert {(row["outcome_point"], row["exit_outcome"]): row["participants"] for row in rows} == {
        ("exit", "total"): 2,
        ("exit", "durable"): 1,  # P1, by W2
        ("exit", "inconnu"): 1,  # P2, by W4: the outcome of W3 is not the last
        ("m6", "total"): 2,
        ("m6", "transition"): 1,
        ("m6", "inconnu"): 1,
        ("m12", "total"): 2,
        ("m12", "inconnu"): 2,
    }


def test_exits_by_origin_have_their_totals(database: Database) -> None:
    rows = [row for row in answer(database, "exits_by_clause") if row["outcome_point"] == "exit"]
    assert {(row["clause_category"], row["outcome_group"]): row["participants"] for row in rows} == {
        ("total", "total"): 2,
        ("total", "durable"): 1,
        ("total", "unknown"): 1,
        ("execution", "total"): 1,
        ("execution", "durable"): 1,
        ("insertion", "total"): 1,
        ("insertion", "unknown"): 1,
    }
    durations = {row["duration_band"] for row in answer(database, "exits_by_duration")}
    assert durations == {"total", "12-23"}  # twelve months for P1, thirteen for P2


def test_a_correction_on_its_own_is_taken_off_the_person_and_the_work_contract(opened: Opened) -> None:
    """A row below 0 stands apart when it is of another year or lot than what it corrects: persons are then summed up, not met."""
    database = opened(
        LOTS,
        """
        contract_id | month   | hours_validated | status    | participant_id | work_contract_id
        M1          | 2019-01 | 10              | validated | P1             | W1
        M1          | 2020-01 | -4              | corrected | P1             | W1
        M1          | 2019-01 | 3               | validated | P2             | W2
        M2          | 2020-01 | -5              | corrected | P2             | W2
        M1          | 2019-02 | 7               | validated | P3             | W3
        M1          | 2020-02 | 1               | validated | P3             | W3
        """,
    )

    def counted(scope: Scope) -> tuple[int, int]:
        (row,) = answer(database, "headline", scope)
        return row["participants"], row["work_contracts"]

    assert counted(Scope()) == (2, 2)  # P1 with 6 h and P3 with 8; P2 has -2
    assert counted(Scope(first_year=2019, last_year=2019)) == (3, 3)
    assert counted(Scope(first_year=2020)) == (1, 1)  # P3
    assert counted(Scope(clients=("C1",))) == (3, 3)  # P2 with the 3 h of M1
    assert counted(Scope(clients=("C2",))) == (0, 0)
    (total, *_) = answer(database, "people_by_trait")
    assert (total["participants"], total["hours_validated"]) == (2, 14)
    years = {
        (row["year"], row["presence"]): row["participants"]
        for row in answer(database, "people_by_year", Scope(last_year=2020))
    }
    assert years == {
        (None, "total"): 2,
        (2019, "new"): 3, (2019, "known"): 0, (2019, "total"): 3,
        (2020, "new"): 0, (2020, "known"): 1, (2020, "total"): 1,
    }  # fmt: skip


def test_participants_whom_filters_cannot_tell_apart_are_counted_each(opened: Opened) -> None:
    database = opened(
        LOTS,
        """
        contract_id | month   | hours_validated | status    | participant_id | work_contract_id | gender | residence_commune
        M1          | 2019-01 | 10              | validated | P1             | W1               | F      | 76540
        M1          | 2019-03 | 5               | validated | P2             | W2               | M      | 76540
        M1          | 2019-02 | 8               | validated | P3             | W3               | F      | 76540
        M1          | 2020-01 | 4               | validated | P3             | W3               | F      | 76540
        M2          | 2019-05 | 7               | validated | P3             | W4               | F      | 76540
        """,
    )

    def counted(scope: Scope) -> tuple[int, int, float]:
        (row,) = answer(database, "headline", scope)
        return row["participants"], row["work_contracts"], row["hours_per_participant"]

    assert counted(Scope()) == (3, 4, 34 / 3)
    assert counted(Scope(first_year=2020)) == (1, 1, 4)
    assert counted(Scope(clients=("C1",))) == (3, 3, 9)
    assert counted(Scope(clients=("C2",))) == (1, 1, 7)
    traits = {
        row["value"]: (row["participants"], row["hours_validated"]) for row in answer(database, "people_by_trait")
    }
    assert (traits["F"], traits["M"]) == ((2, 29), (1, 5))


def presences(database: Database) -> dict[tuple[int | None, str], int]:
    return {(row["year"], row["presence"]): row["participants"] for row in answer(database, "people_by_year")}


def test_a_participant_is_new_in_the_first_year_whose_sum_is_above_zero(opened: Opened) -> None:
    database = opened(
        "contract_id\nM1",
        """
        contract_id | month   | hours_validated | status    | participant_id | work_contract_id
        M1          | 2018-05 | 12              | validated | P1             | W1
        M1          | 2018-09 | -12             | corrected | P1             | W1       # 2018 sums to 0
        M1          | 2019-02 | 30              | validated | P1             | W1       # new here
        M1          | 2020-02 | 30              | validated | P1             | W1
        M1          | 2018-03 | 8               | validated | P2             | W2       # new here
        M1          | 2019-03 | 5               | validated | P2             | W2
        """,
    )
    # The series goes to the data date; its later years have nobody.
    assert {place: count for place, count in presences(database).items() if (place[0] or 0) < 2021} == {
        (None, "total"): 2,
        (2018, "new"): 1, (2018, "known"): 0, (2018, "total"): 1,
        (2019, "new"): 1, (2019, "known"): 1, (2019, "total"): 2,
        (2020, "new"): 0, (2020, "known"): 1, (2020, "total"): 1,
    }  # fmt: skip


def test_who_has_hours_after_the_exit_is_back_and_a_planned_exit_is_none(opened: Opened) -> None:
    database = opened(
        "contract_id\nM1",
        """
        contract_id | month   | hours_validated | status    | participant_id | work_contract_id | exit_on    | exit_outcome | outcome_point
        M1          | 2019-03 | 50              | validated | P1             | W1               | 2019-03-31 | chomage      | exit
        M1          | 2026-06 | 40              | validated | P1             | W2               |            |              |          # back
        M1          | 2026-09 | 35              | validated | P2             | W3               | 2027-03-31 |              |          # planned
        M1          | 2019-03 | 20              | validated | P3             | W4               | 2019-03-31 | durable      | exit
        M1          | 2019-04 | 10              | validated | P3             | W4               |            |              |          # a line of the month after
        M1          | 2019-03 | 20              | validated | P4             | W5               | 2019-03-15 | durable      | exit     # left
        M1          | 2019-04 | 8               | rejected  | P4             | W6               |            |              |          # rejected: not back
        M1          | 2019-03 | 20              | validated | P5             | W7               | 2019-04-02 | chomage      | exit     # left
        M1          | 2019-05 | 6               | validated | P5             | W7               |            |              |
        M1          | 2019-06 | -6              | corrected | P5             | W7               |            |              |          # taken back: not back
        """,
    )
    rows = answer(database, "exits_by_point")
    assert {row["exit_outcome"]: row["participants"] for row in rows if row["outcome_point"] == "exit"} == {
        "total": len(["P4", "P5"]),
        "durable": 1,
        "chomage": 1,
    }
