"""Each sheet as a publisher recognises it: what it is taken for, its headers with examples, its first rows."""

from dataclasses import asdict, dataclass
from typing import Any, Final

import duckdb

from data.schema import Table, is_refused
from data.sources.month_columns import MonthColumn
from data.sources.plan import Plan
from data.sources.raw_table import RawTable, cut
from data.sources.suggestions import is_total
from data.sources.table_plan import TablePlan

FIRST_ROWS: Final = 5
_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header of a source: the columns it is read as, its first values. `refused`: it could name a person, and is never read."""

    name: str
    targets: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRead:
    """One sheet. `tables`: contracts, hours, notified; none when it is none, two where months stand as columns beside their lots.

    `months`: the headers that are months.
    """

    file: str
    tables: tuple[str, ...] = ()
    headers: tuple[Header, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    months: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def sheet_of(entry: dict[str, Any]) -> SheetRead:
    """The sheet that was written so."""
    headers = tuple(
        Header(**header | {"targets": tuple(header["targets"]), "examples": tuple(header["examples"])})
        for header in entry["headers"]
    )
    rows = tuple(tuple(row) for row in entry["rows"])
    lists = {"tables": tuple(entry["tables"]), "months": tuple(entry["months"])}
    return SheetRead(**entry | lists | {"headers": headers, "rows": rows})


def sheets_read(tables: list[RawTable], plan: Plan, connection: duckdb.DuckDBPyConnection) -> list[SheetRead]:
    """Every sheet of the files, in their order."""
    taken_for: dict[str, list[TablePlan]] = {}
    for planned in plan.tables:
        taken_for.setdefault(planned.raw.file, []).append(planned)
    return [_sheet(raw, taken_for.get(raw.file, []), plan, connection) for raw in tables]


def _sheet(raw: RawTable, plans: list[TablePlan], plan: Plan, connection: duckdb.DuckDBPyConnection) -> SheetRead:
    tables = [planned.table for planned in plans if planned.table is not None]
    rows = _rows(raw, connection)
    months = {column.place: column for column in raw.months}
    headers, places = [], []
    for place, name in enumerate(raw.headers):
        if not name or place in months:
            continue
        refused = is_refused(name)
        given = (row[place] for row in rows if row[place] and not any(map(is_total, row)))
        examples = () if refused else tuple(dict.fromkeys(given))[:_EXAMPLES]
        headers.append(
            Header(
                name=name,
                targets=() if refused else _targets(name, tables, plan),
                examples=tuple(cut(example) for example in examples),
                refused=refused,
            )
        )
        places.append(-1 if refused else place)
    return SheetRead(
        file=raw.file,
        tables=tuple(dict.fromkeys(table.name for table in tables)),
        headers=tuple(headers),
        rows=tuple(tuple("" if place < 0 else cut(row[place]) for place in places) for row in rows[:FIRST_ROWS]),
        months=tuple(column.header for column in _ordered(months)),
    )


def _ordered(months: dict[int, MonthColumn]) -> list[MonthColumn]:
    return [months[place] for place in sorted(months)]


def _targets(header: str, tables: list[Table], plan: Plan) -> tuple[str, ...]:
    """The columns that a header is read as, in any of the sheet's tables."""
    return tuple(dict.fromkeys(name for table in tables for name in plan.mapping.targets(table, header) or ()))


def _rows(raw: RawTable, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    """The first rows as text, each as wide as the headers."""
    rows = raw.top
    if not rows:
        fields = ", ".join(f"CAST({field} AS VARCHAR)" for field in raw.fields)
        try:
            first_rows = connection.execute(f"SELECT {fields} FROM {raw.relation} LIMIT {FIRST_ROWS * 4}").fetchall()
        except duckdb.Error:
            return []  # the problem is named where the table is read
        rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in first_rows)
    width = len(raw.headers)
    return [tuple(cell.strip() for cell in (*row, *[""] * width)[:width]) for row in rows if any(row)]
