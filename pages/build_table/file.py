"""A built table as a file: its lines with their codes, the names of its columns, and its totals apart.

For programs the name of a column is its measure, then two underscores and the code of the value across: hours_validated__2019.
The total of the line is the measure alone: hours_validated. Shares end in _share before the underscores.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from pages.build_table.layout import Across, Layout, Line
from pages.parts.terms import formula_of
from queries.files.exports import Drawing, ExportColumn, Kind, Row
from queries.filters import FILTERS
from queries.meanings import column_meaning
from queries.secrecy.companies import Hidden
from queries.table_builder.builder import TOTAL
from queries.table_builder.definition import BY_COLUMN, BY_ROW, OF_TOTAL
from queries.table_builder.parts import DIMENSIONS, MEASURES, Dimension, Unit

_KINDS: Final[dict[Unit, Kind]] = {
    "hours": "hours", "count": "count", "percent": "percent", "decimal": "decimal", "euros": "decimal",
}  # fmt: skip


def file_columns(layout: Layout) -> list[ExportColumn]:
    """Those of each dimension down, then every column whole, whatever the screen shows."""
    down = [column for number in range(len(layout.definition.rows)) for column in _key_columns(layout, number)]
    return [*down, *(_column(layout, column) for column in layout.columns)]


def file_rows(layout: Layout) -> Iterator[Row]:
    """Every line but those that are the total of others, which are among the totals."""
    yield from (_row(layout, line) for line in layout.lines if not line.is_group)


def file_totals(layout: Layout) -> tuple[Row, ...]:
    """Those of groups, then that of the table: without the keys of the dimensions that they sum over."""
    groups = [_row(layout, line) for line in layout.lines if line.is_group]
    return (*groups, _row(layout, Line(label="", row=())))


def _row(layout: Layout, line: Line) -> Row:
    keys = zip(layout.definition.rows, line.row, strict=False)
    cells: dict[str, Any] = {}
    for code, key in keys:
        if _has_names(code):
            cells[_name_column(code)] = layout.names.name(code, key, layout.table.others)
        cells[DIMENSIONS[code].column] = _key(layout, code, key)
    for column in layout.columns:
        value = layout.cell(line.row, column)
        cells[column.name] = layout.words.say("n.c.") if isinstance(value, Hidden) else value
    return cells


def _key(layout: Layout, code: str, key: str) -> Any:
    """Years as numbers and months as dates, where no line stands for several of them."""
    if _is_typed(layout, code):
        return int(key) if DIMENSIONS[code].time == "year" else dt.date.fromisoformat(key)
    return key


def _has_names(code: str) -> bool:
    """Whether the values have names of their own, such as clients and communes: the file has them beside the codes."""
    field = DIMENSIONS[code].field
    return bool(field) and FILTERS[field].has_names


def _name_column(code: str) -> str:
    return f"{DIMENSIONS[code].column}_name"


def _is_typed(layout: Layout, code: str) -> bool:
    return DIMENSIONS[code].time in ("year", "month") and not (
        layout.table.others and code == layout.definition.rows[0]
    )


def _key_columns(layout: Layout, number: int) -> list[ExportColumn]:
    """The name and the code of a value that has both, else its key with its words."""
    code = layout.definition.rows[number]
    dimension, header = DIMENSIONS[code], layout.names.dimension(layout.definition.rows[number])
    if _has_names(code):
        definition = layout.words.say("Code à joindre à d’autres tables.")
        return [
            ExportColumn(name=_name_column(code), header=header, kind="text"),
            ExportColumn(
                name=dimension.column,
                header=layout.words.say("{dimension}, code", dimension=header),
                kind="text",
                definition=definition,
            ),
        ]
    keys = dict.fromkeys(line.row[number] for line in layout.lines if len(line.row) > number)
    meaning = column_meaning(dimension.column)
    kind: Kind = "year" if dimension.time == "year" else "month"
    typed = _is_typed(layout, code)
    return [
        ExportColumn(
            name=dimension.column,
            header=header,
            kind=kind if typed else "label",
            labels={} if typed else {key: layout.names.value(code, key, layout.table.others) for key in keys},
            definition=layout.words.say(meaning.definition) if meaning and meaning.definition else "",
        )
    ]


def _column(layout: Layout, column: Across) -> ExportColumn:
    words, definition, measure = layout.words, layout.definition, MEASURES[column.measure]
    header = layout.names.header(column.measure, column.share)
    meaning, formula = column_meaning(measure.column), formula_of(measure.column)
    kind: Kind = "percent" if column.share else _KINDS[measure.unit]
    adds = definition.adds_up(column.measure)
    across = definition.columns is not None and column.key == TOTAL
    beside = [other for other in layout.columns if other.key != TOTAL and _is_alike(other, column)]
    return ExportColumn(
        name=column.name,
        header=header if definition.columns is None else f"{column.label} – {header}",
        kind=kind,
        digits=2 if kind in ("hours", "decimal") else 0,
        unit=words.say(meaning.unit) if meaning and meaning.unit and not column.share else "",
        definition=words.say(meaning.definition) if meaning else "",
        formula=words.say(formula) if formula else "",
        keys=_stands_for(layout, column),
        adds=adds and not (column.share and definition.share == BY_ROW),
        sum_of=tuple(other.name for other in beside)
        if adds and across and not (column.share and definition.share == BY_COLUMN)
        else (),
        drawn=_drawn(layout, column),
    )


def _is_alike(column: Across, other: Across) -> bool:
    return (column.measure, column.share) == (other.measure, other.share)


def _stands_for(layout: Layout, column: Across) -> dict[str, str]:
    """What the name of the column is made of, for programs: its measure, the dimension across and its value."""
    described = {"measure": MEASURES[column.measure].column}
    if layout.definition.columns is not None:
        described |= {"dimension": DIMENSIONS[layout.definition.columns].column, "value": column.key or "total"}
    if column.share and layout.definition.share is not None:
        described["share_of"] = {BY_ROW: "row", BY_COLUMN: "column", OF_TOTAL: "table"}[layout.definition.share]
    return described


def _drawn(layout: Layout, column: Across) -> Drawing | None:
    """The first measure of a table with nothing across, by its one dimension down."""
    definition = layout.definition
    first = column == next(iter(layout.columns))
    if not first or definition.columns is not None or len(definition.rows) > 1 or column.share:
        return None
    dimension: Dimension = definition.dimensions[0]
    return "column" if dimension.time is not None and not layout.table.others else "bar"
