"""The map's communes: every one of the authority's, and the hours elsewhere in rows of their own."""

from typing import Any

import pytest

from data.reference import communes
from queries.engine import Database
from queries.scope import NONE, Scope
from tests.queries.asking import EVERYTHING, Opened, answer, only

LOTS = """
    contract_id | execution_commune | client_commune | clause_category | counts_in_total
    M1          | 76540             | 76498          | execution       |                  # Rouen, for a client of another commune
    M2          | 76540             |                | insertion       |
    M3          | 75056             | 76540          | execution       |                  # Paris
    M4          | 27229             | 76540          | execution       |                  # Évreux: both are elsewhere
    M5          | 99999             | 76540          | execution       |                  # a code that INSEE never gave
    M6          |                   | 76540          | execution       |                  # in several communes, or not said
    M7          | 76322             |                | execution       |                  # no hours yet
    M8          | 76498             |                | means           | false            # not counted
"""
LINES = """
    contract_id | month   | hours_validated
    M1          | 2020-01 | 100
    M2          | 2020-01 | 20
    M3          | 2020-01 | 3
    M4          | 2020-01 | 7
    M5          | 2020-01 | 500
    M6          | 2021-01 | 40
    M8          | 2020-01 | 9
"""
POPULATION = {commune.code: commune.population for commune in communes()}


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def by_place(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["execution_commune"] or row["place"]: row for row in rows}


def test_every_commune_of_the_authority_has_a_row_hours_or_not(database: Database) -> None:
    rows = answer(database, "commune_map")
    assert {row["execution_commune"] for row in rows if row["place"] == "member"} == POPULATION.keys()
    assert [row["place"] for row in rows[len(POPULATION) :]] == ["outside", "unknown_code", "unlocated"]
    found = {key: row["hours_validated"] for key, row in by_place(rows).items() if row["hours_validated"]}
    assert found == {"76540": 100 + 20, "outside": 3 + 7, "unknown_code": 500, "unlocated": 40}


def test_lots_without_hours_are_lots(database: Database) -> None:
    rows = by_place(answer(database, "commune_map"))
    assert {key: row["lots"] for key, row in rows.items() if row["lots"]} == {
        "76540": 2,
        "76322": 1,
        "outside": 2,
        "unknown_code": 1,
        "unlocated": 1,
    }


@pytest.mark.parametrize(
    "scope",
    [
        EVERYTHING,
        Scope(include_uncounted=True),
        Scope(first_year=2020, last_year=2020),
        Scope(clause_categories=("insertion",)),
        Scope(execution_communes=("76540", NONE)),
        Scope(execution_communes=("75056",)),
        Scope(clients=()),
    ],
    ids=str,
)
def test_the_rows_add_up_to_the_headline(database: Database, scope: Scope) -> None:
    rows = answer(database, "commune_map", scope)
    assert sum(row["hours_validated"] for row in rows) == only(database, "headline", scope)["hours_validated"]
    assert len(rows) == len(POPULATION) + 3


def test_the_whole_territory_has_its_hours_share_and_ratio(database: Database) -> None:
    rows = by_place(answer(database, "commune_map"))
    assert rows["76540"]["place_hours"] == rows["76759"]["place_hours"] == 100 + 20
    assert rows["76759"]["place_share_ratio"] == 120 / (100 + 20 + 3 + 7 + 500 + 40)
    assert rows["76759"]["place_hours_per_1000"] == 120 * 1000 / sum(POPULATION.values())
    assert rows["outside"]["place_share_ratio"] == rows["outside"]["share_ratio"] == (3 + 7) / 670
    assert rows["outside"]["place_hours_per_1000"] is None


def test_hours_for_1000_inhabitants_are_0_without_hours_and_nothing_without_population(database: Database) -> None:
    rows = by_place(answer(database, "commune_map"))
    assert rows["76540"]["hours_per_1000"] == 120 * 1000 / POPULATION["76540"]
    assert rows["76322"]["hours_per_1000"] == 0
    assert {rows[place]["hours_per_1000"] for place in ("outside", "unknown_code", "unlocated")} == {None}


def test_shares_are_nothing_when_there_is_no_hour(database: Database) -> None:
    rows = answer(database, "commune_map", Scope(clients=()))
    assert {(row["hours_validated"], row["share_ratio"], row["lots"]) for row in rows} == {(0, None, 0)}
