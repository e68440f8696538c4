"""Each filter narrows what it names, an empty list is nothing, `none` is what the extract does not say."""

import datetime as dt
import re
from typing import Any

import pytest

from queries.engine import Database
from queries.filters_sql import files, short_macros
from queries.questions import FOLDER
from queries.scope import NONE, Scope
from tests.queries.asking import EVERYTHING, Opened, answer, by, only

LOTS = """
    contract_id | client_id | client_type | clause_category | execution_commune | sector   | programme | facilitator_code
    M1          | CHU       | hopital     | execution       | 76540             | batiment | anru      | F1
    M2          | MRN       | metropole   | insertion       | 76498             | pi       | npnru     | F2
    M3          | MRN       | metropole   | execution       |                   |          |           |
"""
# Powers of ten: a sum tells which lines it is made of.
LINES = """
    contract_id | month   | hours_validated | employer_kind | work_contract_type
    M1          | 2019-12 | 1               | direct        | cdd
    M1          | 2020-01 | 10              | etti          | interim_insertion
    M2          | 2020-12 | 100             | geiq          | cdd
    M2          | 2021-01 | 1000            |               |
    M3          | 2021-02 | 10000           | direct        | cdi
"""
ALL = 11111


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


@pytest.mark.parametrize(
    ("filters", "hours"),
    [
        ({}, ALL),
        ({"first_year": 2020}, 10 + 100 + 1000 + 10000),
        ({"last_year": 2020}, 1 + 10 + 100),
        ({"first_year": 2020, "last_year": 2020}, 10 + 100),
        ({"first_year": 2022}, 0),
        ({"clients": ("CHU",)}, 1 + 10),
        ({"clients": ("CHU", "MRN")}, ALL),
        ({"clients": ("CHU", "unheard of")}, 1 + 10),
        ({"client_types": ("metropole",)}, 100 + 1000 + 10000),
        ({"clause_categories": ("execution",)}, 1 + 10 + 10000),
        ({"clause_categories": ("means",)}, 0),
        ({"execution_communes": ("76540",)}, 1 + 10),
        ({"execution_communes": (NONE,)}, 10000),
        ({"execution_communes": ("76498", NONE)}, 100 + 1000 + 10000),
        ({"sectors": ("batiment",)}, 1 + 10),
        ({"sectors": (NONE,)}, 10000),
        ({"employer_kinds": ("direct",)}, 1 + 10000),
        ({"employer_kinds": (NONE,)}, 1000),
        ({"employer_kinds": ("etti", NONE)}, 10 + 1000),
        ({"employer_kinds": ("unknown",)}, 1000),  # in a release an empty cell
        ({"programmes": ("anru", "npnru")}, 1 + 10 + 100 + 1000),
        ({"programmes": (NONE,)}, 10000),
        ({"facilitators": ("F2",)}, 100 + 1000),
        ({"facilitators": (NONE,)}, 10000),
        ({"clients": ("MRN",), "first_year": 2021, "employer_kinds": ("direct",)}, 10000),
        ({"clients": ("CHU",), "sectors": ("pi",)}, 0),  # filters are joined by and
        ({"clients": ()}, 0),
        ({"client_types": ()}, 0),
        ({"clause_categories": ()}, 0),
        ({"execution_communes": ()}, 0),
        ({"sectors": ()}, 0),
        ({"employer_kinds": ()}, 0),
        ({"programmes": ()}, 0),
        ({"facilitators": ()}, 0),
    ],
    ids=str,
)
def test_each_filter_keeps_its_own_lines(database: Database, filters: dict[str, Any], hours: int) -> None:
    scope = Scope(**filters)
    # One question that reads lines, one that reads lots: the two ways that filters take.
    assert sum(row["hours_validated"] for row in answer(database, "hours_by_employer_kind", scope)) == hours
    assert sum(row["hours_validated"] for row in answer(database, "hours_by_client_type", scope)) == hours


