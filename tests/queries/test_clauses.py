"""Clause categories: what counts in the total and what does not, shares of each year."""

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, only

LOTS = """
    contract_id | clause_category | counts_in_total | client_id
    M1          | execution       |                 | C1
    M2          | execution       | true            | C2
    M3          | reserved_iae    | true            | C1
    M4          | reserved_iae    | false           | C1          # some of the category are out: the local convention
    M5          | means           |                 | C2          # out by default
    M6          | reserved_ess    | false           | C1          # no hours
"""
LINES = """
    contract_id | month   | hours_validated
    M1          | 2019-05 | 100
    M1          | 2020-05 | 60
    M2          | 2020-05 | 20
    M3          | 2020-05 | 20
    M4          | 2020-05 | 7
    M4          | 2021-05 | 8
    M5          | 2020-05 | 5
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_counted_and_uncounted_are_told_apart(database: Database) -> None:
    rows = answer(database, "clause_counting", Scope(include_uncounted=True))
    assert by("clause_category", rows, "hours_counted") == {
        "execution": 100 + 60 + 20,
        "means": 0,
        "reserved_ess": 0,
        "reserved_iae": 20,
    }
    assert by("clause_category", rows, "hours_uncounted") == {
        "execution": 0,
        "means": 5,
        "reserved_ess": 0,
        "reserved_iae": 7 + 8,
    }
    assert by("clause_category", rows, "lots_counted") == {
        "execution": 2,
        "means": 0,
        "reserved_ess": 0,
        "reserved_iae": 1,
    }
    assert by("clause_category", rows, "lots_uncounted") == {
        "execution": 0,
        "means": 1,
        "reserved_ess": 1,
        "reserved_iae": 1,
    }


def test_the_hours_to_add_are_those_that_the_filter_adds(database: Database) -> None:
    for scope in (Scope(), Scope(first_year=2020, last_year=2020), Scope(clients=("C1",))):
        both = Scope(
            first_year=scope.first_year, last_year=scope.last_year, clients=scope.clients, include_uncounted=True
        )
        rows = answer(database, "clause_counting", both)
        without, with_all = (only(database, "headline", asked)["hours_validated"] for asked in (scope, both))
        assert {row["all_hours_uncounted"] for row in rows} == {with_all - without}
        assert sum(row["hours_counted"] for row in rows) == without
        assert {row["all_lots_uncounted"] for row in rows} == {sum(row["lots_uncounted"] for row in rows)}


def test_the_share_of_a_year_is_of_the_hours_of_that_year(database: Database) -> None:
    rows = answer(database, "hours_by_clause_and_year", Scope(last_year=2021))
    assert {(row["clause_category"], row["year"]): row["year_share_ratio"] for row in rows} == {
        ("execution", 2019): 1,
        ("execution", 2020): 80 / 100,
        ("execution", 2021): None,  # no counted hours in that year
        ("reserved_iae", 2019): 0,
        ("reserved_iae", 2020): 20 / 100,
        ("reserved_iae", 2021): None,
    }


def test_a_year_is_compared_with_the_best_one_of_its_category(database: Database) -> None:
    rows = answer(database, "hours_by_clause_and_year", Scope(last_year=2021))
    assert {(row["clause_category"], row["year"]): row["best_year_ratio"] for row in rows} == {
        ("execution", 2019): 1,
        ("execution", 2020): 80 / 100,
        ("execution", 2021): 0,
        ("reserved_iae", 2019): 0,
        ("reserved_iae", 2020): 1,
        ("reserved_iae", 2021): 0,
    }


def test_reserved_contracts_have_a_subtotal_over_all_their_types(opened: Opened) -> None:
    lots = """
        contract_id | clause_category     | counts_in_total | hours_committed | status
        M1          | execution           |                 | 500             | running
        M2          | reserved_iae        |                 | 100             | running
        M3          | reserved_disability |                 | 300             | closed
        M4          | reserved_ess        |                 |                 | running    # no obligation: not rated
        M5          | reserved_prison     |                 | 50              | planned    # not notified
        M6          | reserved_iae        | false           | 80              | running    # does not count
    """
    lines = """
        contract_id | month   | hours_validated
        M1          | 2020-05 | 600
        M2          | 2020-05 | 40
        M3          | 2020-05 | 330
        M4          | 2020-05 | 30
        M6          | 2020-05 | 9
    """
    (row,) = answer(opened(lots, lines), "hours_reserved")
    assert row["hours_validated"] == 40 + 330 + 30
    assert row["share_ratio"] == 400 / 1000
    assert row["hours_committed"] == 100 + 300
    assert (row["rated_hours"], row["rated_committed"]) == (40 + 330, 100 + 300)
    assert row["completion_ratio"] == 370 / 400
    assert (row["lots"], row["lots_excluded"], row["contracts"]) == (4, 2, 4)


def test_without_reserved_contracts_their_subtotal_is_nothing(opened: Opened) -> None:
    lots = "contract_id | clause_category\nM1 | execution"
    (row,) = answer(opened(lots, "contract_id | month | hours_validated\nM1 | 2020-05 | 600"), "hours_reserved")
    assert (row["hours_validated"], row["lots"], row["share_ratio"], row["completion_ratio"]) == (0, 0, None, None)
