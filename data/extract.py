"""All sources of a publish read into two typed tables, with everything that is wrong with them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import duckdb

from data.anomalies import left_out_share, weigh
from data.cells import MESSAGES, Cell, cell, define_macros, message_values
from data.labelled_sql import query, statements
from data.mapping import Mapping, close_code, load_mapping
from data.matching import Field, Matched, Suggestion, matched
from data.problems import ExtractError, Problem
from data.raw_table import RawTable, shown
from data.releases import AnomalyCount, Source
from data.schema import CONTRACTS, HOURS, TABLES, Table
from data.settings import Settings
from data.sources import open_source, twice_named
from data.words import N_

_CUT = 60


class Step(Protocol):
    """Told what is being done: a catalogue text and its values."""

    def __call__(self, text: str, /, **values: object) -> None:
        """A step begins."""


@dataclass(slots=True, kw_only=True)
class Extract:
    """What was read, in `connection`: contracts_read and hours_read have the columns of the schema, and `source` (index
    in `files`) and `source_row` of each row. Without problems there are also `anomalies` and the tables of rollup.sql.
    """

    connection: duckdb.DuckDBPyConnection
    files: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    anomalies: tuple[AnomalyCount, ...] = ()
    found_columns: set[str] = field(default_factory=set)
    data_as_of: dt.date = dt.date.min
    demo: bool = False

    @property
    def absent_columns(self) -> tuple[str, ...]:
        """Columns that no source had, as contracts.sector."""
        names = (f"{table.name}.{column.name}" for table in TABLES for column in table.columns)
        return tuple(name for name in names if name not in self.found_columns)

    def one(self, sql: str, **values: object) -> tuple[Any, ...]:
        """The first row of an answer."""
        row = self.connection.execute(sql, values or None).fetchone()
        assert row is not None, "an aggregate always has a row"
        return row


def read_extract(
    paths: Sequence[Path],
    *,
    mapping: Path | None,
    as_of: dt.date | None,
    today: dt.date,
    accept_anomalies: bool,
    settings: Settings,
    work: Path,
    step: Step,
) -> Extract:
    """Everything a publish needs, and every reason to refuse it. `work` is an empty folder for the database and copies.

    `as_of`: the date of the data; when None the latest date of the hours, never after today. ExtractError only when the
    mapping cannot be used: all else is in `problems`.
    """
    known = load_mapping(mapping)
    connection = duckdb.connect(
        str(work / "extract.duckdb"),
        config={
            "threads": settings.engine.threads,
            "memory_limit": settings.engine.memory,
            "temp_directory": str(work / "spilled"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    extract = Extract(connection=connection)
    connection.execute("SET TimeZone = 'UTC'")
    define_macros(connection)
    connection.execute(statements("rollup.sql")["measures"])
    for table in TABLES:
        connection.execute(
            f"CREATE TABLE {table.name}_read (source INTEGER, source_row BIGINT, {table.definition_sql()})"
        )
    extract.problems += twice_named(paths)
    copies = work / "copies"
    copies.mkdir()
    demos = set()
    for path in paths:
        step(N_("lecture de {file}"), file=path.name)
        try:
            file, notices = open_source(path, known, connection, copies)
        except ExtractError as error:
            extract.problems += error.problems
            continue
        extract.notices += notices
        demos.add(file.demo)
        for raw in file.tables:
            _read(extract, raw, known, file.sha256)
    extract.demo = demos == {True}
    if len(demos) == 2:
        extract.problems.append(Problem(kind="demo_and_real", message=_MIXED))
    step(N_("contrôles"))
    _complete(extract, paths)
    _date(extract, as_of, today)
    _rules(extract)
    if not extract.problems:
        step(N_("anomalies"))
        extract.anomalies = weigh(connection, extract.data_as_of)
        share = left_out_share(connection)
        if share > settings.counting.left_out_limit and not accept_anomalies:
            values = {"share": share * 100, "limit": settings.counting.left_out_limit * 100}
            extract.problems.append(Problem(kind="too_many_left_out", message=_LEFT_OUT, values=values))
    return extract


_MIXED = N_("sources de démonstration et sources réelles mêlées\u00a0; publiez-les séparément.")
_LEFT_OUT = N_(
    "doublons et heures sans lot font {share}\u00a0% des heures lues (limite {limit}\u00a0%)\u00a0; corrigez les sources,"
    " ou publiez avec --accept-anomalies."
)
_NO_TABLE = N_("aucune source n’a les colonnes de la table «\u00a0{table}\u00a0»\u00a0; ajoutez son fichier.")
_NO_ROWS = N_("en-têtes sans aucune ligne\u00a0; exportez les marchés de nouveau.")
_NO_HOURS = N_("aucune ligne d’heures\u00a0: la publication n’aura que des marchés.")
_AFTER_TODAY = N_("la date des données ({day}) est à venir\u00a0; donnez une date passée à --as-of.")
_RULES = {
    "duplicate_key": ("contract_id", N_("lot déjà présent\u00a0; chaque lot (contract_id, lot_id) n’a qu’une ligne.")),
    "dates_reversed": ("starts_on", N_("le lot commence après sa fin\u00a0; corrigez starts_on ou ends_on.")),
    "month_after_data": ("month", N_("mois postérieur à la date des données ({day})\u00a0; corrigez-le ou --as-of.")),
}


def _read(extract: Extract, raw: RawTable, mapping: Mapping, sha256: str) -> None:
    """Puts a raw table's rows into its typed table, and its faults into the problems."""
    found = matched(raw, mapping)
    extract.problems += (*raw.problems, *found.problems)
    extract.notices += found.notices
    extract.suggestions += found.suggestions
    if found.table is None:
        return
    table = found.table
    extract.found_columns |= {f"{table.name}.{name}" for name in found.fields}
    cells = _cells(extract, found, table, mapping)
    staged = _staged(raw, cells)
    index = len(extract.files)
    extract.files.append(raw.file)
    _faults(extract, staged, cells, found.fields, table, raw.file)
    names = ", ".join(cell.column.name for cell in cells)
    values = ", ".join(f"v_{cell.column.name}" for cell in cells)
    (rows,) = extract.one(
        f"INSERT INTO {table.name}_read (source, source_row, {names}) SELECT {index}, source_row, {values} FROM {staged}"
    )
    extract.sources.append(Source(file=raw.file, table=table.name, sha256=sha256, rows=rows))


