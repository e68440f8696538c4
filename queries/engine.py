"""Opens a release and runs questions over it. Nothing else knows which engine answers."""

import threading
import time
from collections.abc import Callable, Generator, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa

from data.release.releases import Release
from data.settings import Settings
from data.words import N_
from queries.compared import EARLIER, SINCE, compares, earlier_release, with_since
from queries.errors import QueryError
from queries.filters_sql import short_macros
from queries.live import LIVE, written_comments
from queries.questions import Question, question
from queries.scope import Reading, Scope
from queries.secrecy.exact import bound_populations, count_exactly
from queries.secrecy.hidden_figures import is_about_persons
from queries.whole_years import check_months

FILES = {
    "contracts": "contracts.parquet",
    "hours": "hours.parquet",
    "hours_monthly": "hours_monthly.parquet",
    "persons": "persons.parquet",
    "anomalies_found": "anomalies.parquet",
}
OPTIONAL_FILES = {"notified": "notified.parquet", "comments": "comments.parquet"}
ANSWERS_KEPT = 1024  # Some kilobytes each: a page asks five to ten, so that some hundred views are at hand.
# A value of a question's own parameters.
Parameter = str | tuple[str, ...]
# The parameters that a scope binds, in every question that names them.
BOUND = frozenset({"scope", "rights", "populations"})
# Of a stream. Few enough to weigh some megabytes, many enough for the cost of each to vanish (a million rows: 31).
ROWS_OF_A_BATCH = 32_768
# The rows of a list that are filtered and sorted at once. Each part costs 0.1 s of its own; half as many rows took half as long again.
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