def test_what_the_extract_does_not_say_is_a_row_of_its_own(database: Database) -> None:
    assert by("sector", answer(database, "hours_by_sector")) == {"batiment": 1 + 10, "pi": 100 + 1000, None: 10000}
    assert by("employer_kind", answer(database, "hours_by_employer_kind")) == {
        "direct": 1 + 10000,
        "etti": 10,
        "geiq": 100,
        None: 1000,
    }
    assert by("work_contract_type", answer(database, "hours_by_work_contract_type")) == {
        "cdd": 1 + 100,
        "cdi": 10000,
        "interim_insertion": 10,
        None: 1000,
    }
    for question in ("hours_by_sector", "hours_by_employer_kind", "hours_by_work_contract_type"):
        assert next(iter(answer(database, question)[-1].values())) is None  # said last


def test_shares_are_of_the_hours_in_scope(database: Database) -> None:
    assert by("employer_kind", answer(database, "hours_by_employer_kind"), "share_ratio")["etti"] == 10 / ALL
    in_2020 = answer(database, "hours_by_employer_kind", Scope(first_year=2020, last_year=2020))
    assert by("employer_kind", in_2020, "share_ratio") == {"etti": 10 / 110, "geiq": 100 / 110}


def test_a_filter_on_employers_keeps_the_lots_with_such_hours_and_their_whole_life(database: Database) -> None:
    rows = {row["contract_id"]: row for row in answer(database, "lots", Scope(employer_kinds=("etti",)))}
    assert {contract: row["hours_validated"] for contract, row in rows.items()} == {"M1": 10}
    assert {contract: row["hours_to_date"] for contract, row in rows.items()} == {"M1": 11}


def test_a_client_without_hours_in_the_period_keeps_its_row(database: Database) -> None:
    assert by("client_id", answer(database, "hours_by_client", Scope(last_year=2019))) == {"CHU": 1, "MRN": 0}
    assert by("client_type", answer(database, "hours_by_client_type", Scope(last_year=2019))) == {
        "hopital": 1,
        "metropole": 0,
    }


def test_questions_about_the_release_know_no_filter(database: Database) -> None:
    assert only(database, "release_summary", Scope(clients=())) == only(database, "release_summary", EVERYTHING)


def test_a_value_that_looks_like_sql_is_a_value(database: Database) -> None:
    scope = Scope(clients=("CHU') OR 1=1 --",), facilitators=("'; DROP TABLE release; --",))
    assert only(database, "headline", scope)["hours_validated"] == 0
    assert only(database, "headline")["hours_validated"] == ALL


def test_the_sql_of_the_filters_is_what_is_declared() -> None:
    """Else run `python -m queries.filters_sql`."""
    for name, text in files().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text


# What is not set is left out of the macros of a cursor


def named(scope: Scope) -> set[str]:
    return set(re.findall(r"list_contains\(scope\['(\w+)'", short_macros(scope.fields_set)))


def test_the_macros_of_a_question_have_the_filters_that_are_set() -> None:
    assert named(Scope()) == set()
    assert named(Scope(clients=(), employer_kinds=("direct",))) == {"clients", "employer_kinds"}


def test_the_macros_of_a_question_have_the_filters_of_the_rights() -> None:
    assert named(Scope(within=Scope(facilitators=("F1",)), clients=("MRN",))) == {"clients", "facilitators"}


def test_years_of_either_end_are_kept() -> None:
    assert "MACRO year_matches" in short_macros(Scope(first_year=None).fields_set)  # always true
    for scope in (Scope(first_year=2020), Scope(last_year=2020), Scope(within=Scope(last_year=2020))):
        assert "MACRO year_matches" not in short_macros(scope.fields_set)  # that of _period.sql stays


def test_months_of_either_end_are_kept() -> None:
    month = dt.date(2020, 5, 1)
    assert "FROM hours_monthly" not in short_macros(Scope(first_year=2020).fields_set)  # nothing is read by months
    for scope in (Scope(first_month=month), Scope(last_month=month), Scope(within=Scope(last_month=month))):
        assert not re.search("MACRO (year_matches|month_matches|active_hours)", short_macros(scope.fields_set))
