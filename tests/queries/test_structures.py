"""An observatory: several structures publish, and each is a filter, a question and a dimension. A single authority sees none of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.codes import Role
from data.settings_structures import StructureName
from queries.engine import Database
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from queries.table_builder.built_table import build
from queries.table_builder.definition import TableDefinition
from tests.queries.asking import SETTINGS, Opened, answer, by, month, only

NAMED = replace(
    SETTINGS,
    structures=(
        # Caux-Austreberthe, 24 855 inhabitants, and the 71 communes of the authority, 503 000.
        StructureName(code="CAP76", name="Élan normand", epci=("247600646", "200023414")),
        StructureName(code="CAP50", name="CAP50", epci=("247600646",)),
    ),
)
LOTS = """
    contract_id | structure | client_id | client_type | hours_committed | status  | counts_in_total
    M1          | CAP76     | C1        | commune     | 100             | running |
    M2          | CAP76     | C2        | hopital     | 300             | closed  |
    M3          | CAP27     | C1        | commune     | 50              | running |
    M4          | CAP27     | C3        | commune     | 70              | planned |                 # not notified
    M5          | CAP14     | C4        | commune     | 10              | running | false
    M6          | CAP50     | C5        | commune     | 10              | running |                 # never declared
"""
LINES = """
    contract_id | month   | hours_validated | hours_declared | status
    M1          | 2024-02 | 10              | 10             | validated
    M1          | 2026-08 |                 | 7              | declared    # pending lines are declarations too
    M2          | 2025-03 | 20.50           | 20.50          | validated
    M3          | 2026-06 | 9.50            | 9.50           | validated
    M5          | 2026-10 | 40              | 40             | validated
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES, settings=NAMED)


def test_hours_of_each_structure_in_alphabetical_order(database: Database) -> None:
    rows = answer(database, "hours_by_structure")
    # CAP27, CAP50, then Élan normand: accents do not count, nor do hours.
    assert [row["structure_name"] for row in rows] == ["CAP27", "CAP50", "Élan normand"]
    assert by("structure", rows) == {"CAP76": Decimal("30.50"), "CAP27": Decimal("9.50"), "CAP50": 0}
    assert by("structure", rows, "hours_pending") == {"CAP76": 7, "CAP27": 0, "CAP50": 0}
    assert by("structure", rows, "share_ratio") == {"CAP76": 30.5 / 40, "CAP27": 9.5 / 40, "CAP50": 0}
    assert by("structure", rows, "hours_committed") == {"CAP76": 400, "CAP27": 50, "CAP50": 10}
    assert by("structure", rows, "completion_ratio") == {"CAP76": 30.5 / 400, "CAP27": 9.5 / 50, "CAP50": 0}
    assert by("structure", rows, "lots") == {"CAP76": 2, "CAP27": 2, "CAP50": 1}
    assert by("structure", rows, "clients") == {"CAP76": 2, "CAP27": 1, "CAP50": 1}


def test_until_when_each_has_declared(database: Database) -> None:
    rows = answer(database, "hours_by_structure")
    assert by("structure", rows, "first_month") == {"CAP76": month("2024-02"), "CAP27": month("2026-06"), "CAP50": None}
    assert by("structure", rows, "last_month") == {"CAP76": month("2026-08"), "CAP27": month("2026-06"), "CAP50": None}
    # Data date: October 2026. More than three months is late, and so is who never declared.
    assert by("structure", rows, "months_late") == {"CAP76": 2, "CAP27": 4, "CAP50": None}
    assert by("structure", rows, "is_late") == {"CAP76": False, "CAP27": True, "CAP50": True}


def test_years_cut_the_hours_and_not_the_last_declaration(database: Database) -> None:
    rows = answer(database, "hours_by_structure", Scope(first_year=2025, last_year=2025))
    assert by("structure", rows)["CAP76"] == Decimal("20.50")
    assert by("structure", rows, "last_month")["CAP76"] == month("2026-08")


def test_hours_of_the_last_whole_year_for_1000_inhabitants_of_the_territory(database: Database) -> None:
    # Data of 31 October 2026, two months of lag: August is complete, so 2025 is the last whole year.
    rows = answer(database, "hours_by_structure")
    assert by("structure", rows, "population") == {"CAP76": 527_855, "CAP27": None, "CAP50": 24_855}
    assert {row["whole_year"] for row in rows} == {2025}
    # CAP76 has hours since February 2024: 20.50 in 2025, none of 2024 nor 2026. CAP27 begins in June 2026, CAP50 never did.
    assert by("structure", rows, "whole_year_hours") == {"CAP76": Decimal("20.50"), "CAP27": None, "CAP50": None}
    assert by("structure", rows, "hours_per_1000") == {"CAP76": 20.5 * 1000 / 527_855, "CAP27": None, "CAP50": None}


@pytest.mark.parametrize(
    ("first", "last", "year", "hours"),
    # CAP76 begins in February 2024: no whole year of its own. 2026 is not over.
    [
        (2024, 2024, 2024, None),
        (2025, 2026, 2025, Decimal("20.50")),
        (2024, None, 2025, Decimal("20.50")),
        (2026, 2026, None, None),
    ],
)
def test_the_whole_year_is_of_the_years_of_the_filter(
    database: Database, first: int, last: int | None, year: int | None, hours: Decimal | None
) -> None:
    (row,) = answer(database, "hours_by_structure", Scope(first_year=first, last_year=last, structures=("CAP76",)))
    assert (row["whole_year"], row["whole_year_hours"]) == (year, hours)
    assert (row["hours_per_1000"] is None) == (hours is None)


