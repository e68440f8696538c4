"""The SQL against the naive second implementation, on random extracts under random scopes: equal to the hundredth."""

import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

import pytest

from data.reference import communes
from queries.engine import Database
from queries.open_release import open_release
from queries.scope import Scope
from tests.extracts import publish_rows
from tests.queries.asking import EVERYTHING, answer
from tests.queries.naive import Naive
from tests.queries.naive_rules import Row
from tests.queries.random_extracts import in_months, random_extract, random_scope

KEYS = {
    "headline": (),
    "totals": (),
    "milestone_progress": ("milestone",),
    "hours_by_month": ("month",),
    "hours_by_year": ("year",),
    "hours_by_clause": ("clause_category",),
    "hours_by_clause_and_year": ("year", "clause_category"),
    "hours_by_client": ("client_id",),
    "hours_by_client_and_year": ("year", "client_id"),
    "hours_by_client_type": ("client_type",),
    "hours_by_commune": ("execution_commune",),
    "hours_by_sector": ("sector",),
    "hours_by_employer_kind": ("employer_kind",),
    "hours_by_work_contract_type": ("work_contract_type",),
    "lots": ("contract_id", "lot_id"),
    "clients_freshness": ("client_id",),
}
SCOPES = 4


@pytest.fixture(scope="module", params=[1, 2], ids="seed {}".format)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Naive, Random]:
    """One random extract, published and opened, and read naively."""
    seed: int = request.param
    extract, folder = random_extract(seed), tmp_path_factory.mktemp("random")
    return (*_opened(extract.contracts, extract.hours, extract.settings, folder), Random(seed))


def _opened(contracts: list[Row], hours: list[Row], settings: Any, folder: Path) -> tuple[Database, Naive]:
    as_of = dt.date(2021, 8, 31)
    release = publish_rows(folder, contracts, hours, as_of=as_of)
    naive = Naive(
        contracts=contracts,
        hours=hours,
        settings=settings,
        data_as_of=as_of,
        population={commune.code: commune.population for commune in communes()},
    )
    return open_release.__wrapped__(release, settings), naive


@pytest.mark.slow
@pytest.mark.parametrize("question", KEYS)
def test_two_implementations_agree(both: tuple[Database, Naive, Random], question: str) -> None:
    database, naive, die = both
    drawn = [random_scope(die) for _ in range(SCOPES)]
    scopes = [EVERYTHING, Scope(include_uncounted=True), *drawn, *(in_months(scope, die) for scope in drawn)]
    for scope in scopes:
        expected = getattr(naive, question)(scope)
        compare(question, answer(database, question, scope), expected if KEYS[question] else [expected], scope)


def compare(question: str, found: list[Row], expected: list[Row], scope: Scope) -> None:
    """Equal rows by key; the columns that the naive one has. Hours exactly, ratios to the precision of a double."""
    keyed = {tuple(row[key] for key in KEYS[question]): row for row in found}
    assert len(keyed) == len(found), f"{question}: a key comes twice under {scope}"
    wanted = {tuple(row[key] for key in KEYS[question]): row for row in expected}
    assert keyed.keys() == wanted.keys(), f"{question} under {scope}"
    for key, row in wanted.items():
        for column, value in row.items():
            got = keyed[key].get(column)
            close = pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            assert got == close, f"{question}, {key}, {column}: {got} for {value} under {scope}"
