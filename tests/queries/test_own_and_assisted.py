"""The authority's own contracts apart from those of the bodies it assists; each year against a client's best."""

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, only

LOTS = """
    contract_id | lot_id | client_id | status  | counts_in_total
    M1          | 01     | MRN       | running |
    M1          | 02     | MRN       | closed  |
    M2          | 01     | C2        | running |                  # active by its running lot, without hours
    M3          | 01     | C3        | closed  |
    M3          | 02     | MRN       | closed  |                  # a contract that both sides share
    M4          | 01     | C4        | closed  |                  # neither running nor with hours: not active
    M5          | 01     | C5        | running | false            # not counted
"""
LINES = """
    contract_id | lot_id | month   | hours_validated
    M1          | 01     | 2019-12 | 30
    M1          | 02     | 2020-01 | 10.25
    M3          | 01     | 2020-02 | 20
    M3          | 01     | 2021-02 | 5
    M3          | 02     | 2020-02 | 4.75
    M5          | 01     | 2020-01 | 500
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_two_sides_that_add_up_to_the_headline(database: Database) -> None:
    rows = answer(database, "hours_by_own_and_assisted")
    assert [row["is_own"] for row in rows] == [True, False]
    assert by("is_own", rows) == {True: 30 + 10.25 + 4.75, False: 20 + 5}
    assert sum(row["hours_validated"] for row in rows) == only(database, "headline")["hours_validated"] == 70
    assert by("is_own", rows, "share_ratio") == {True: 45 / 70, False: 25 / 70}


def test_clients_are_the_active_ones(database: Database) -> None:
    rows = answer(database, "hours_by_own_and_assisted")
    assert by("is_own", rows, "clients") == {True: 1, False: 2}  # C2 and C3, not C4
    assert sum(row["clients"] for row in rows) == only(database, "headline")["clients"]


def test_a_contract_of_both_sides_is_counted_in_each(database: Database) -> None:
    rows = answer(database, "hours_by_own_and_assisted")
    assert by("is_own", rows, "contracts") == {True: 2, False: 3}  # M1 M3; M2 M3 M4
    assert by("is_own", rows, "lots") == {True: 3, False: 3}


def test_a_side_without_lots_in_scope_has_no_row(database: Database) -> None:
    assert by("is_own", answer(database, "hours_by_own_and_assisted", Scope(clients=("MRN",)))) == {True: 45}
    assert by("is_own", answer(database, "hours_by_own_and_assisted", Scope(clients=("C3",), last_year=2020))) == {
        False: 20
    }
    assert answer(database, "hours_by_own_and_assisted", Scope(clients=())) == []


def test_a_scope_without_hours_has_no_share(database: Database) -> None:
    (row,) = answer(database, "hours_by_own_and_assisted", Scope(clients=("C2",)))
    assert (row["hours_validated"], row["share_ratio"], row["clients"]) == (0, None, 1)


def test_each_year_against_the_best_of_the_client(database: Database) -> None:
    def ratios(first_year: int | None = None) -> dict[tuple[str, int], float | None]:
        scope = Scope(clients=("MRN", "C3"), first_year=first_year, last_year=2021)
        rows = answer(database, "hours_by_client_and_year", scope)
        return {(row["client_id"], row["year"]): row["best_year_ratio"] for row in rows}

    assert ratios() == {
        ("C3", 2019): 0, ("C3", 2020): 1, ("C3", 2021): 5 / 20,
        ("MRN", 2019): 1, ("MRN", 2020): 15 / 30, ("MRN", 2021): 0,
    }  # fmt: skip
    # The best year is that of the years shown.
    assert ratios(first_year=2020)[("MRN", 2020)] == 1
