"""Opens a release and runs questions over it. Nothing else knows which engine answers."""

import threading
import time
import warnings
from collections.abc import Callable, Generator, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.codes import AnomalyKind
from data.problems import ExtractError
from data.reference import communes_file, france_file
from data.reference.law import eu_thresholds, national_shares, national_targets, social_obligation
from data.release.releases import Release, check_files
from data.schema import NOTIFIED
from data.settings import Settings
from data.words import N_
from queries.errors import QueryError
from queries.questions import FOLDER, Question, question
from queries.scope import Reading, Scope
from queries.secrecy.exact import WHOLE, count_exactly
from queries.secrecy.ladder import Off, populations
from queries.secrecy.shown import is_about_persons

FILES = {
    "contracts": "contracts.parquet",
    "hours": "hours.parquet",
    "hours_monthly": "hours_monthly.parquet",
    "persons": "persons.parquet",
    "anomalies_found": "anomalies.parquet",
}
OPTIONAL_FILES = {"notified": "notified.parquet"}
# Some kilobytes each: a page asks five to ten, so that some hundred views are at hand.
ANSWERS_KEPT = 1024
# A value of a question's own parameters.
Parameter = str | tuple[str, ...]
# The parameters that a scope binds, in every question that names them.
BOUND = frozenset({"scope", "rights", "populations"})
# Of a stream. Few enough to weigh some megabytes, many enough for the cost of each to vanish (a million rows: 31).
ROWS_OF_A_BATCH = 32_768
# Of a list: what is found and sorted at once. Each part costs 0.1 s of its own; half as many rows took half as long again.
ROWS_OF_A_PART = 163_840
# A question that does not fit the macros or the scope is ours to mend, not a damaged release.
_OUR_MISTAKES = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConversionException,
    duckdb.InvalidTypeException,
    duckdb.NotImplementedException,
    duckdb.OutOfRangeException,
    duckdb.ParserException,
    duckdb.TypeMismatchException,
)
VIEW_FILES = (
    "_views.sql",
    "_notified.sql",
    "_filters.sql",
    "_scope.sql",
    "_choices.sql",
    "_totals.sql",
    "_persons.sql",
    "_lots.sql",
    "_milestones.sql",
    "_forecast.sql",
    "_detail.sql",
)


