"""The engine: one release, locked down; a cursor for each question; a limit of time; answers that do not depend on the
order of rows and read no more than they need."""

import datetime as dt
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.release import releases
from data.release.releases import Release
from data.settings_server import Engine
from queries.engine import FILES, ROWS_OF_A_BATCH, Database, named_parameters
from queries.errors import QueryError
from queries.open_release import open_release
from queries.questions import Question, question, questions
from queries.scope import Scope
from queries.secrecy.exact import bound_populations
from tests.extracts import contract, entry, publish_rows
from tests.queries.asking import EVERYTHING, SETTINGS, Opened, milestone, milestones, only
from tests.queries.random_extracts import random_extract, random_scope


def fresh(folder: Path) -> Release:
    """A release that a test may damage."""
    return publish_rows(folder, [contract()], [entry(entry_id=f"E{n}") for n in range(50)])


def opening(release: Release, seconds: int = 20) -> Database:
    return open_release.__wrapped__(release, replace(SETTINGS, engine=Engine(seconds=seconds)))


def made_up(sql: str, name: str = "made_up") -> Question:
    return replace(question("headline"), name=name, sql=sql)


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened("contract_id\nM1", "month | hours_validated\n2020-01 | 35")


# Locked down


def refused(database: Database, sql: str) -> str:
    with pytest.raises(duckdb.Error) as error:
        database.connection.cursor().execute(sql)
    return str(error.value)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1 AS one) TO '{tmp}/out.csv'",
        "COPY (SELECT 1 AS one) TO '{release}/new.parquet' (FORMAT parquet)",
        "EXPORT DATABASE '{tmp}/out'",
        "ATTACH '{tmp}/other.db' AS other",
        "FROM read_json('{release}/release.json')",  # beside the allowed files
    ],
)
def test_no_file_but_the_release_s_own_is_reached(database: Database, tmp_path: Path, sql: str) -> None:
    result = refused(database, sql.replace("{tmp}", str(tmp_path)).replace("{release}", str(database.release.path)))
    assert "disabled by configuration" in result
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sql", ["INSTALL httpfs", "LOAD httpfs", "CREATE SECRET (TYPE http)"])
def test_nothing_is_installed_or_loaded(database: Database, sql: str) -> None:
    assert "disabled" in refused(database, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "SET threads = 64",
        "SET memory_limit = '1TB'",
        "PRAGMA enable_profiling",
    ],
)
def test_the_configuration_is_locked(database: Database, sql: str) -> None:
    assert "the configuration has been locked" in refused(database, sql)


# Time, memory


@pytest.fixture(scope="module")
def hurried(opened: Opened) -> Database:
    return opened(
        "contract_id\nM1", "month\n2020-01", settings=replace(SETTINGS, engine=Engine(seconds=1, memory="60MB"))
    )


def test_a_question_without_end_is_stopped(hurried: Database) -> None:
    endless = made_up(
        "WITH RECURSIVE steps AS (SELECT 1 AS n UNION ALL SELECT n + 1 AS n FROM steps) SELECT max(n) FROM steps",
        "endless",
    )
    with pytest.raises(QueryError) as stopped:
        hurried.ask(endless, EVERYTHING)
    assert str(stopped.value) == "la question endless a pris plus de 1\u00a0s et a été arrêtée."
    assert only(hurried, "headline")["hours_validated"] == 10  # and the next one is answered


def test_a_question_too_large_for_the_memory_says_so(hurried: Database) -> None:
    large = made_up("SELECT list(a.range) AS all FROM range(100000000) AS a", "large")
    with pytest.raises(QueryError, match="demande plus de mémoire que les réglages n’en accordent"):
        hurried.ask(large, EVERYTHING)


# Threads


def test_questions_asked_at_once_get_their_own_rows(database: Database) -> None:
    """A connection shared by threads, without a cursor each, has answered with another question's rows."""

    def asked(n: int) -> tuple[int, list[dict[str, Any]]]:
        answer = database.ask(made_up(f"SELECT {n} AS n, i FROM range(500) AS t (i) ORDER BY i"), EVERYTHING)
        return n, answer.to_pylist()

    with ThreadPoolExecutor(max_workers=4) as pool:
        for n, rows in pool.map(asked, range(40)):
            assert rows == [{"n": n, "i": i} for i in range(500)]