def _cells(extract: Extract, found: Matched, table: Table, mapping: Mapping) -> list[Cell]:
    """How each column of the source is read; the decimal mark is told from all its numbers together."""
    style = None
    numbers = [
        found.fields[column.name].sql
        for column in table.columns
        if column.name in found.fields and column.sql_type.startswith(("DECIMAL", "INTEGER"))
    ]
    if found.raw.text_numbers and numbers:
        seen = ", ".join(
            " OR ".join(f"coalesce(bool_or(number_form(taken({sql})) = '{form}'), false)" for sql in numbers)
            for form in ("comma", "point")
        )
        style = {(True, False): "comma", (False, True): "point"}.get(
            extract.one(f"SELECT {seen} FROM {found.raw.relation}")
        )
    values = mapping.values[table.name]
    return [
        cell(column, at.sql, at.kind, style, values.get(column.name, {}))
        for column in table.columns
        if (at := found.fields.get(column.name))
    ]


def _staged(raw: RawTable, cells: list[Cell]) -> str:
    """The three stages of every cell as a subquery. Lines of a text that are empty throughout are no rows."""
    taken = ", ".join(f"{cell.taken} AS t_{cell.column.name}" for cell in cells)
    canonical = ", ".join(f"{cell.canonical} AS c_{cell.column.name}" for cell in cells)
    values = ", ".join(f"{cell.value} AS v_{cell.column.name}" for cell in cells)
    kept = (
        " OR ".join(f"t_{cell.column.name} IS NOT NULL" for cell in cells) if set(raw.types) == {"VARCHAR"} else "true"
    )
    stage = f"SELECT {raw.row} AS source_row, {taken} FROM {raw.relation}"
    return f"(SELECT *, {values} FROM (SELECT *, {canonical} FROM ({stage}) WHERE {kept}))"


