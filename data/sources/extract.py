"""The line of stages from files to typed tables: open, shape, plan, type, judge. See each module for what a stage does.

    files.open_source   a file → its sheets
    shape.laid_out      a sheet → a table as people see it, below its header
    plan.planned        tables and a mapping → a Plan: which table, which columns, made from what
    typed_table         a planned table → typed rows, with their faults and readings
    judged              all rows together → rules, anomalies

The shell runs all of them; a page may stop between `opened`, `typed` and `judged`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb

from data.problems import ExtractError, Problem
from data.release.anomalies import left_out_share, weigh
from data.release.labelled_sql import statements
from data.release.lag import lag_notices, validated_in_time
from data.release.releases import AnomalyCount, Source
from data.release.rules import (
    apply_rules,
    balance_overlaps,
    date_of_data,
    missing_tables,
    near_buyers,
    validated_without_hours,
)
from data.release.within_memory import execute
from data.schema import ALL_TABLES, CONTRACTS, NOTIFIED
from data.settings import Settings
from data.sources.cells import define_macros
from data.sources.files import Fingerprint, open_source, twice_named
from data.sources.lots_joined import join_lots
from data.sources.mapping import Mapping
from data.sources.mapping_entries import Suggestion, mapping_text
from data.sources.mapping_file import load_mapping
from data.sources.plan import NO_SHEET, Plan, planned
from data.sources.raw_table import RawTable
from data.sources.shape import laid_out
from data.sources.typed_table import read_table
from data.words import N_


class Step(Protocol):
    """Called with what is being done: a catalogue text and its values."""

    def __call__(self, text: str, /, **values: object) -> None:
        """A step begins."""


@dataclass(slots=True, kw_only=True)
class Extract:
    """What was read, in `connection`: contracts_read, hours_read and notified_read have the columns of the schema, and
    `origin` (index in `sources`) and `source_row` of each row. Without problems there are also `anomalies`, the tables of
    rollup.sql and, when a source is DECP, the table `notified`.

    `fingerprints` know whether a file changed since; `found_columns` are those that a source had, as contracts.sector.
    """

    connection: duckdb.DuckDBPyConnection
    sources: list[Source] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    validated_in_time: float | None = None
    suggestions: list[Suggestion] = field(default_factory=list)
    plan: Plan | None = None
    anomalies: tuple[AnomalyCount, ...] = ()
    found_columns: set[str] = field(default_factory=set)
    data_as_of: dt.date = dt.date.min
    demo: bool = False

    @property
    def absent_columns(self) -> tuple[str, ...]:
        """Columns that no source had, as contracts.sector; those of the DECP only when there is such a source."""
        names = (
            f"{table.name}.{column.name}"
            for table in ALL_TABLES
            for column in table.columns
            if table is not NOTIFIED or (self.has_notified and not column.derived)
        )
        return tuple(name for name in names if name not in self.found_columns)

    @property
    def has_notified(self) -> bool:
        """Whether a source has all contracts notified."""
        return any(source.table == NOTIFIED.name for source in self.sources)

    def mapping_text(self) -> str:
        """A whole mapping.toml with what is decided and what is suggested; "" when nothing is suggested."""
        if self.plan is None or not self.suggestions:
            return ""
        return mapping_text(self.plan.mapping, self.suggestions)

    def one(self, sql: str, **values: object) -> tuple[Any, ...]:
        """The first row of an answer."""
        row = execute(self.connection, sql, values or None).fetchone()
        assert row is not None, "an aggregate always has a row"
        return row


@dataclass(slots=True, kw_only=True)
class Opened:
    """Files opened and their tables laid out: what a plan is made of. `extract` has the connection that reads them.

    `hashes`: the SHA-256 of each table's file, by the table's name.
    """

    extract: Extract
    tables: list[RawTable] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    unreadable: int = 0

    def plan(self, mapping: Mapping) -> Plan:
        """What each table is taken for under a mapping."""
        return planned(self.tables, mapping)


def opened(paths: Sequence[Path], mapping: Mapping, settings: Settings, work: Path, step: Step) -> Opened:
    """The files' tables as people see them. `work`: an empty folder for copies and what spills."""
    found = Opened(extract=Extract(connection=_connection(settings, work)))
    extract = found.extract
    extract.problems += twice_named(paths)
    copies = work / "copies"
    copies.mkdir()
    for path in paths:
        step(N_("lecture de {file}"), file=path.name)
        try:
            file = open_source(path, mapping, extract.connection, copies)
            extract.notices += file.notices
            extract.fingerprints.append(file.fingerprint)
            tables = [table for sheet in file.sheets if (table := laid_out(sheet, mapping.weight, extract.connection))]
            if not tables:
                raise ExtractError(Problem(kind="unknown_table", file=path.name, message=NO_SHEET))
        except ExtractError as error:
            extract.problems += error.problems
            found.unreadable += 1
            continue
        found.tables += tables
        found.hashes |= {table.file: file.fingerprint.sha256 for table in tables}
    return found