def test_an_answer_is_kept_for_the_next_reader(database: Database) -> None:
    assert database.ask("headline", Scope(clients=("C1",))) is database.ask("headline", Scope(clients=("C1", "C1")))
    assert database.ask("headline", EVERYTHING) is not database.ask("headline", Scope(clients=("C1",)))


def test_answers_are_exact_decimals(database: Database) -> None:
    assert database.ask("headline", EVERYTHING).schema.field("hours_validated").type == pa.decimal128(38, 2)


# Batch by batch


def test_a_stream_is_the_answer_in_batches(database: Database) -> None:
    counted = made_up("SELECT i, i * 0.25::DECIMAL(9, 2) AS hours FROM range(200000) AS t (i) ORDER BY i")
    with database.stream(counted, EVERYTHING) as batches:
        schema, sizes = batches.schema, [batch.num_rows for batch in batches]
    assert sum(sizes) == 200_000
    assert max(sizes) <= ROWS_OF_A_BATCH
    assert schema.names == ["i", "hours"]
    for name in ("headline", "lots"):
        with database.stream(name, EVERYTHING) as batches:
            assert batches.read_all().equals(database.ask(name, EVERYTHING))


def test_a_stream_may_be_left_before_its_end(database: Database) -> None:
    with database.stream(made_up("SELECT i FROM range(10000000) AS t (i)"), EVERYTHING) as batches:
        assert next(batches).num_rows
    assert only(database, "headline")["hours_validated"] == 35


def test_a_stream_without_end_is_stopped(hurried: Database) -> None:
    endless = made_up("SELECT i FROM range(1000000000000) AS t (i)", "endless")
    with hurried.stream(endless, EVERYTHING) as batches:
        next(batches)
        # What the reader does meanwhile takes its time: no clock runs.
        clocks = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
        assert all(clock.finished.is_set() for clock in clocks)
        with pytest.raises(QueryError, match="la question endless a pris plus de 1\u00a0s et a été arrêtée"):
            for _ in batches:
                pass


def test_a_stream_refuses_what_a_question_refuses(database: Database) -> None:
    with pytest.raises(QueryError, match="hours_by_moon"), database.stream("hours_by_moon", EVERYTHING):
        pass
    with pytest.raises(QueryError, match="attend les paramètres –"), database.stream("lots", EVERYTHING, lot_id="00"):
        pass


# Refused


def test_an_unknown_question_is_told_with_those_there_are(database: Database) -> None:
    with pytest.raises(QueryError, match=r"hours_by_moon n’est pas une question.*headline"):
        database.ask("hours_by_moon", EVERYTHING)


@pytest.mark.parametrize("given", [{}, {"contract_id": "M1"}, {"contract_id": "M1", "lot_id": "00", "more": "x"}])
def test_parameters_missing_or_too_many_are_told(database: Database, given: dict[str, str]) -> None:
    with pytest.raises(QueryError, match="attend les paramètres contract_id, lot_id"):
        database.ask("lot_months", EVERYTHING, **given)
    with pytest.raises(QueryError, match="attend les paramètres –"):
        database.ask("headline", EVERYTHING, lot_id="00")


@pytest.mark.parametrize(
    "change",
    [
        {"sectors": None, "sector": None},  # a misspelt field
        {"sectors": "drop"},  # one missing
        {"clients": "CHU"},  # a text where a list is expected
        {"first_year": ["2019"]},
    ],
)
@pytest.mark.parametrize("name", ["hours_by_sector", "lots"])
def test_a_scope_that_is_not_the_struct_of_the_macros_is_refused(
    database: Database, name: str, change: dict[str, Any]
) -> None:
    scope = EVERYTHING.bound() | change
    bound = {
        field: value
        for field, value in scope.items()
        if value != "drop" and not (field == "sectors" and "sector" in scope)
    }
    with pytest.raises(duckdb.BinderException):
        database.connection.cursor().sql(question(name).sql, params={"scope": bound})