class Database:
    """One open release with the settings that go with it. Made by `open_release`; shared by threads, a cursor each."""

    def __init__(self, release: Release, settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
        self.release = release
        self.settings = settings
        self.connection = connection
        # Answers never change while a release is open, so nothing needs invalidating; they go with the release.
        self._answers = lru_cache(maxsize=ANSWERS_KEPT)(self._ask)
        self._made = lru_cache(maxsize=ANSWERS_KEPT)(lambda made: made.make())

    def ask(self, asked: str | Question, scope: Scope, **parameters: Parameter) -> pa.Table:
        """The answer to a question, by name or made in code, as an Arrow table: hours and money as decimals. Kept for the next reader.

        Raises QueryError when there is no such question, when parameters are missing or too many, when it takes longer
        than the settings allow, or when a file of the release cannot be read.
        """
        return self._answers(asked, scope, tuple(sorted(parameters.items())))

    def _ask(self, asked: str | Question, scope: Scope, parameters: tuple[tuple[str, Parameter], ...]) -> pa.Table:
        asked = question(asked) if isinstance(asked, str) else asked
        bound = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters}
        # A connection shared by threads has answered with another query's rows: each query gets its own cursor.
        cursor = self.connection.cursor()
        with self._limited(asked, cursor, self.settings.engine.seconds):
            try:
                if scope.reading is Reading.EXACT and is_about_persons(asked):
                    count_exactly(cursor, scope)
                return cursor.execute(asked.sql, _bound(asked, scope, bound)).to_arrow_table()
            finally:
                cursor.close()

    def cached(self, key: Hashable, make: Callable[[], pa.Table]) -> pa.Table:
        """A table made of an answer, kept like it. `key`: all that it depends on."""
        return self._made(_Made(key, make))

    @contextmanager
    def stream(self, asked: str | Question, scope: Scope, **parameters: Any) -> Iterator[pa.RecordBatchReader]:
        """The answer batch by batch, for the large ones: it is never whole in memory, nor kept, and ends with the block.

            with database.stream("lots", scope) as batches:
                write(batches)

        A list that has numbered places is asked part by part, in the same order: a million lines of hours sorted at once
        took 440 MB, and take 150 MB so. The time limit counts what the engine takes, not what is done with the batches. Raises what
        `ask` raises; also while the batches are read.
        """
        if isinstance(asked, str):
            asked = question(asked)
        cursor = self.connection.cursor()
        if scope.reading is Reading.EXACT and is_about_persons(asked):
            with self._limited(asked, cursor, self.settings.engine.seconds):
                count_exactly(cursor, scope)
        batches = self._batches(asked, scope, parameters, cursor)
        try:
            yield pa.RecordBatchReader.from_batches(next(batches).schema, batches)
        finally:
            batches.close()
            cursor.close()

    def _batches(
        self, asked: Question, scope: Scope, parameters: dict[str, Any], cursor: duckdb.DuckDBPyConnection
    ) -> Generator[pa.RecordBatch, None, None]:
        """An empty batch with the columns, then those of the answer."""
        left: float = self.settings.engine.seconds
        is_first = True
        for part in asked.parts(parameters, ROWS_OF_A_PART):
            started = time.monotonic()
            with self._limited(asked, cursor, left):
                relation = cursor.sql(asked.sql, params=_bound(asked, scope, part))
                reader = relation.to_arrow_reader(ROWS_OF_A_BATCH)
            left -= time.monotonic() - started
            try:
                if is_first:
                    yield pa.RecordBatch.from_pylist([], schema=reader.schema)
                    is_first = False
                rows = 0
                while True:
                    started = time.monotonic()
                    with self._limited(asked, cursor, left):
                        batch = next(reader, None)
                    left -= time.monotonic() - started
                    if batch is None:
                        break
                    rows += batch.num_rows
                    yield batch
            finally:
                reader.close()
            if rows < ROWS_OF_A_PART:
                return

    @contextmanager
    def _limited(self, asked: Question, cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
        """What the engine does within, stopped after some seconds; what goes wrong, in words."""
        timer = threading.Timer(seconds, cursor.interrupt)
        timer.start()
        try:
            yield
        except _OUR_MISTAKES:
            raise
        except (duckdb.Error, OSError) as error:
            # Read through Arrow's stream, an error of DuckDB is an OSError that begins with its name.
            text = str(error)
            if isinstance(error, duckdb.InterruptException) or text.startswith("INTERRUPT Error"):
                raise QueryError(
                    N_("la question {name} a pris plus de {seconds}\u00a0s et a été arrêtée."),
                    name=asked.name,
                    seconds=self.settings.engine.seconds,
                ) from error
            if isinstance(error, duckdb.OutOfMemoryException) or text.startswith("Out of Memory Error"):
                raise QueryError(
                    N_("la question {name} demande plus de mémoire que les réglages n’en accordent ({memory})."),
                    name=asked.name,
                    memory=self.settings.engine.memory,
                ) from error
            # A file gone, cut or overwritten under an open release: IO, Permission, Invalid Input or bare, as it comes.
            raise QueryError(N_("la publication {release} n’est plus lisible."), release=self.release.id) from error
        finally:
            timer.cancel()


@dataclass(frozen=True, slots=True)
class _Made:
    """A way to make a table, known by its key alone."""

    key: Hashable
    make: Callable[[], pa.Table] = field(compare=False)


def _bound(asked: Question, scope: Scope, parameters: dict[str, Any]) -> dict[str, Any]:
    """The values that a question binds. Raises QueryError when parameters are missing, too many or no numbers."""
    values: dict[str, Any] = {
        "scope": scope.bound(),
        "rights": scope.rights_bound(),
        "populations": bound_populations(scope),
        **asked.values(parameters),
    }
    wanted = named_parameters(asked.sql)
    if set(values) - BOUND != wanted - BOUND:
        raise QueryError(
            N_("la question {name} attend les paramètres {wanted}."),
            name=asked.name,
            wanted=", ".join(sorted(wanted - BOUND)) or "–",
        )
    return {name: values[name] for name in wanted}


def bound_populations(scope: Scope) -> list[dict[str, Any]]:
    """The value bound to `$populations`: those that the scope is; the one that was counted exactly."""
    if scope.reading is Reading.EXACT:
        return [WHOLE.bound()]
    found = populations(scope)
    return [] if isinstance(found, Off) else [population.bound() for population in found]


@lru_cache(maxsize=256)
def named_parameters(sql: str) -> frozenset[str]:
    """Names of the `$parameters` of a statement."""
    return frozenset(duckdb.extract_statements(sql)[0].named_parameters)


# Two releases may be read at once, while sessions move to the next; an older one closes when nothing holds it.
@lru_cache(maxsize=2)
def open_release(release: Release, settings: Settings) -> Database:
    """The release, open for questions: locked down to its own files, then views and macros.

    Raises QueryError when a file of the release is missing, damaged or not the one that was published.
    """
    settings = settings.shown_with(release.demo)
    try:
        check_files(release)
    except ExtractError as error:
        raise QueryError(N_("la publication {release} n’est plus lisible."), release=release.id) from error
    # A relation, which would spare a copy of the rows, is bound twice: that costs a third of the time of a question (headline: 32 ms
    # against 24), and answers have few rows. Large ones are streamed, from a relation.
    warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")
    connection = duckdb.connect(
        config={"threads": settings.engine.threads, "memory_limit": settings.engine.memory, "temp_directory": ""}
    )
    files = FILES if release.notified is None else FILES | OPTIONAL_FILES
    paths = {name: str(release.file(file)) for name, file in files.items()}
    try:
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET autoload_known_extensions = false")
        _create_communes(connection, paths["contracts"])
        connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, paths.values()))}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        for name, path in paths.items():
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({_quoted(path)})")
        if release.notified is None:
            # Questions about it have an answer all the same: nothing was notified, so no share can be computed.
            connection.execute("CREATE TABLE notified (" + NOTIFIED.definition_sql() + ")")
        _create_settings(connection, release, settings)
        _create_law(connection)
        for file in VIEW_FILES:
            connection.execute((FOLDER / file).read_text(encoding="utf-8"))
    except duckdb.Error as error:
        connection.close()
        raise QueryError(N_("la publication {release} n’est plus lisible."), release=release.id) from error
    return Database(release, settings, connection)