def typed(found: Opened, plan: Plan) -> Extract:
    """The rows of every planned table as values of the contract, in the connection; problems and notices of every cell."""
    extract = found.extract
    extract.plan = plan
    extract.problems += plan.problems
    extract.notices += plan.notices
    extract.suggestions += plan.suggestions
    parts: dict[str, list[str]] = {table.name: [] for table in ALL_TABLES}
    unreadable: list[str] = []
    repeats: set[str] = set()
    found.unreadable += len(plan.problems)
    for planned_table in plan.tables:
        read = read_table(extract.connection, planned_table, plan.mapping, len(extract.sources))
        extract.problems += read.problems
        extract.notices += read.notices
        extract.suggestions += read.suggestions
        if planned_table.table is None:
            found.unreadable += 1
            continue
        name, raw = planned_table.table.name, planned_table.raw
        extract.found_columns |= {f"{name}.{column}" for column in planned_table.fields}
        extract.sources.append(Source(file=raw.file, table=name, sha256=found.hashes[raw.file], rows=read.rows))
        parts[name].append(read.relation)
        if planned_table.repeats:
            repeats.add(read.relation)
        unreadable += [read.unreadable] if read.unreadable else []
    repeated = [relation for relation in parts[CONTRACTS.name] if relation in repeats]
    if len(repeated) > 1:
        parts[CONTRACTS.name] = [r for r in parts[CONTRACTS.name] if r not in repeats] + [
            _last_described(extract, repeated)
        ]
    for table in ALL_TABLES:
        _unite(extract.connection, table.name, table.definition_sql(), parts[table.name])
    cells = " UNION ALL ".join(unreadable) or "SELECT NULL, NULL, NULL WHERE false"
    extract.connection.execute("CREATE TABLE decp_unreadable (origin INTEGER, source_row BIGINT, detail VARCHAR)")
    extract.connection.execute(f"INSERT INTO decp_unreadable {cells}")
    return extract


def _last_described(extract: Extract, relations: list[str]) -> str:
    """A view of the lots that several tables of months describe: the last table counts, and a notice says how many lots."""
    united = " UNION ALL BY NAME ".join(f"FROM {relation}" for relation in relations)
    extract.connection.execute(
        f"CREATE VIEW lots_last_described AS FROM ({united})"
        " QUALIFY contract_id IS NULL OR lot_id IS NULL"
        " OR origin = max(origin) OVER (PARTITION BY contract_id, lot_id)"
    )
    rows, kept = extract.one(f"SELECT (SELECT count(*) FROM ({united})), (SELECT count(*) FROM lots_last_described)")
    if rows > kept:
        values = {"n": rows - kept}
        extract.notices.append(Problem(kind="lots_repeated", message=_REPEATED, values=values, count=rows - kept))
    return "lots_last_described"