# Damaged


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "another file"])
@pytest.mark.parametrize("name", ["contracts.parquet", "hours.parquet", "hours_monthly.parquet", "anomalies.parquet"])
def test_a_damaged_release_is_not_opened(untouched: Release, tmp_path: Path, name: str, damage: str) -> None:
    release = replace(untouched, path=tmp_path)
    for file in untouched.path.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    _damage(tmp_path / name, damage)
    with pytest.raises(QueryError) as result:
        opening(release)
    assert str(result.value) == f"la publication {release.id} n’est plus lisible."


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "another file"])
def test_a_release_damaged_while_it_is_open_is_told(untouched: Release, tmp_path: Path, damage: str) -> None:
    """Deleting an old release is safe at any time: whoever still reads it is told."""
    release = replace(untouched, path=tmp_path)
    for file in untouched.path.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    database = opening(release)
    assert only(database, "headline")["hours_validated"] == 50 * 10
    for name in FILES.values():
        _damage(tmp_path / name, damage)
    for name in ("hours_by_month", "hours_by_sector", "people_by_year"):  # lots are in memory
        with pytest.raises(QueryError, match="n’est plus lisible"):
            database.ask(name, EVERYTHING)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return fresh(tmp_path_factory.mktemp("untouched"))


def _damage(file: Path, damage: str) -> None:
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "cut": file.read_bytes()[:-40], "another file": b"hello" * 100}[damage])


# Answers do not depend on the order of rows


@pytest.mark.slow
def test_the_order_of_answers_is_total(tmp_path: Path) -> None:
    """The same answers, row for row, whatever the order of the rows in the files of the release: but for the two files whose
    order is a promise, which the publish checks."""
    extract = random_extract(seed=11)
    settings = replace(
        extract.settings, milestones=(*extract.settings.milestones, milestone(100, "a"), milestone(100, "b"))
    )
    for lot in extract.contracts:
        lot["client_name"] = "Homonymes"  # ties to be broken by something else
    release = publish_rows(tmp_path, extract.contracts, extract.hours, as_of=dt.date(2021, 8, 31))
    before, die, scopes = open_release.__wrapped__(release, settings), Random(11), [EVERYTHING]
    scopes.append(random_scope(die))
    lot = {key: extract.contracts[0][key] for key in ("contract_id", "lot_id")}
    asked = {name: {p.name: lot.get(p.name, "") for p in found.parameters} for name, found in questions().items()}
    answers = {(n, scope): before.ask(n, scope, **asked[n]) for n in asked for scope in scopes}
    for file in set(FILES.values()) - {"people_years.parquet", "work_contract_years.parquet"}:
        rows = pq.read_table(release.file(file))
        shuffled = rows.take(pa.array(die.sample(range(rows.num_rows), rows.num_rows), pa.int64()))
        pq.write_table(shuffled, release.file(file), row_group_size=50)
    after = open_release.__wrapped__(
        replace(release, files=()), settings
    )  # the files are no longer those that were published
    for (name, scope), answer in answers.items():
        # A share is the quotient of exact sums: equal to the last bit, not only near.
        assert after.ask(name, scope, **asked[name]).equals(answer), f"{name} under {scope}"


# Only what is needed is read