def _quoted(path: str | Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _create_communes(connection: duckdb.DuckDBPyConnection, contracts: str) -> None:
    """One row per commune that the release names: INSEE code, name, population of the authority's own ones."""
    connection.execute(f"""
        CREATE TABLE communes AS
        SELECT
          france.code AS commune, any_value(france.name) AS commune_name, any_value(members.population) AS population
        FROM read_parquet({_quoted(france_file())}) AS france
        LEFT JOIN read_csv({_quoted(communes_file())}, types = {{'code': 'VARCHAR', 'population': 'BIGINT'}}) AS members
          ON france.code = members.code
        WHERE
          france.code IN (SELECT execution_commune FROM read_parquet({_quoted(contracts)})) OR members.code IS NOT NULL
        GROUP BY france.code
    """)


def _create_settings(connection: duckdb.DuckDBPyConnection, release: Release, settings: Settings) -> None:
    """The release, the settings and the milestones as tables, with values bound."""
    opening = sum(balance.hours for balance in settings.opening_balance)
    counting, alerts = settings.counting, settings.alerts
    connection.execute(
        """
        CREATE TABLE release AS
        SELECT
          $id::VARCHAR AS release, $demo::BOOLEAN AS demo, $data_as_of::DATE AS data_as_of,
          $published_at::TIMESTAMP AS published_at, $first_month::DATE AS first_month, $last_month::DATE AS last_month,
          $contracts::BIGINT AS contracts, $lots::BIGINT AS lots, $hours_rows::BIGINT AS hours_rows,
          $rows_left_out::BIGINT AS rows_left_out
        """,
        {
            "id": release.id,
            "demo": release.demo,
            "data_as_of": release.data_as_of,
            "published_at": release.published_at.replace(tzinfo=None),
            "first_month": release.first_month,
            "last_month": release.last_month,
            "contracts": release.contracts,
            "lots": release.lots,
            "hours_rows": release.hours_rows,
            "rows_left_out": release.rows_left_out,
        },
    )
    connection.execute(
        """
        CREATE TABLE settings AS
        SELECT
          $opening::DECIMAL(18, 2) AS opening_hours, $lag::INTEGER AS declaration_lag_months,
          $divisor::DECIMAL(9, 2) AS fte_divisor, $late::INTEGER AS late_after_months,
          $not_started::DECIMAL(5, 4) AS not_started_after, $behind::DECIMAL(5, 4) AS behind_below,
          $soon::INTEGER AS ending_soon_days, $missing::DECIMAL(5, 4) AS ending_missing_above,
          $own::VARCHAR[] AS own_clients
        """,
        {
            "opening": opening,
            "lag": counting.declaration_lag_months,
            "divisor": counting.fte_divisor,
            "late": counting.late_after_months,
            "not_started": alerts.not_started_after,
            "behind": alerts.behind_below,
            "soon": alerts.ending_soon_days,
            "missing": alerts.ending_missing_above,
            "own": list(settings.authority.clients),
        },
    )
    connection.execute("""
        CREATE TABLE milestones (
          milestone VARCHAR, target_hours DECIMAL(18, 2), measure VARCHAR, client VARCHAR, clause_category VARCHAR,
          year INTEGER, due_on DATE
        )
    """)
    for entry in settings.milestones:
        connection.execute(
            "INSERT INTO milestones VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                entry.id,
                entry.target_hours,
                entry.measure,
                entry.client,
                None if entry.clause_category is None else str(entry.clause_category),
                entry.year,
                entry.due_on,
            ],
        )
    connection.execute("CREATE TABLE anomaly_kinds (kind VARCHAR, in_totals BOOLEAN)")
    for kind in AnomalyKind:
        connection.execute("INSERT INTO anomaly_kinds VALUES (?, ?)", [str(kind), not kind.left_out])


