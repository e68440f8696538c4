"""Readers' own SQL: what it may read, and the attacks that it refuses or stops while the dashboard goes on answering."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.codes import Role
from data.release.tables import EVERY_TABLE, INTERNAL
from data.schema import HOURS
from data.words import Words
from queries.engine import Database
from queries.errors import QueryError
from queries.rights.access import Access
from queries.rights.rights import Right, Rights
from queries.sandbox.refusals import SqlError
from queries.sandbox.sandbox import LIMITS, Sandbox
from queries.sandbox.tables import TABLES, examples
from queries.scope import Scope
from tests.queries.asking import EVERYTHING, Opened, milestone, milestones, only

LIMITED = replace(LIMITS, seconds=2, rows=100, bytes=1_000_000, memory=128_000_000)

# Processes that are started, filled and stopped.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(
        """
        contract_id | client_id | execution_commune | contractor_name | penalty_eur | counts_in_total
        M1          | C1        | 76540             | Bâtir           | 500         | true
        M2          | C2        | 76681             | Semer           |             | true
        M3          | C1        |                   | Semer           |             | false
        """,
        """
        entry_id | contract_id | month   | hours_validated
        E1       | M1          | 2020-01 | 100
        E2       | M2          | 2020-02 | 20
        E3       | M3          | 2020-02 | 3
        """,
        settings=milestones(milestone(100), opening=50),
    )


def access(database: Database, **narrowed: tuple[str, ...]) -> Access:
    return Access(database=database, rights=Rights(role=Role.ANALYSTE, **narrowed))


@pytest.fixture(scope="module")
def sandbox(database: Database) -> Iterator[Sandbox]:
    opened = Sandbox(access(database), LIMITED)
    yield opened
    opened.close()


def refused(sandbox: Sandbox, sql: str) -> str:
    with pytest.raises(QueryError) as error:
        sandbox.ask(sql, EVERYTHING)
    return str(error.value)


# What it may read


def test_it_reads_lots_and_hours_with_those_out_of_the_total(sandbox: Sandbox) -> None:
    sql = "SELECT counts_in_total, sum(hours_validated) AS hours FROM hours_monthly GROUP BY ALL ORDER BY ALL DESC"
    rows = sandbox.ask(sql, EVERYTHING).table.to_pylist()
    assert rows == [{"counts_in_total": True, "hours": 100 + 20}, {"counts_in_total": False, "hours": 3}]


def test_scope_is_the_filters_of_the_page(sandbox: Sandbox) -> None:
    sql = "SELECT sum(hours_validated) AS hours FROM hours_in_scope($scope)"
    answers = [sandbox.ask(sql, scope) for scope in (EVERYTHING, Scope(clients=("C2",)), Scope(last_year=2019))]
    assert [answer.table.to_pylist()[0]["hours"] for answer in answers] == [120, 20, None]
    assert [answer.is_scoped for answer in answers] == [True] * 3
    assert not sandbox.ask("SELECT 1 AS one", EVERYTHING).is_scoped


def test_every_example_gives_the_dashboard_s_answer(sandbox: Sandbox, database: Database) -> None:
    assert {"hours_by_year", "hours_by_clause", "lots", "milestone_progress"} <= {
        question.name for question in examples()
    }
    for question in examples():
        scope = Scope(clients=("C1",), first_year=2020)
        assert sandbox.ask(question.sql, scope).table.equals(database.ask(question.name, scope)), question.name


def test_no_example_counts_persons() -> None:
    assert not {"headline", "anomaly_lines"} & {question.name for question in examples()}


def test_the_tables_are_as_the_schema_beside_says(sandbox: Sandbox) -> None:
    for table in TABLES:
        rows = sandbox.ask(f"DESCRIBE {table.name}", EVERYTHING).table.to_pylist()
        assert [(row["column_name"], row["column_type"]) for row in rows] == [
            (column.name, column.sql_type) for column in table.columns
        ]


def test_no_column_of_a_person_is_there(sandbox: Sandbox) -> None:
    there = {
        row["column_name"]
        for row in sandbox.ask("FROM duckdb_columns() SELECT column_name", EVERYTHING).table.to_pylist()
    }
    personal = {column.name for table in EVERY_TABLE for column in table.columns if column.personal}
    assert {"participant_id", "participants_public", "gender"} <= personal
    assert there & personal == set()
    for table in (HOURS, *INTERNAL):
        assert refused(sandbox, f"SELECT * FROM {table.name}").startswith(f"il n’y a pas de table {table.name}")
    assert refused(sandbox, "FROM entries_in_scope($scope)").startswith("il n’y a pas de fonction entries_in_scope")


def test_rows_are_those_that_the_rights_let_through(database: Database) -> None:
    mine = Sandbox(access(database, clients=("C1",)), LIMITED)
    sql = "SELECT contract_id FROM {} ORDER BY contract_id"
    assert mine.ask(sql.format("lots"), EVERYTHING).table["contract_id"].to_pylist() == ["M1", "M3"]
    assert mine.ask(sql.format("hours_monthly"), EVERYTHING).table["contract_id"].to_pylist() == ["M1", "M3"]
    result = mine.ask(
        "SELECT lots, (SELECT count(*) FROM opening_balances) AS balances FROM release", EVERYTHING
    ).table.to_pylist()
    assert result == [{"lots": None, "balances": 0}]  # figures of the whole authority
    # A filter cannot widen what is not there.
    asked = mine.ask("SELECT count(*) AS lots FROM lots_in_scope($scope)", Scope(clients=("C2",)))
    assert asked.table.to_pylist() == [{"lots": 0}]
    for example in examples():
        assert mine.ask(example.sql, EVERYTHING).table.equals(mine.access.ask(example.name, EVERYTHING)), example.name
    mine.close()


def test_columns_that_the_role_may_not_see_are_empty(database: Database) -> None:
    rights = Rights(role=Role.FACILITATEUR, facilitators=None)
    assert not rights.may(Right.PENALTIES)
    mine = Sandbox(Access(database=database, rights=rights), LIMITED)
    rows = mine.ask("SELECT count(penalty_eur) AS penalties, count(contract_id) AS lots FROM contracts", EVERYTHING)
    assert rows.table.to_pylist() == [{"penalties": 0, "lots": 3}]
    mine.close()


# Limits


def test_rows_beyond_the_limit_are_left_out_and_it_is_told(sandbox: Sandbox) -> None:
    for rows, is_cut in ((99, False), (100, False), (101, True), (10_000_000, True)):
        answer = sandbox.ask(f"SELECT range AS n FROM range({rows})", EVERYTHING)
        assert (answer.table["n"].to_pylist(), answer.is_cut) == (list(range(min(rows, 100))), is_cut)


def test_an_answer_too_heavy_is_refused(sandbox: Sandbox) -> None:
    assert refused(sandbox, "SELECT repeat('x', 100_000) AS x FROM range(20)").startswith(
        "la réponse pèse plus de 1 Mo"
    )


def test_a_text_too_long_is_refused_before_anything_starts(database: Database) -> None:
    closed = Sandbox(access(database), LIMITED)
    assert refused(closed, "SELECT 1 --" + "x" * 20_000) == "la requête dépasse 20000 caractères."
    assert not closed.is_open


# Attacks. Each is refused, and the next query is answered.

FILES = "la requête ne lit que les tables montrées ici, ni fichier, ni réseau, ni extension, ni réglage."
READING = "seules les lectures sont admises"
WRITING = "la requête modifie une table (INSERT, UPDATE ou DELETE)"


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("FROM read_csv('/etc/passwd')", FILES),
        ("FROM read_text('{release}/release.json')", FILES),
        ("FROM read_blob('/etc/hostname')", FILES),
        ("FROM read_parquet('{release}/hours.parquet')", FILES),
        ("FROM read_parquet('{release}/contracts.parquet')", FILES),
        ("FROM parquet_metadata('{release}/hours.parquet')", FILES),
        ("FROM read_json('http://localhost:1/')", FILES),
        ("FROM read_csv('https://example.org/a.csv')", FILES),
        ("FROM glob('/*')", FILES),
        ("FROM sniff_csv('/etc/passwd')", FILES),
        ("FROM duckdb_secrets()", FILES),
        ("FROM duckdb_extensions()", FILES),
        ("FROM '/etc/passwd'", "il n’y a pas de table /etc/passwd"),
        ("FROM '{release}/hours.parquet'", FILES),
        ("FROM query('COPY (SELECT 1) TO ''/tmp/x''')", "la requête n’est pas comprise"),
        ("FROM enable_logging(storage = 'file', storage_config = {'path': '/tmp/x'})", ""),
        ("SELECT getenv('HOME')", "il n’y a pas de fonction getenv"),
        ("COPY lots TO '/tmp/lots.csv'", READING),
        ("WITH x AS (UPDATE hours_monthly SET hours_validated = 0 RETURNING *) SELECT count(*) FROM x", WRITING),
        ("WITH x AS (DELETE FROM contracts RETURNING *) SELECT * FROM x", WRITING),
        ("WITH x AS (INSERT INTO months SELECT * FROM months RETURNING *) FROM x", WRITING),
        ("WITH x AS (COPY lots TO '/tmp/lots.csv') SELECT 1", FILES),
        ("UPDATE EXTENSIONS", READING),
        ("COPY (SELECT 1) TO '/dev/stdout'", READING),
        ("EXPORT DATABASE '/tmp/x'", READING),
        ("ATTACH '/tmp/x.db' AS x", READING),
        ("ATTACH ':memory:' AS x", READING),
        ("INSTALL httpfs", READING),
        ("LOAD httpfs", READING),
        ("SET threads = 64", READING),
        ("SET memory_limit = '1TB'", READING),
        ("RESET memory_limit", READING),
        ("PRAGMA database_list", READING),
        ("PRAGMA enable_profiling", READING),
        ("CALL duckdb_settings()", READING),
        ("CHECKPOINT", READING),
        ("CREATE TABLE x (a INTEGER)", READING),
        ("CREATE SECRET (TYPE http)", READING),
        ("INSERT INTO months (year) VALUES (2020)", READING),
        ("UPDATE months SET year = 2020", READING),
        ("DELETE FROM contracts", READING),
        ("DROP TABLE contracts", READING),
        ("PREPARE x AS SELECT 1", READING),
        ("EXECUTE x", READING),
        ("BEGIN", READING),
        ("USE memory", READING),
        ("EXPLAIN ANALYZE SELECT 1", READING),
        ("SELECT 1; DROP TABLE contracts", "une seule requête à la fois"),
        ("SELECT 1; SELECT 2", "une seule requête à la fois"),
        ("SELECT $client", "le seul paramètre est $scope"),
        ("SELECT ?", "le seul paramètre est $scope"),
        ("", "écrivez une requête"),
        ("-- rien", "écrivez une requête"),
        ("SELECT " + "(" * 2_000 + "1" + ")" * 2_000, "la requête n’est pas comprise"),
        ("SELECT " + "+".join(["1"] * 2_000), "la requête n’est pas comprise"),
        ("SELEC 1", "erreur de syntaxe près de «\u00a0SELEC\u00a0»"),
        ("SELECT colour FROM lots", "il n’y a pas de colonne colour"),
    ],
)
def test_what_is_not_reading_its_own_tables_is_refused_in_words(
    sandbox: Sandbox, database: Database, sql: str, reason: str
) -> None:
    result = refused(sandbox, sql.replace("{release}", str(database.release.path)))
    assert result.startswith(reason)


@pytest.mark.parametrize(
    ("sql", "reason", "place"),
    [
        ("SELECT *\nFROM lotz", "il n’y a pas de table lotz\u202f; il y a lots, hours_monthly, notified, months, communes.", "FROM lotz\n     ^^^^"),
        ("SELECT hours_commited FROM lots", "il n’y a pas de colonne hours_commited dans les tables de cette requête. Peut-être\u00a0: hours_committed", "SELECT hours_commited FROM lots\n       ^^^^^^^^^^^^^^"),
        ("SELECT l.colour FROM lots AS l", "il n’y a pas de colonne colour dans cette table.", "SELECT l.colour FROM lots AS l\n       ^^^^^^^^"),
        ("SELECT m.year FROM lots AS l", "il n’y a pas de table m dans cette requête. Peut-être\u00a0: l.", "SELECT m.year FROM lots AS l\n       ^^^^^^"),
        ("SELECT 1\n\nFORM lots", "erreur de syntaxe près de «\u00a0lots\u00a0».", "FORM lots\n     ^^^^"),
        ("SELECT 'a", "une apostrophe ouvre un texte que rien ne ferme.", "SELECT 'a\n       ^"),
        ("SELECT lot_id + 1 FROM lots", "+ ne s’applique pas à des valeurs de ces types\u00a0: VARCHAR, INTEGER\u202f; convertissez-les avec CAST.", "SELECT lot_id + 1 FROM lots\n              ^"),
        ("SELECT CAST(contract_id AS INTEGER) AS n FROM lots", "«\u00a0M1\u00a0» n’est pas une valeur du type INTEGER.", None),
        ("FROM lots WHERE starts_on > '31/12/2020'", "«\u00a031/12/2020\u00a0» n’est pas une date", "FROM lots WHERE starts_on > '31/12/2020'\n                            ^^^^^^^^^^^^"),
        ("SELECT 1 // 0", "division par zéro\u202f; écrivez le diviseur nullif(…, 0).", ""),
        ("SELECT year, sum(1) FROM months", "la colonne year n’est ni groupée (GROUP BY) ni agrégée.", None),
        ("SELECT lot_id FROM lots, hours_monthly", "la colonne lot_id est dans plusieurs tables", None),
        ("SELECT * FROM lots WHERE sum(hours_committed) > 1", "WHERE ne connaît pas les agrégats\u202f; c’est HAVING.", None),
        ("FROM lots_in_scope()", "lots_in_scope ne prend pas ces arguments\u202f; écrivez par exemple lots_in_scope($scope).", ""),
    ],
)  # fmt: skip
def test_common_mistakes_are_told_with_their_place(sandbox: Sandbox, sql: str, reason: str, place: str | None) -> None:
    with pytest.raises(SqlError) as error:
        sandbox.ask(sql, EVERYTHING)
    assert str(error.value).startswith(reason)
    assert not error.value.original
    if place is not None:
        assert error.value.excerpt == place
        assert error.value.line == (sql.splitlines().index(place.splitlines()[0]) + 1 if place else 0)


def test_what_else_duckdb_says_is_a_detail(sandbox: Sandbox) -> None:
    with pytest.raises(SqlError) as error:
        sandbox.ask("FROM lots LIMIT -1", EVERYTHING)
    assert str(error.value) == "la requête n’est pas comprise."
    assert error.value.original == "LIMIT/OFFSET cannot be negative"
    assert error.value.text(Words("en")) == "the query is not understood."


def test_after_all_that_the_tables_are_whole(sandbox: Sandbox, database: Database) -> None:
    assert sandbox.ask("SELECT count(*) AS n FROM contracts", EVERYTHING).table.to_pylist() == [{"n": 3}]
    assert not Path("/tmp/lots.csv").exists()


def test_no_path_of_the_server_is_to_be_found(sandbox: Sandbox, database: Database) -> None:
    """Settings, views and databases may be looked at: they tell nothing of where things are."""
    for sql in ("FROM duckdb_settings()", "FROM duckdb_views()", "FROM duckdb_databases()", "FROM duckdb_tables()"):
        result = str(Sandbox.ask(sandbox, sql, EVERYTHING).table.to_pylist())
        assert str(database.release.path) not in result
        assert str(Path.home()) not in result
    assert sandbox.ask("SELECT current_setting('allowed_paths') AS p", EVERYTHING).table.to_pylist() == [{"p": []}]


CROSS_JOIN = "SELECT sum(a.range * b.range) FROM range(1_000_000) AS a CROSS JOIN range(1_000_000) AS b"
TOO_LONG = "la requête a pris plus de 2\u00a0s et a été arrêtée."
TOO_LARGE = "la requête demande plus de mémoire qu’il n’y en a pour elle (128 Mo) et a été arrêtée."
# Memory fills at the speed of the machine: this limit of time is out of reach, so that memory ends first.
PATIENT = replace(LIMITED, seconds=300)


def attacked(sandbox: Sandbox, database: Database, sql: str) -> tuple[str, int]:
    """Why a query was stopped, and how many answers the dashboard gave while it still ran."""
    sandbox.ask("SELECT 1 AS one", EVERYTHING)  # opened before the attack
    reasons: list[str] = []
    attack = threading.Thread(target=lambda: reasons.append(refused(sandbox, sql)))
    attack.start()
    answered = 0
    while attack.is_alive():
        assert only(database, "headline", Scope(last_year=2020 + answered % 3))["hours_validated"] == 120
        answered += attack.is_alive()
        attack.join(0.02)
    (reason,) = reasons
    return reason, answered


@pytest.mark.parametrize(
    "sql",
    [CROSS_JOIN, "WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s) SELECT max(n) FROM s"],
)
def test_what_has_no_end_is_stopped_and_the_dashboard_answers(sandbox: Sandbox, database: Database, sql: str) -> None:
    reason, answered = attacked(sandbox, database, sql)
    assert reason == TOO_LONG
    assert answered  # neither waits for the other
    assert sandbox.ask("SELECT count(*) AS n FROM lots", EVERYTHING).table.to_pylist() == [{"n": 3}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list(range) FROM range(100_000_000)",
        "SELECT string_agg(repeat('x', 1_000_000), '') FROM range(100_000)",
        "SELECT repeat('x', 10_000) || range AS wide FROM range(100_000_000) ORDER BY hash(range)",
        # DuckDB neither interrupts this one nor counts its memory: the process has its own limits.
        "SELECT length(repeat('x', 2_000_000_000))",
        "SELECT len(list_transform(range(100_000_000), lambda x: x))",
    ],
)
def test_what_takes_all_memory_is_stopped_and_the_dashboard_answers(database: Database, sql: str) -> None:
    patient = Sandbox(access(database), PATIENT)
    reason, _ = attacked(patient, database, sql)
    assert reason == TOO_LARGE
    assert patient.ask("SELECT count(*) AS n FROM lots", EVERYTHING).table.to_pylist() == [{"n": 3}]
    patient.close()


def test_a_query_is_stopped_when_its_reader_says_so(sandbox: Sandbox) -> None:
    sandbox.ask("SELECT 1 AS one", EVERYTHING)
    result: list[str] = []
    running = threading.Thread(target=lambda: result.append(refused(sandbox, CROSS_JOIN)))
    running.start()
    while sandbox.idle_since is not None:
        running.join(0.01)
    sandbox.stop()
    running.join()
    assert result == ["la requête a été arrêtée à votre demande."]
    assert sandbox.ask("SELECT 1 AS one", EVERYTHING).table.num_rows == 1


# Processes


def test_they_are_few_and_the_one_idle_longest_makes_room(database: Database) -> None:
    few = replace(LIMITED, processes=2)
    first, second, third = (Sandbox(access(database), replace(few, seconds=1 + n)) for n in range(3))
    for sandbox in (first, second):
        sandbox.ask("SELECT 1 AS one", EVERYTHING)
    third.ask("SELECT 1 AS one", EVERYTHING)
    assert third.is_open
    assert sum(one.is_open for one in (first, second, third)) <= 2
    for sandbox in (first, second, third):
        sandbox.close()


def test_what_a_query_writes_changes_no_answer(sandbox: Sandbox) -> None:
    hours = "SELECT sum(hours_validated) AS hours, count(*) AS rows FROM hours_monthly"
    before = sandbox.ask(hours, EVERYTHING).table.to_pylist()
    process = sandbox._process
    for change in ("UPDATE hours_monthly SET hours_validated = 0", "DELETE FROM hours_monthly"):
        refused(sandbox, f"WITH x AS ({change} RETURNING *) SELECT * FROM x")
    assert sandbox._process is process  # the same tables, not new ones
    assert sandbox.ask(hours, EVERYTHING).table.to_pylist() == before


def test_a_reader_with_many_tabs_leaves_places_to_others(database: Database) -> None:
    def opened(reader: str) -> Sandbox:
        rights = Rights(role=Role.ANALYSTE)
        return Sandbox(Access(database=database, rights=rights, reader=reader), replace(LIMITED, seconds=20))

    tabs = [opened("claire@ville.fr") for _ in range(3)]
    running = [threading.Thread(target=lambda tab=tab: refused(tab, CROSS_JOIN), daemon=True) for tab in tabs[:2]]
    for tab in tabs[:2]:
        tab.ask("SELECT 1 AS one", EVERYTHING)
    for thread, tab in zip(running, tabs[:2], strict=True):
        thread.start()
        while tab.idle_since is not None:
            thread.join(0.01)
    assert refused(tabs[2], "SELECT 1 AS one") == (
        "2 de vos requêtes sont déjà en cours\u202f; arrêtez-en une, ou attendez sa fin."
    )
    other = opened("omar@ville.fr")
    assert other.ask("SELECT 1 AS one", EVERYTHING).table.num_rows == 1
    for tab in (*tabs, other):
        tab.stop()
    for thread in running:
        thread.join()


def test_one_goes_with_its_reader(database: Database) -> None:
    gone = Sandbox(access(database), LIMITED)
    gone.ask("SELECT 1 AS one", EVERYTHING)
    process = gone._process
    assert process is not None
    del gone
    assert process.poll() is not None


def test_one_that_nobody_asks_ends_by_itself(database: Database) -> None:
    idle = Sandbox(access(database), replace(LIMITED, idle_seconds=1))
    idle.ask("SELECT 1 AS one", EVERYTHING)
    process = idle._process
    assert process is not None
    process.wait(10)
    assert idle.ask("SELECT 1 AS one", EVERYTHING).table.num_rows == 1  # and comes back when asked
    idle.close()
