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
from pathlib import Path

import duckdb

from data.problems import ExtractError, Problem
from data.release.labelled_sql import statements
from data.release.releases import Source
from data.schema import ALL_TABLES, CONTRACTS
from data.settings import Settings
from data.sources.cell_macros import define_macros
from data.sources.extract import Extract, Opened, Step
from data.sources.files import open_source, twice_named
from data.sources.judge import judged
from data.sources.mapping import Mapping
from data.sources.mapping_file import load_mapping
from data.sources.plan import NO_SHEET, Plan
from data.sources.shape import laid_out
from data.sources.typed_table import read_table
from data.words import N_


def opened(paths: Sequence[Path], mapping: Mapping, settings: Settings, work: Path, step: Step) -> Opened:
    """The files' tables as people see them. `work`: an empty folder for copies and what spills."""
    opening = Opened(extract=Extract(connection=publishing_connection(settings, work)))
    extract = opening.extract
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
            opening.unreadable += 1
            continue
        opening.tables += tables
        opening.hashes |= {table.file: file.fingerprint.sha256 for table in tables}
    return opening


def typed(opening: Opened, plan: Plan) -> Extract:
    """The rows of every planned table as values of the contract, in the connection; problems and notices of every cell."""
    extract = opening.extract
    extract.plan = plan
    extract.problems += plan.problems
    extract.notices += plan.notices
    extract.suggestions += plan.suggestions
    parts: dict[str, list[str]] = {table.name: [] for table in ALL_TABLES}
    unreadable: list[str] = []
    repeats: set[str] = set()
    opening.unreadable += len(plan.problems)
    for planned_table in plan.tables:
        read = read_table(extract.connection, planned_table, plan.mapping, len(extract.sources))
        extract.problems += read.problems
        extract.notices += read.notices
        extract.suggestions += read.suggestions
        if planned_table.table is None:
            opening.unreadable += 1
            continue
        name, raw = planned_table.table.name, planned_table.raw
        extract.present_columns |= {f"{name}.{column}" for column in planned_table.fields}
        extract.sources.append(Source(file=raw.file, table=name, sha256=opening.hashes[raw.file], rows=read.rows))
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
    opening = opened(paths, known, settings, work, step)
    step(N_("contrôles"))
    extract = typed(opening, opening.plan(known))
    one_kind(extract)
    judged(extract, as_of, today, accept_anomalies, settings, every_file_read=not opening.unreadable, step=step)
    return extract


def one_kind(extract: Extract) -> None:
    """Knows a demonstration by its files; a problem when there are real ones among them."""
    demos = {fingerprint.demo for fingerprint in extract.fingerprints}
    extract.demo = demos == {True}
    if len(demos) == 2:
        extract.problems.append(Problem(kind="demo_and_real", message=_MIXED))


def publishing_connection(settings: Settings, work: Path) -> duckdb.DuckDBPyConnection:
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


_REPEATED = N_(
    "lots décrits par plusieurs tableaux de mois\u00a0: le dernier tableau nommé compte pour eux\u202f; lignes écartées\u00a0: {n}."
)


_MIXED = N_("sources de démonstration et sources réelles mêlées\u202f; publiez-les séparément.")