def read_extract(
    paths: Sequence[Path],
    *,
    mapping: Path | Mapping | None,
    as_of: dt.date | None,
    today: dt.date,
    accept_anomalies: bool,
    settings: Settings,
    work: Path,
    step: Step,
) -> Extract:
    """Everything a publish needs, and every reason to refuse it: all stages. `work`: an empty folder.

    `as_of`: the date of the data; when None the latest date of the hours, never after today. ExtractError only when the
    mapping cannot be used: all else is in `problems`.
    """
    known = mapping if isinstance(mapping, Mapping) else load_mapping(mapping)
    found = opened(paths, known, settings, work, step)
    step(N_("contrôles"))
    extract = typed(found, found.plan(known))
    demos = {fingerprint.demo for fingerprint in extract.fingerprints}
    extract.demo = demos == {True}
    if len(demos) == 2:
        extract.problems.append(Problem(kind="demo_and_real", message=_MIXED))
    judged(extract, as_of, today, accept_anomalies, settings, every_file_read=not found.unreadable, step=step)
    return extract


def _connection(settings: Settings, work: Path) -> duckdb.DuckDBPyConnection:
    """An engine of its own, which spills into the work folder beyond the settings' memory.

    In memory rather than in a file: 100 000 lines publish in half the time (1.4 s against 2.8 s).
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": settings.engine.threads,
            "memory_limit": settings.engine.memory,
            "temp_directory": str(work / "spilled"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute("SET TimeZone = 'UTC'")
    define_macros(connection)
    connection.execute(statements("rollup.sql")["measures"])
    return connection


def _unite(connection: duckdb.DuckDBPyConnection, name: str, definition: str, parts: list[str]) -> None:
    """Creates contracts_read, hours_read or notified_read: the rows of every source of the table, in the sources' order."""
    connection.execute(f"CREATE TABLE {name}_none (origin INTEGER, source_row BIGINT, {definition})")
    united = " UNION ALL BY NAME ".join(f"FROM {relation}" for relation in (f"{name}_none", *parts))
    connection.execute(f"CREATE VIEW {name}_read AS {united}")


def judged(
    extract: Extract,
    as_of: dt.date | None,
    today: dt.date,
    accept_anomalies: bool,
    settings: Settings,
    every_file_read: bool,
    step: Step,
) -> None:
    """Adds what can only be said of all rows together; then, without problems, the anomalies."""
    connection = extract.connection
    extract.problems += missing_tables(extract.sources, every_file_read)
    extract.data_as_of, problems = date_of_data(connection, as_of, today, extract.demo)
    extract.problems += problems
    notices, missing = join_lots(connection, [source.file for source in extract.sources])
    extract.notices += notices
    extract.problems += apply_rules(connection, [source.file for source in extract.sources], extract.data_as_of)
    if extract.problems:
        return
    extract.notices += validated_without_hours(connection)
    if not extract.one("SELECT count(*) FROM hours_read")[0]:
        extract.notices.append(Problem(kind="no_hours", message=_NO_HOURS))
    step(N_("anomalies"))
    extract.anomalies = weigh(connection, extract.data_as_of)
    lag = settings.counting.declaration_lag_months
    extract.validated_in_time = validated_in_time(connection, extract.data_as_of, lag)
    extract.notices += lag_notices(extract.validated_in_time, lag)
    if extract.has_notified:
        connection.execute(statements("decp.sql")["notified"])
        extract.notices += near_buyers(connection)
    extract.problems += balance_overlaps(connection, settings.shown_with(extract.demo))
    share, limit = left_out_share(connection), settings.counting.left_out_limit
    if share > limit and not accept_anomalies:
        values = {"share": share * 100, "limit": limit * 100}
        extract.problems.append(Problem(kind="too_many_left_out", message=_LEFT_OUT, values=values))
        extract.problems += missing
    else:
        extract.notices += [notice for notice in missing if notice.kind == "lot_missing"]


_REPEATED = N_(
    "lots décrits par plusieurs tableaux de mois\u202f: le dernier tableau nommé compte pour eux\u202f; lignes écartées\u00a0: {n}."
)
_MIXED = N_("sources de démonstration et sources réelles mêlées\u202f; publiez-les séparément.")
_NO_HOURS = N_("aucune ligne d’heures\u00a0: la publication n’aura que des marchés.")
_LEFT_OUT = N_(
    "doublons et heures sans lot font {share}\u00a0% des heures lues (limite\u00a0: {limit}\u00a0%)\u202f; corrigez les"
    " sources, ou ajoutez --accept-anomalies."
)