def _create_law(connection: duckdb.DuckDBPyConnection) -> None:
    """The dated thresholds, the obligation and the national targets as tables, with values bound."""
    connection.execute("""
        CREATE TABLE eu_thresholds (
          start_on DATE, end_on DATE, next_on DATE, state_eur BIGINT, local_eur BIGINT, works_eur BIGINT,
          concessions_eur BIGINT
        )
    """)
    periods = eu_thresholds()
    for period, following in zip(periods, [*periods[1:], None], strict=True):
        connection.execute(
            "INSERT INTO eu_thresholds VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                period.start,
                period.end,
                following and following.start,
                period.supplies_services_state,
                period.supplies_services,
                period.works,
                period.concessions,
            ],
        )
    obligation = social_obligation()
    connection.execute("CREATE TABLE social_obligation AS SELECT ?::DATE AS start_on", [obligation.start])
    connection.execute(
        "CREATE TABLE national_targets (year INTEGER, share DOUBLE, year_before INTEGER, is_last BOOLEAN)"
    )
    before: int | None = None
    for target in (targets := national_targets()):
        last = target is targets[-1]
        connection.execute(
            "INSERT INTO national_targets VALUES (?, ?, ?, ?)", [target.year, target.share, before, last]
        )
        before = target.year
    connection.execute("CREATE TABLE national_shares (year INTEGER, share DOUBLE)")
    for known in national_shares():
        connection.execute("INSERT INTO national_shares VALUES (?, ?)", [known.year, known.share])