class Database:
    """One open release with the settings that go with it. Made by `open_release`; shared by threads, a cursor each."""

    def __init__(
        self,
        release: Release,
        settings: Settings,
        connection: duckdb.DuckDBPyConnection,
        opened: "Callable[[Release, Settings], Database]",
    ) -> None:
        """`opened`: opens another release, to compare with."""
        self.release = release
        self.settings = settings
        self.connection = connection
        self._opened = opened
        # Answers never change while a release is open, so nothing needs invalidating; they go with the release.
        self._answers = lru_cache(maxsize=ANSWERS_KEPT)(self._ask)
        self._made = lru_cache(maxsize=ANSWERS_KEPT)(lambda made: made.make())
        self._counted: tuple[Scope, pa.Table] | None = None

    def ask(self, wanted: str | Question, scope: Scope, **parameters: Parameter) -> pa.Table:
        """The answer to a question, by name or made in code, as an Arrow table: hours and money as decimals. Kept for the next reader.

        Raises QueryError when there is no such question, when parameters are missing or too many, when it takes longer
        than the settings allow, or when a file of the release cannot be read.
        """
        if wanted in LIVE:
            return self._ask(wanted, scope, tuple(sorted(parameters.items())))
        # With the earlier release named: it is part of the key.
        given = with_since(question(wanted) if isinstance(wanted, str) else wanted, self.release, parameters)
        return self._answers(wanted, scope, tuple(sorted(given.items())))

    def _prepare(
        self, cursor: duckdb.DuckDBPyConnection, question: Question, scope: Scope, parameters: Mapping[str, Parameter]
    ) -> None:
        """Fill the tables of this cursor: macros without the unset filters, exact counts, new comments, the earlier release.

        Raises QueryError for months where only years are known.
        """
        check_months(question, scope)
        cursor.execute(short_macros(scope.fields_set))
        if scope.reading is Reading.EXACT and is_about_persons(question) and not scope.has_months:
            self._count_exactly(cursor, scope)
        if question.name in LIVE:
            cursor.register("comments_written", written_comments(self.release))
        if compares(question) and (other := earlier_release(self.release, str(parameters[SINCE]))):
            earlier = self._opened(other, self.settings)
            for name in EARLIER[question.name]:
                cursor.register(f"earlier_{name}", earlier.ask(name, scope))

    def _count_exactly(self, cursor: duckdb.DuckDBPyConnection, scope: Scope) -> None:
        """A table persons that counts the scope, for this cursor. The last one is kept: several questions of one scope read it."""
        kept = self._counted
        if kept is not None and kept[0] == scope:
            cursor.register("persons", kept[1])
        else:
            count_exactly(cursor, scope)
            self._counted = scope, cursor.execute("FROM persons").to_arrow_table()

    def _ask(self, wanted: str | Question, scope: Scope, parameters: tuple[tuple[str, Parameter], ...]) -> pa.Table:
        wanted = question(wanted) if isinstance(wanted, str) else wanted
        bound = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters}
        # A connection shared by threads has answered with another query's rows: each query gets its own cursor.
        cursor = self.connection.cursor()
        with self._limited(wanted, cursor, self.settings.engine.seconds):
            try:
                self._prepare(cursor, wanted, scope, dict(parameters))
                return cursor.execute(wanted.sql, _bound(wanted, scope, bound)).to_arrow_table()
            finally:
                cursor.close()

    def cached(self, key: Hashable, make: Callable[[], pa.Table]) -> pa.Table:
        """A table made of an answer, kept like it. `key`: all that it depends on."""
        return self._made(_Made(key, make))

    @contextmanager
    def stream(self, wanted: str | Question, scope: Scope, **parameters: Any) -> Iterator[pa.RecordBatchReader]:
        """The answer batch by batch, for the large ones: it is never whole in memory, nor kept, and ends with the block.

            with database.stream("lots", scope) as batches:
                write(batches)

        A list that has numbered places runs part by part, in the same order: a million lines of hours sorted at once
        took 440 MB, and take 150 MB so. The time limit counts what the engine takes, not what is done with the batches. Raises what
        `ask` raises; also while the batches are read.
        """
        if isinstance(wanted, str):
            wanted = question(wanted)
        parameters = with_since(wanted, self.release, parameters)
        cursor = self.connection.cursor()
        with self._limited(wanted, cursor, self.settings.engine.seconds):
            self._prepare(cursor, wanted, scope, parameters)
        batches = self._batches(wanted, scope, parameters, cursor)
        try:
            yield pa.RecordBatchReader.from_batches(next(batches).schema, batches)
        finally:
            batches.close()
            cursor.close()

    def _batches(
        self, question: Question, scope: Scope, parameters: dict[str, Any], cursor: duckdb.DuckDBPyConnection
    ) -> Generator[pa.RecordBatch, None, None]:
        """An empty batch with the columns, then those of the answer."""
        left: float = self.settings.engine.seconds
        is_first = True
        for part in question.parts(parameters, ROWS_OF_A_PART):
            started = time.monotonic()
            with self._limited(question, cursor, left):
                relation = cursor.sql(question.sql, params=_bound(question, scope, part))
                reader = relation.to_arrow_reader(ROWS_OF_A_BATCH)
            left -= time.monotonic() - started
            try:
                if is_first:
                    yield pa.RecordBatch.from_pylist([], schema=reader.schema)
                    is_first = False
                rows = 0
                while True:
                    started = time.monotonic()
                    with self._limited(question, cursor, left):
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
    def _limited(self, question: Question, cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
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
                    name=question.name,
                    seconds=self.settings.engine.seconds,
                ) from error
            if isinstance(error, duckdb.OutOfMemoryException) or text.startswith("Out of Memory Error"):
                raise QueryError(
                    N_("la question {name} demande plus de mémoire que les réglages n’en accordent ({memory})."),
                    name=question.name,
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


def _bound(question: Question, scope: Scope, parameters: dict[str, Any]) -> dict[str, Any]:
    """The values that a question binds. Raises QueryError when parameters are missing, too many or no numbers."""
    values: dict[str, Any] = {
        "scope": scope.bound(),
        "rights": scope.rights_bound(),
        "populations": bound_populations(scope),
        **question.values(parameters),
    }
    wanted = named_parameters(question.sql)
    if set(values) - BOUND != wanted - BOUND:
        raise QueryError(
            N_("la question {name} attend les paramètres {wanted}."),
            name=question.name,
            wanted=", ".join(sorted(wanted - BOUND)) or "–",
        )
    return {name: values[name] for name in wanted}


@lru_cache(maxsize=256)
def named_parameters(sql: str) -> frozenset[str]:
    """Names of the `$parameters` of a statement."""
    return frozenset(duckdb.extract_statements(sql)[0].named_parameters)
