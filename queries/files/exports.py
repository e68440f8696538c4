"""What leaves: an answer or a table of a page, described once for every format.

Files for people (CSV, XLSX) have headers, words and percentages, as the screen has them. Files for programs (Parquet, JSON) have
the names, codes and fractions of the data contract, and the headers, units and definitions beside them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from queries.secrecy.cells import HIDDEN, is_hidden

Kind = Literal[
    "text", "label", "status", "hours", "count", "percent", "change", "month", "date", "year", "decimal", "yes"
]
Drawing = Literal["column", "bar", "line"]
Row = Mapping[str, Any]
RATIOS: Final[tuple[Kind, ...]] = ("percent", "change")
_TYPES: Final[Mapping[Kind, pa.DataType]] = {
    "hours": pa.decimal128(38, 2),
    "count": pa.int64(),
    "year": pa.int64(),
    "percent": pa.float64(),
    "change": pa.float64(),
    "decimal": pa.float64(),
    "month": pa.date32(),
    "date": pa.date32(),
    "yes": pa.bool_(),
}
_ROUNDED: Final = pa.decimal128(38, 4)
# What spreadsheets run as a formula begins so, apostrophes apart: these are counted in, so that one can be taken off again.
# Their full-width forms as well: some programs make them the ordinary ones.
_FORMULA: Final = r"^'*[=+\-@＝＋－＠\t\r]"
FORMULA: Final = re.compile(_FORMULA)
FORMULA_RE2: Final = _FORMULA


def neutralised(text: str) -> str:
    """The text, harmless in a spreadsheet: an apostrophe goes before a text that begins with = + - @ (full-width as well), tab or CR.

    Read back by `restored`. A text that begins with apostrophes and then one of these gets one more.
    """
    return "'" + text if FORMULA.match(text) else text


def restored(text: str) -> str:
    """The text that was neutralised: without the first of the apostrophes that stand before such a character."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportColumn:
    """A column: its name for programs, its header for people.

    `kind`: how people write it; empty where the values are written as they are. `labels`: words by code.
    `adds`: whether its sum over the rows means something. `ratio_of`: the columns whose sums divided are its total. `sum_of`: the
    columns beside it whose sum it is, row by row. `drawn`: how the chart of the table shows it. `keys`: what a name made of several
    parts stands for, for programs.
    """

    name: str
    header: str
    kind: Kind | None = None
    digits: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    definition: str = ""
    formula: str = ""
    adds: bool = False
    ratio_of: tuple[str, str] | None = None
    sum_of: tuple[str, ...] = ()
    drawn: Drawing | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a file says of itself: its key and value for programs, in words for people."""

    key: str
    label: str
    text: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A table that leaves, without its rows: they come batch by batch.

    `source`: origin, data date and filters in one line, which every line of a CSV and the head of a sheet repeat; `words`: the
    words that the formats themselves write, in the reader's language. `totals`: rows that rows cannot be added up to, of groups,
    then of the whole; they lack the columns that they sum over, and stand apart so that nobody adds them up again.
    """

    title: str
    columns: tuple[ExportColumn, ...]
    source: str = ""
    facts: tuple[Fact, ...] = ()
    totals: tuple[Row, ...] = ()
    words: "ExportWords"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWords:
    """The words of the formats."""

    source: str = "Source"
    yes: str = "oui"
    no: str = "non"
    hidden: str = "n.c."
    total: str = "Total"
    data: str = "Données"
    chart: str = "Graphique"
    about: str = "À propos"
    column: str = "Colonne"
    unit: str = "Unité"
    definition: str = "Définition"
    formula: str = "Formule"
    first_rows: str = "les {n} premières lignes"
    locale: str = "40C"  # as spreadsheets number languages


FRENCH: Final = ExportWords()


def plain(schema: pa.Schema, title: str = "") -> Export:
    """The description of an answer that leaves as it is, under the names of its columns."""
    return Export(
        title=title, columns=tuple(ExportColumn(name=name, header=name) for name in schema.names), words=FRENCH
    )


def as_written(values: pa.Array, column: ExportColumn) -> pa.Array:
    """Numbers as people write them: ratios in percent, four digits of what is not exact, for the last ones mean nothing.

    As decimals: rounding binary fractions would leave 61.724999999999994.
    """
    if column.kind in RATIOS:
        return pc.multiply(values.cast(pa.float64()), 100.0).cast(_ROUNDED)
    if column.kind is not None and pa.types.is_floating(values.type):
        return values.cast(_ROUNDED)
    return values


def batches_of(rows: Iterable[Row], columns: Sequence[ExportColumn]) -> pa.RecordBatchReader:
    """The rows of a page as typed batches, hidden cells empty and named in the column `hidden`."""
    listed = rows if isinstance(rows, Sequence) else list(rows)
    hidden = [_hidden(row, columns) for row in listed]
    arrays = [
        _typed(
            [None if column.name in gone else row.get(column.name) for row, gone in zip(listed, hidden, strict=True)],
            column.kind,
        )
        for column in columns
    ]
    names = [column.name for column in columns]
    if any(hidden):
        arrays.append(pa.array(hidden, pa.list_(pa.string())))
        names.append(HIDDEN)
    batch = pa.RecordBatch.from_arrays(arrays, names=names)
    return pa.RecordBatchReader.from_batches(batch.schema, [batch])


def totals_for_people(export: Export) -> Iterator[tuple[Export, pa.RecordBatch]]:
    """Each total as a batch of one row, with the word Total under the first column that it sums over."""
    for row in export.totals:
        place = next((number for number, column in enumerate(export.columns) if column.name not in row), None)
        columns = list(export.columns)
        displayed = dict(row)
        if place is not None:
            displayed[columns[place].name] = export.words.total
            columns[place] = replace(columns[place], kind="text", labels={})
        (batch,) = batches_of([displayed], columns)
        yield replace(export, columns=tuple(columns)), batch


def totals_for_programs(export: Export) -> list[dict[str, Any]]:
    """The totals as rows with codes; empty under the columns that they sum over."""
    totals: list[dict[str, Any]] = batches_of(export.totals, export.columns).read_all().to_pylist()
    return totals


def _hidden(row: Row, columns: Sequence[ExportColumn]) -> list[str]:
    """Those that the row says, and those where a word stands for a number."""
    return [
        column.name
        for column in columns
        if is_hidden(row, column.name) or (column.kind in _TYPES and isinstance(row.get(column.name), str))
    ]


def _typed(values: list[Any], kind: Kind | None) -> pa.Array:
    """The values in the narrowest type that holds them all; texts where they have several kinds."""
    types = {type(value) for value in values if value is not None}
    if not types:
        return pa.nulls(len(values), _TYPES.get(kind, pa.string()) if kind else pa.string())
    if Decimal in types and types <= {Decimal, int, float}:
        numbers = pa.array([None if value is None else Decimal(str(value)) for value in values])
        return numbers.cast(pa.decimal128(38, max(2, numbers.type.scale)))
    if float in types and types <= {float, int}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    if len(types) > 1 or any(issubclass(one, str) for one in types):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    return pa.array(values)
