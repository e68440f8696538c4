"""Hours by execution commune: the map's sum is the total."""

import pytest

from data.reference import communes
from queries.engine import Database
from queries.scope import NONE, Scope
from tests.queries.asking import Opened, answer, by, only

LOTS = """
    contract_id | execution_commune | client_commune
    M1          | 76540             | 76498            # Rouen, for a client of another commune
    M2          | 76540             |
    M3          | 75056             | 76540            # Paris: outside
    M4          |                   | 76540            # in several communes, or unknown
    M5          | 99999             | 76540            # a code that INSEE never gave: an anomaly, in the totals
    M6          | 76322             |                  # no hours yet
"""
LINES = """
    contract_id | month   | hours_validated | residence_commune
    M1          | 2020-01 | 100             | 76498
    M2          | 2020-01 | 20              |
    M3          | 2020-01 | 3               | 76540
    M4          | 2020-01 | 40              | 76540
    M5          | 2020-01 | 500             | 76540
"""
ROUEN = next(commune for commune in communes() if commune.code == "76540")


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_hours_are_where_the_works_take_place(database: Database) -> None:
    rows = answer(database, "hours_by_commune")
    assert by("execution_commune", rows) == {"76540": 100 + 20, "75056": 3, "99999": 500, None: 40, "76322": 0}


def test_the_map_and_its_rows_outside_equal_the_total(database: Database) -> None:
    rows = answer(database, "hours_by_commune")
    assert sum(row["hours_validated"] for row in rows) == only(database, "headline")["hours_validated"]
    assert sum(row["share_ratio"] for row in rows) == pytest.approx(1)


def test_hours_for_1000_inhabitants_only_where_the_population_is_known(database: Database) -> None:
    rows = {row["execution_commune"]: row for row in answer(database, "hours_by_commune")}
    assert rows["76540"]["population"] == ROUEN.population
    assert rows["76540"]["hours_per_1000"] == 120 * 1000 / ROUEN.population
    for outside in ("75056", "99999", None):
        assert (rows[outside]["population"], rows[outside]["hours_per_1000"]) == (None, None)


def test_names_come_from_the_reference_by_code_only(database: Database) -> None:
    names = by("execution_commune", answer(database, "hours_by_commune"), "commune_name")
    assert (names["76540"], names["75056"], names["99999"], names[None]) == ("Rouen", "Paris", None, None)


def test_members_come_first_and_the_unlocated_last(database: Database) -> None:
    rows = answer(database, "hours_by_commune")
    assert [row["is_member"] for row in rows] == [True, True, False, False, False]
    assert [row["execution_commune"] for row in rows] == ["76322", "76540", "75056", "99999", None]


def test_a_filter_on_communes_is_on_those_of_the_works(database: Database) -> None:
    assert only(database, "headline", Scope(execution_communes=("76540",)))["hours_validated"] == 100 + 20
    assert only(database, "headline", Scope(execution_communes=(NONE, "75056")))["hours_validated"] == 40 + 3


def test_a_commune_without_a_lot_has_no_row_and_one_without_hours_has_a_zero(database: Database) -> None:
    lots = by("execution_commune", answer(database, "hours_by_commune"), "lots")
    assert lots["76322"] == 1
    assert "76498" not in lots