@pytest.fixture(scope="module")
def by_year(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Ten years, a row group for each in both fact files, as publishing sorts them by month."""
    months = [dt.date(year, month, 1) for year in range(2010, 2020) for month in range(1, 13)]
    lines = [entry(entry_id=f"{month}", month=month, participant_id=f"P{month}") for month in months]
    release = publish_rows(tmp_path_factory.mktemp("by year"), [contract()], lines)
    for name in (releases.HOURS, releases.ROLLUP):
        rows = pq.read_table(release.file(name))
        pq.write_table(rows, release.file(name), row_group_size=12)
    return open_release.__wrapped__(replace(release, files=()), milestones(milestone(100)))


def scanned(database: Database, name: str, scope: Scope, **parameters: str) -> dict[str, list[int]]:
    """Row groups scanned, for each scan of a fact file."""
    sql = "EXPLAIN (ANALYZE, FORMAT json) " + question(name).sql
    values = {"scope": scope.bound(), "rights": scope.rights_bound(), "populations": bound_populations(scope)} | {
        parameter.name: contract().get(parameter.name, "") for parameter in question(name).parameters
    }
    values |= parameters
    given = {parameter: values[parameter] for parameter in named_parameters(question(name).sql)}
    ((_, plan),) = database.connection.cursor().execute(sql, given).fetchall()
    found: dict[str, list[int]] = {}

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            file = Path(node.get("extra_info", {}).get("Filename(s)", "")).name if "extra_info" in node else ""
            if file in (releases.HOURS, releases.ROLLUP):
                assert node["total_row_groups_to_scan"] == 10
                found.setdefault(file, []).append(node["row_groups_scanned"])
            for child in node.values():
                walk(child)

    walk(json.loads(plan))
    return found


@pytest.mark.parametrize(
    "name", ["hours_by_sector", "hours_by_employer_kind", "hours_by_client_and_year", "hours_by_clause_and_year"]
)
def test_a_filter_on_years_reads_only_their_row_groups(by_year: Database, name: str) -> None:
    assert scanned(by_year, name, EVERYTHING) == {releases.ROLLUP: [10]}
    assert scanned(by_year, name, Scope(first_year=2012, last_year=2013)) == {releases.ROLLUP: [2]}
    assert scanned(by_year, name, Scope(last_year=2009)) in ({releases.ROLLUP: [0]}, {})


@pytest.fixture(scope="module")
def by_client(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Ten clients, each with a row group of its own in the rollup: twelve lines."""
    lots = [contract(contract_id=f"M{n}", client_id=f"C{n}") for n in range(10)]
    lines = [
        entry(entry_id=f"M{n} {month}", contract_id=f"M{n}", month=dt.date(2020, month, 1))
        for n in range(10)
        for month in range(1, 13)
    ]
    release = publish_rows(tmp_path_factory.mktemp("by client"), lots, lines)
    rows = pq.read_table(release.file(releases.ROLLUP)).sort_by("client_id")
    pq.write_table(rows, release.file(releases.ROLLUP), row_group_size=12)
    return open_release.__wrapped__(replace(release, files=()), milestones(milestone(100)))


@pytest.mark.parametrize("name", ["hours_by_sector", "hours_by_employer_kind", "hours_by_client_and_year"])
def test_a_filter_on_lots_reads_only_their_row_groups(by_client: Database, name: str) -> None:
    """`lot_matches` takes the whole row, and is folded into the scan all the same."""
    assert scanned(by_client, name, EVERYTHING) == {releases.ROLLUP: [10]}
    assert scanned(by_client, name, Scope(clients=("C3",))) == {releases.ROLLUP: [1]}
    assert scanned(by_client, name, Scope(clients=("C3", "C4"))) == {releases.ROLLUP: [2]}


def test_a_page_of_lines_is_read_in_the_row_groups_of_its_months(by_year: Database) -> None:
    """The rollup tells how many lines come before it. Of twelve lines a year, those of 2013 and 2014 are after the 36th."""
    assert scanned(by_year, "detail_hours", EVERYTHING)[releases.HOURS] == [10]
    assert scanned(by_year, "detail_hours", EVERYTHING, first="40", rows="5")[releases.HOURS] == [1]
    assert scanned(by_year, "detail_hours", EVERYTHING, first="40", rows="10")[releases.HOURS] == [2]
    assert scanned(by_year, "detail_hours", Scope(first_year=2019))[releases.HOURS] == [1]


def test_only_lines_one_by_one_are_read_from_the_detail(by_year: Database) -> None:
    """The rollup costs the same whatever the number of entries; the detail does not."""
    without_scope = {"anomalies", "anomalies_by_client", "anomaly_lines", "release_summary", "filter_names"}
    reading = {
        name
        for name in questions()
        if name not in without_scope and releases.HOURS in scanned(by_year, name, EVERYTHING)
    }
    assert reading == {"detail_hours"}


# The opening of a release


def test_two_openings_of_a_release_are_one(database: Database) -> None:
    open_release.cache_clear()
    first = open_release(database.release, SETTINGS)
    assert open_release(database.release, SETTINGS) is first
    assert open_release(database.release, milestones(milestone(5))) is not first
    open_release.cache_clear()


def test_what_was_invented_for_the_demonstration_stays_with_it(tmp_path: Path) -> None:
    invented = milestones(replace(milestone(100), demo=True), milestone(200, "real"), opening=50)
    settings = replace(
        invented, opening_balance=tuple(replace(balance, demo=True) for balance in invented.opening_balance)
    )
    for demo, opening_hours, names in ((True, 50, ["jalon", "real"]), (False, 0, ["real"])):
        release = publish_rows(tmp_path / str(demo), [contract()], [entry()], demo=demo)
        database = open_release.__wrapped__(release, settings)
        rows = database.ask("milestone_progress", EVERYTHING).to_pylist()
        assert [row["milestone"] for row in rows] == names
        assert {row["hours_to_date"] for row in rows} == {Decimal(opening_hours) + 10}
        assert only(database, "release_summary")["demo"] is demo