def test_communes_of_every_territory_are_members(database: Database) -> None:
    rows = answer(database, "commune_map")
    members = {row["execution_commune"] for row in rows if row["place"] == "member"}
    assert len(members) == 71 + 9
    assert {"76540", "76057"} < members  # Rouen, Barentin


TERRITORIES = replace(
    SETTINGS,
    structures=(
        StructureName(
            code="CAP76", name="CAP76", epci=("247600646",)
        ),  # Caux-Austreberthe: 24 855 inhabitants in 9 communes
        StructureName(code="CAP27", name="CAP27", epci=("247600620",)),  # around Yvetot: 26 248 in 19
    ),
)
WORKS = """
    contract_id | structure | execution_commune
    M1          | CAP76     | 76057             # Barentin
    M2          | CAP76     | 76540             # Rouen, of the authority
    M3          | CAP27     | 76057             # Barentin, of the other's territory
    M4          | CAP27     | 76758             # Yvetot
"""
DONE = """
    contract_id | month   | hours_validated
    M1          | 2026-01 | 100
    M2          | 2026-01 | 20
    M3          | 2026-01 | 7
    M4          | 2026-01 | 50
"""
WHOLE = 503_000 + 24_855 + 26_248


@pytest.mark.parametrize(
    ("kept", "inside", "population", "communes"),
    [
        (None, 177, WHOLE, 71 + 9 + 19),
        (("CAP76", "CAP27"), 177, WHOLE, 71 + 9 + 19),
        (("CAP76",), 100, 24_855, 9),  # not the 20 of Rouen
        (("CAP27",), 50, 26_248, 19),  # not the 7 of Barentin
        ((), 0, WHOLE, 71 + 9 + 19),
    ],
)
def test_hours_of_a_structure_are_divided_by_its_own_inhabitants(
    opened: Opened, kept: tuple[str, ...] | None, inside: int, population: int, communes: int
) -> None:
    found = opened(WORKS, DONE, settings=TERRITORIES)
    rows = answer(found, "commune_map", Scope(structures=kept))
    members = [row for row in rows if row["place"] == "member"]
    assert (len(members), sum(row["population"] for row in members)) == (communes, population)
    assert {row["place_hours"] for row in members} == {inside}
    assert members[0]["place_hours_per_1000"] == pytest.approx(inside * 1000 / population)
    # What lies outside is there all the same: the rows add up to the hours of the structure.
    hours = only(found, "headline", Scope(structures=kept))["hours_validated"]
    assert sum(row["hours_validated"] for row in rows) == hours
    outside = {
        row["execution_commune"]
        for row in answer(found, "hours_by_commune", Scope(structures=kept))
        if not row["is_member"]
    }
    assert outside == ({"76540"} if kept == ("CAP76",) else {"76057"} if kept == ("CAP27",) else set())


def test_a_structure_without_territory_has_the_whole_one(database: Database) -> None:
    """CAP27 has none: nobody knows by whom its hours are to be divided."""
    rows = answer(database, "commune_map", Scope(structures=("CAP76", "CAP27")))
    assert sum(row["place"] == "member" for row in rows) == 71 + 9
    # CAP50 has: the nine communes of Caux-Austreberthe.
    rows = answer(database, "commune_map", Scope(structures=("CAP50",)))
    assert sum(row["place"] == "member" for row in rows) == 9


def test_a_structure_is_a_filter(database: Database) -> None:
    assert only(database, "headline", Scope(structures=("CAP76",)))["hours_validated"] == Decimal("30.50")
    assert only(database, "headline", Scope(structures=("CAP76", "CAP27")))["hours_validated"] == 40
    assert only(database, "headline", Scope(structures=("CAP27",), clients=("C1",)))["hours_validated"] == Decimal(
        "9.50"
    )
    assert only(database, "headline", Scope(structures=()))["hours_validated"] == 0


def test_a_structure_is_a_dimension_of_built_tables(database: Database) -> None:
    definition = TableDefinition(rows=("structure",), columns=None, measures=("heures",))
    found = build(Access(database=database, rights=Rights(role=Role.ADMINISTRATEUR)), Scope(), definition)
    hours = {place[0]: values["heures"] for place, values in found.values.items() if place[0]}
    assert hours == {"CAP76": Decimal("30.50"), "CAP27": Decimal("9.50"), "CAP50": 0}


def test_names_are_those_of_the_settings_else_the_code(database: Database) -> None:
    rows = [row for row in answer(database, "filter_names") if row["field"] == "structures"]
    assert [(row["value"], row["name"]) for row in rows] == [
        ("CAP14", "CAP14"),
        ("CAP27", "CAP27"),
        ("CAP50", "CAP50"),
        ("CAP76", "Élan normand"),
    ]


def test_a_single_authority_sees_none_of_it(opened: Opened) -> None:
    single = opened("contract_id\nM1", "contract_id | hours_validated\nM1 | 10")
    assert answer(single, "hours_by_structure") == []
    assert {row["field"] for row in answer(single, "filter_choices")} & {"structures"} == set()
    access = Access(database=single, rights=Rights(role=Role.ADMINISTRATEUR))
    assert "structures" not in {declared.field for declared in access.filters}
    assert not access.offers("hours_by_structure")
    assert access.offers("hours_by_year")
    assert not single.release.structures
    assert "structure" not in single.release.file("release.json").read_text()