def _faults(
    extract: Extract, staged: str, cells: list[Cell], fields: dict[str, Field], table: Table, file: str
) -> None:
    """Counts every fault of every column in one pass, then fetches the first of those there are."""
    faults = [(cell, kind, condition) for cell in cells for kind, condition in cell.faults]
    counts = extract.one(f"SELECT {', '.join(f'count_if({condition})' for _, _, condition in faults)} FROM {staged}")
    for (at, kind, condition), total in zip(faults, counts, strict=True):
        if not total:
            continue
        column = at.column
        header = fields[column.name].header
        examples = extract.connection.execute(
            f"SELECT source_row, CAST(t_{column.name} AS VARCHAR) FROM {staged}"
            f" WHERE coalesce({condition}, false) ORDER BY source_row LIMIT 5"
        ).fetchall()
        problems = [
            Problem(
                kind=kind,
                file=file,
                row=row,
                column=header if header == column.name else f"{header} ({column.name})",
                value=None if column.personal or text is None else _cut(text),
                message=MESSAGES[kind],
                values=message_values(column, fields[column.name].kind),
            )
            for row, text in examples
        ]
        extract.problems += shown(problems, total)
        if kind == "unknown_code" and not column.personal:
            texts = extract.connection.execute(
                f"SELECT DISTINCT c_{column.name} FROM {staged} WHERE coalesce({condition}, false) ORDER BY ALL LIMIT 50"
            ).fetchall()
            section = f"{table.name}.values.{column.name}"
            codes = list(column.codes or ())
            extract.suggestions += (
                Suggestion(section=section, text=text, target=close_code(codes, text) or "") for (text,) in texts
            )


def _complete(extract: Extract, paths: Sequence[Path]) -> None:
    """Both tables must have come, and contracts must have rows; an authority that begins has no hours yet."""
    readable = {source.table for source in extract.sources}
    unread = bool(extract.problems)
    for table in TABLES:
        rows = sum(source.rows for source in extract.sources if source.table == table.name)
        if table.name not in readable:
            # A file that could not be read may well have been the missing table: it has been named already.
            if not unread or len(readable) == len(paths):
                values = {"table": table.name}
                extract.problems.append(Problem(kind="missing_table", message=_NO_TABLE, values=values))
        elif not rows and table is CONTRACTS:
            file = next(source.file for source in extract.sources if source.table == table.name)
            extract.problems.append(Problem(kind="no_rows", file=file, message=_NO_ROWS))
        elif not rows and table is HOURS:
            extract.notices.append(Problem(kind="no_hours", message=_NO_HOURS))


def _date(extract: Extract, as_of: dt.date | None, today: dt.date) -> None:
    """The date of the data: as given, else the latest date in the hours; never after today but in a demonstration."""
    (latest,) = extract.one("SELECT max(greatest(declared_on, validated_on, last_day(month))) FROM hours_read")
    if as_of is not None and as_of > today and not extract.demo:
        extract.problems.append(Problem(kind="as_of_to_come", message=_AFTER_TODAY, values={"day": as_of}))
    found = as_of or latest or today
    extract.data_as_of = found if extract.demo or as_of else min(found, today)


def _rules(extract: Extract) -> None:
    """The rules of rules.sql, each with its first offenders by file; and what a reader should know but not mend."""
    for kind in statements("rules.sql"):
        sql = query("rules.sql", kind)
        values = {"data_as_of": extract.data_as_of} if "$data_as_of" in sql else {}
        rows = extract.connection.execute(
            f"SELECT source, source_row, value, count(*) OVER (PARTITION BY source) AS total FROM ({sql})"
            " QUALIFY row_number() OVER (PARTITION BY source ORDER BY source_row) <= 5 ORDER BY source, source_row",
            values or None,
        ).fetchall()
        column, message = _RULES[kind]
        for index in sorted({source for source, *_ in rows}):
            problems = [
                Problem(
                    kind=kind,
                    file=extract.files[source],
                    row=row,
                    column=column,
                    value=_cut(value),
                    message=message,
                    values={"day": extract.data_as_of},
                )
                for source, row, value, _ in rows
                if source == index
            ]
            extract.problems += shown(problems, next(total for source, *_, total in rows if source == index))
    rows, hours = extract.one(
        "SELECT count(*), coalesce(sum(hours_declared), 0) FROM hours_read"
        " WHERE hours_validated IS NULL AND status IN ('validated', 'corrected')"
    )
    if rows:
        message = N_(
            "lignes validées ou corrigées sans heures validées\u00a0: {rows}, comptées pour 0 ({hours}\u00a0h déclarées)."
        )
        extract.notices.append(
            Problem(kind="validated_without_hours", message=message, values={"rows": rows, "hours": Decimal(hours)})
        )


def _cut(text: str) -> str:
    """A value short enough for a message, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _CUT else f"{line[: _CUT - 1]}…"
