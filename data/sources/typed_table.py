"""A raw table turned into typed rows, with every fault of every cell.

One query counts all faults of all columns; only those that occur are looked up. A source with ten million rows and no
fault is therefore read once before it is written.
"""

from dataclasses import dataclass

import duckdb

from data.problems import Problem
from data.schema import Table
from data.sources.cells import MESSAGES, Cell, bounds, cell
from data.sources.mapping import Mapping, close_code
from data.sources.matching import Field, Matched, Suggestion, matched
from data.sources.raw_table import SHOWN, RawTable, cut, shown
from data.words import N_

# Rows up to which copying costs less than planning the reading again for every query.
_SMALL = 500_000
_UNREADABLE = N_("contenu illisible ({error})\u202f; exportez le fichier de nouveau.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """`relation` has the columns of the table that the source has, and `origin` and `source_row`; None is no table."""

    table: Table | None
    relation: str = ""
    rows: int = 0
    columns: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def read_table(connection: duckdb.DuckDBPyConnection, raw: RawTable, mapping: Mapping, index: int) -> TypedTable:
    """The raw table's rows as values of the contract. A faulty cell is NULL there and a problem here.

    A large Parquet file stays where it is, behind a view; what is small or slow to read goes into a table.
    """
    found = matched(raw, mapping)
    problems = [*raw.problems, *found.problems]
    suggestions = list(found.suggestions)
    if found.table is None:
        return TypedTable(table=None, problems=tuple(problems), notices=found.notices, suggestions=tuple(suggestions))
    relation, rows = f"part_{index}", 0
    try:
        cells = _cells(connection, found, found.table, mapping)
        staged = _staged(raw, cells)
        faults, unknown, rows = _faults(connection, staged, cells, found)
        problems += faults
        suggestions += unknown
        values = ", ".join(f"v_{at.column.name} AS {at.column.name}" for at in cells)
        kind = "VIEW" if raw.lasting and rows > _SMALL else "TABLE"
        connection.execute(f"CREATE {kind} {relation} AS SELECT {index} AS origin, source_row, {values} FROM {staged}")
    except duckdb.Error as error:
        told = {"error": type(error).__name__}
        problems.append(Problem(kind="unreadable_table", file=raw.file, message=_UNREADABLE, values=told))
        relation = f"{found.table.name}_none"
    return TypedTable(
        table=found.table,
        relation=relation,
        rows=rows,
        columns=tuple(found.fields),
        problems=tuple(problems),
        notices=found.notices,
        suggestions=tuple(suggestions),
    )


def _cells(connection: duckdb.DuckDBPyConnection, found: Matched, table: Table, mapping: Mapping) -> list[Cell]:
    """How each column of the source is read; the decimal mark is told from all its numbers together."""
    style = None
    numbers = [
        found.fields[column.name].sql
        for column in table.columns
        if column.name in found.fields and column.sql_type.startswith(("DECIMAL", "INTEGER"))
    ]
    if found.raw.text_numbers and numbers:
        names = [f"form_{n}" for n in range(len(numbers))]
        taken = ", ".join(f"taken({sql}) AS {name}" for sql, name in zip(numbers, names, strict=True))
        forms = ", ".join(f"number_form({name}) AS {name}" for name in names)
        ever = (
            " OR ".join(f"coalesce(bool_or({name} = '{form}'), false)" for name in names) for form in ("comma", "point")
        )
        seen = connection.execute(
            f"SELECT {', '.join(ever)} FROM (SELECT {forms} FROM (SELECT {taken} FROM {found.raw.relation}))"
        ).fetchone()
        style = {(True, False): "comma", (False, True): "point"}.get(seen or (False, False))
    values = mapping.values[table.name]
    return [
        cell(column, at.sql, at.kind, style, values.get(column.name, {}))
        for column in table.columns
        if (at := found.fields.get(column.name))
    ]


def _staged(raw: RawTable, cells: list[Cell]) -> str:
    """The stages of every cell as a subquery. Lines of a text that are empty throughout are no rows."""
    taken = ", ".join(f"{at.taken} AS t_{at.column.name}" for at in cells)
    forms = ", ".join(f"{at.form} AS n_{at.column.name}" for at in cells if at.form != "NULL") or "NULL"
    canonical = ", ".join(f"{at.canonical} AS c_{at.column.name}" for at in cells)
    values = ", ".join(f"{at.value} AS v_{at.column.name}" for at in cells)
    kept = "true" if raw.lasting else " OR ".join(f"t_{at.column.name} IS NOT NULL" for at in cells)
    stage = f"SELECT {raw.row} AS source_row, {taken} FROM {raw.relation}"
    written = f"SELECT *, {forms} FROM ({stage}) WHERE {kept}"
    return f"(SELECT *, {values} FROM (SELECT *, {canonical} FROM ({written})))"


def _faults(
    connection: duckdb.DuckDBPyConnection, staged: str, cells: list[Cell], found: Matched
) -> tuple[list[Problem], list[Suggestion], int]:
    """Counts every fault in one pass, then fetches the first of those there are; and the number of rows."""
    faults = [(at, kind, condition) for at in cells for kind, condition in at.faults]
    sums = ", ".join(["count(*)", *(f"count_if({condition})" for _, _, condition in faults)])
    rows, *counts = connection.execute(f"SELECT {sums} FROM {staged}").fetchone() or (0,)
    problems: list[Problem] = []
    suggestions: list[Suggestion] = []
    for (at, kind, condition), total in zip(faults, counts, strict=True):
        if total:
            offending = f"FROM {staged} WHERE coalesce({condition}, false)"
            first = _first(connection, offending, at, kind, found.fields[at.column.name], found.raw.file)
            problems += shown(first, total)
            if kind == "unknown_code" and not at.column.personal and found.table:
                section = f"{found.table.name}.values.{at.column.name}"
                suggestions += _codes(connection, offending, at, section)
    return problems, suggestions, rows


def _first(
    connection: duckdb.DuckDBPyConnection, offending: str, at: Cell, kind: str, field: Field, file: str
) -> list[Problem]:
    """The first offenders of one fault. What stands in a personal column is never told."""
    column = at.column
    name = column.name if field.header == column.name else f"{cut(field.header)} ({column.name})"
    told = connection.execute(
        f"SELECT source_row, CAST(t_{column.name} AS VARCHAR) {offending} ORDER BY source_row LIMIT {SHOWN}"
    ).fetchall()
    return [
        Problem(
            kind=kind,
            file=file,
            row=row,
            column=name,
            value=None if column.personal or text is None else cut(text),
            message=MESSAGES[kind],
            values=bounds(column, field.kind),
        )
        for row, text in told
    ]


def _codes(connection: duckdb.DuckDBPyConnection, offending: str, at: Cell, section: str) -> list[Suggestion]:
    """A line of mapping.toml for each unknown code, with the code it resembles."""
    codes = list(at.column.codes or ())
    text = f"unnest(c_{at.column.name})" if at.column.sql_type == "VARCHAR[]" else f"c_{at.column.name}"
    texts = connection.execute(
        f"SELECT DISTINCT code FROM (SELECT {text} AS code {offending}) WHERE code NOT IN $codes ORDER BY code LIMIT 50",
        {"codes": codes},
    ).fetchall()
    return [Suggestion(section=section, text=text, target=close_code(codes, text) or "") for (text,) in texts]
