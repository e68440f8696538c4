"""Every filter of `queries/filters.py` alone, whichever there are: its hours, choices, shell flag, link, and who may use it."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

from data.codes import Role
from data.release.releases import read_release
from data.schema import CONTRACTS, HOURS_MONTHLY
from data.settings import DEFAULT_FILE
from queries import link
from queries.__main__ import main
from queries.engine import Database
from queries.filters import FILTERS
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import publish_rows
from tests.queries.asking import EVERYTHING, answer, filtered, only
from tests.queries.naive import Naive
from tests.queries.naive_rules import pending, validated
from tests.queries.random_extracts import VALUES, RandomExtract, random_extract

EVERY = tuple(FILTERS)
# Any text may be a value: nothing in it may be taken for a separator, a key or a quote.
AWKWARD = """Durand, "Fils" & Cie = l’été d'1 #2 %2C;-"""


@pytest.fixture(scope="module")
def extract() -> RandomExtract:
    return random_extract(seed=3)


@pytest.fixture(scope="module")
def folder(extract: RandomExtract, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every filter")
    publish_rows(folder, extract.contracts, extract.hours, as_of=dt.date(2021, 8, 31))
    return folder / "extracts"


@pytest.fixture(scope="module")
def database(folder: Path, extract: RandomExtract) -> Database:
    return open_release.__wrapped__(read_release((folder / "current").resolve()), extract.settings)


def naive_hours(extract: RandomExtract, scope: Scope) -> tuple[Decimal, Decimal]:
    """Validated and pending hours of a scope, line by line."""
    naive = Naive(
        contracts=extract.contracts,
        hours=extract.hours,
        settings=extract.settings,
        data_as_of=dt.date(2021, 8, 31),
        population={},
    )
    lines = naive.lines_of(scope)
    return sum(map(validated, lines), Decimal(0)), sum(map(pending, lines), Decimal(0))


def test_every_filter_has_values_in_the_random_extract() -> None:
    assert VALUES.keys() == FILTERS.keys(), "a filter needs VALUES and a column of _lot or _line in random_extracts.py"


@pytest.mark.slow
@pytest.mark.parametrize("field", EVERY)
def test_a_filter_alone_keeps_the_hours_of_its_values(database: Database, extract: RandomExtract, field: str) -> None:
    whole = only(database, "headline")["hours_validated"]
    kept = []
    for value in VALUES[field]:
        scope = filtered(EVERYTHING, field, (value,))
        figures = only(database, "headline", scope)
        assert (figures["hours_validated"], figures["hours_pending"]) == naive_hours(extract, scope), (
            f"{value}: naive_rules.py keeps other hours; does it know the filter?"
        )
        kept.append(figures["hours_validated"])
    assert sum(kept) == whole
    assert sum(0 < hours < whole for hours in kept) >= 2, "the extract does not tell the values apart"


@pytest.mark.parametrize("field", EVERY)
def test_the_choices_count_every_value_of_a_filter(database: Database, extract: RandomExtract, field: str) -> None:
    # Its own values stay on offer while it is set.
    for scope in (EVERYTHING, filtered(EVERYTHING, field, VALUES[field][:1])):
        choices = {
            row["value"]: row["hours"] for row in answer(database, "filter_choices", scope) if row["field"] == field
        }
        expected = {value: sum(naive_hours(extract, filtered(EVERYTHING, field, (value,)))) for value in VALUES[field]}
        assert choices == {value: hours for value, hours in expected.items() if hours}


@pytest.mark.parametrize("field", EVERY)
def test_the_shell_has_the_flag_of_a_filter(
    database: Database, folder: Path, field: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(folder))
    monkeypatch.setenv("CAP_SETTINGS", str(DEFAULT_FILE))
    first, second = VALUES[field][:2]
    flag = FILTERS[field].flag
    assert main(["headline", flag, first, flag, second, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    expected = only(database, "headline", filtered(EVERYTHING, field, (first, second)))["hours_validated"]
    assert Decimal(str(row["hours_validated"])) == expected


@pytest.mark.parametrize("field", [name for name, declared in FILTERS.items() if declared.codes is None])
@pytest.mark.parametrize("value", [AWKWARD, "-", ",", "&", '"', " ", "Cie, &"])
def test_any_text_comes_back_from_a_link(field: str, value: str) -> None:
    scope = filtered(EVERYTHING, field, (value, "plain"))
    query = dict(parse_qsl(urlencode(link.to_query(scope), safe=",")))
    assert link.from_query(query) == (scope, [])


@pytest.mark.parametrize("field", [name for name, declared in FILTERS.items() if declared.right is not None])
def test_a_filter_that_needs_a_right_is_closed_without_it(database: Database, field: str) -> None:
    declared = FILTERS[field]
    scope = filtered(EVERYTHING, field, VALUES[field])
    closed = {role for role in Role if Rights(role=role).closed_filters(scope) == (declared,)}
    assert closed == {role for role in Role if declared.right is not None and not Rights(role=role).may(declared.right)}
    assert Role.PUBLIC in closed
    for role in Role:
        access = Access(database=database, rights=Rights(role=role))
        offered = {row["field"] for row in access.ask("filter_choices", EVERYTHING).to_pylist()}
        named = {row["field"] for row in access.ask("filter_names", EVERYTHING).to_pylist()}
        assert (field in offered) is (role not in closed)
        assert field not in named or role not in closed
        # Past the doors, a guess keeps nothing.
        hours = access.ask("headline", scope).to_pylist()[0]["hours_validated"]
        assert (hours == 0) is (role in closed)


def test_a_facilitator_without_the_right_keeps_the_filter_on_own_lots() -> None:
    rights = Rights(role=Role.PUBLIC, facilitators=("F1",))
    assert rights.closed_filters(Scope(facilitators=("F1",))) == ()
    assert rights.closed_filters(Scope(facilitators=("F1", "F2"))) == (FILTERS["facilitators"],)


# What cannot be derived is held equal


def test_keys_flags_and_columns_are_of_one_filter_each() -> None:
    for name in ("key", "flag", "column", "label"):
        assert len({getattr(declared, name) for declared in FILTERS.values()}) == len(FILTERS), name
    assert not {declared.key for declared in FILTERS.values()} & {link.YEARS, link.UNCOUNTED}


def test_rights_may_be_limited_by_the_filters_that_say_so() -> None:
    limits = [name for name, declared in FILTERS.items() if declared.limits_rows]
    assert sorted(limits) == sorted(field for field in Rights.__dataclass_fields__ if field != "role")


def test_the_rollup_has_the_column_of_every_filter() -> None:
    columns = {column.name: column for column in HOURS_MONTHLY.every_column}
    for declared in FILTERS.values():
        assert columns[declared.column].codes is declared.codes
        contract = {column.name: column for column in CONTRACTS.every_column}.get(declared.column)
        # A structure is empty throughout where a single authority publishes, and nowhere else.
        assert contract is None or contract.nullable is (declared.may_be_empty or declared.of_several)


def test_names_are_given_for_the_filters_that_say_so(database: Database) -> None:
    named = {row["field"] for row in answer(database, "filter_names")}
    assert named == {name for name, declared in FILTERS.items() if declared.has_names}
