"""Writes XLSX row by row in bounded memory: typed cells, totals as formulas over the data, a native chart, a sheet "À propos".

The rows stand in a named range, `donnees`, under their headers: Power Query and formulas find them by that name. Totals are
below it. A million rows took two minutes and 93 MB.
"""

import shutil
import tempfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data.words import N_
from queries.errors import QueryError
from queries.files.exports import RATIOS, Export, ExportColumn, as_written, neutralised, totals_for_people
from queries.files.xlsx_about import write_about
from queries.files.xlsx_chart import add_chart
from queries.files.xlsx_formats import Formats
from queries.secrecy.cells import HIDDEN

MOST_ROWS: Final = 1_048_576  # of a sheet
MOST_CHARACTERS: Final = 32_767  # of a cell
_RANGE: Final = "donnees"
_MOST_ARGUMENTS: Final = 255  # of a formula
_COLUMNS_OF_A_PAGE: Final = 14
_DIGITS: Final = 4  # of a ratio in percent
_WIDEST, _NARROWEST = 48, 9  # in characters
_LOOKED_AT: Final = 200  # rows, for the widths


def most_rows() -> int:
    """How many rows of a table a sheet holds, beside its source, its headers and its total."""
    return MOST_ROWS - 3


def write_xlsx(export: Export, batches: pa.RecordBatchReader, out: BinaryIO) -> None:
    """The workbook. Raises QueryError, having written nothing, beyond Excel's limits."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as whole:
        # No text becomes a formula or a link; rows leave the memory as they are written.
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(whole, options)
        try:
            _write_book(book, export, batches)
        finally:
            book.close()  # its own files too, when the rows were refused
        whole.seek(0)
        shutil.copyfileobj(whole, out)


def _write_book(book: Workbook, export: Export, batches: pa.RecordBatchReader) -> None:
    book.set_properties({"title": export.title, "comments": export.source})
    formats = Formats(book, export.words.locale)
    sheet = book.add_worksheet(export.words.data)
    last, newest_first = _write_data(sheet, export, batches, formats)
    head = _head(export)
    if last > head:
        book.define_name(_RANGE, f"='{export.words.data}'!{xl_range_abs(head, 0, last, len(export.columns) - 1)}")
        add_chart(book, export, first_row=head + 1, last_row=last, newest_first=newest_first)
    if export.facts:
        write_about(book.add_worksheet(export.words.about), export, formats)


def _head(export: Export) -> int:
    """The row of the headers: the source stands above them."""
    return 1 if export.source else 0


def _has_total(export: Export) -> bool:
    return bool(export.totals) or any(column.adds for column in export.columns)


def _write_data(sheet: Worksheet, export: Export, batches: pa.RecordBatchReader, formats: Formats) -> tuple[int, bool]:
    """Writes the sheet of the rows; returns the last row, and whether years or months run backwards."""
    head, limit = _head(export), most_rows()
    if export.source:
        sheet.write_string(0, 0, neutralised(export.source), formats.source)
    for place, column in enumerate(export.columns):
        sheet.write_string(head, place, neutralised(column.header), formats.heads(column))
    sheet.freeze_panes(head + 1, 1)
    sheet.repeat_rows(head)
    sheet.set_landscape()
    # On paper, wide tables go over several pages, each with the first column, rather than below what can be read.
    sheet.fit_to_pages(-(-len(export.columns) // _COLUMNS_OF_A_PAGE), 0)
    sheet.repeat_columns(0)
    sheet.set_footer("&L&8" + export.source.replace("&", "&&")[:200] + "&R&8&P/&N")
    row, sums = head, [0] * len(export.columns)
    beside = {column.name: cells for column in export.columns if (cells := _cells_beside(export, column))}
    ends: list[Any] = []
    first_rows: list[tuple[Any, ...]] = []
    for batch in batches:
        if row - head + batch.num_rows > limit:
            raise QueryError(
                N_(
                    "une feuille Excel contient {rows} lignes au plus, et il y en a davantage\u00a0: prenez le CSV ou le Parquet."
                ),
                rows=limit,
            )
        if row == head:
            first_rows = list(_rows(batch.slice(0, _LOOKED_AT), export))
        sums = [_added(total, batch, column) for total, column in zip(sums, export.columns, strict=True)]
        for values in _rows(batch, export):
            row += 1
            ends[1:] = [values[0]]
            for place, (value, column) in enumerate(zip(values, export.columns, strict=True)):
                if column.name in beside and value is not None:
                    formula = "=SUM(" + beside[column.name].format(row=row + 1) + ")"
                    sheet.write_formula(row, place, formula, formats.of(column, value), value)
                else:
                    _write_cell(sheet, row, place, value, formats.of(column, value))
    if row > head:
        _set_widths(sheet, export, first_rows, sums)
        sheet.autofilter(head, 0, row, len(export.columns) - 1)
        if _has_total(export):
            _write_totals(sheet, export, sums, formats, head + 1, row)
    backwards = len(ends) == 2 and not isinstance(ends[0], str) and None not in ends and ends[0] > ends[1]
    return row, backwards


def _cells_beside(export: Export, column: ExportColumn) -> str:
    """The cells that a column sums up, as in a formula: B{row}:F{row}; those that follow one another as one range.

    Empty when there are none, or more than a formula may name.
    """
    wanted = set(column.sum_of)
    places = [place for place, other in enumerate(export.columns) if other.name in wanted]
    runs = groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    ranges = []
    for _, run in runs:
        first, *others = [xl_col_to_name(place) for _, place in run]
        ranges.append(f"{first}{{row}}:{others[-1]}{{row}}" if others else f"{first}{{row}}")
    return ",".join(ranges) if len(ranges) <= _MOST_ARGUMENTS else ""


def _rows(batch: pa.RecordBatch, export: Export) -> Iterator[tuple[Any, ...]]:
    """The cells of each row: codes as words, ratios in percent, n.c. for what is hidden."""
    columns = [_values(batch.column(column.name), column) for column in export.columns]
    if HIDDEN in batch.schema.names:
        for names, column, values in (
            (batch.column(HIDDEN).to_pylist(), column, values)
            for column, values in zip(export.columns, columns, strict=True)
        ):
            values[:] = [
                export.words.hidden if column.name in (gone or ()) else value
                for gone, value in zip(names, values, strict=True)
            ]
    return zip(*columns, strict=True)


def _values(values: pa.Array, column: ExportColumn) -> list[Any]:
    cells: list[Any] = as_written(values, column).to_pylist()
    return [column.labels.get(value, value) for value in cells] if column.labels else cells


def _write_cell(sheet: Worksheet, row: int, place: int, value: Any, written: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, written)
    elif isinstance(value, str | list):
        text = neutralised(value if isinstance(value, str) else ", ".join(map(str, value)))
        if len(text) > MOST_CHARACTERS:
            raise QueryError(
                N_(
                    "une cellule Excel contient {most} caractères au plus, et un texte est plus long\u00a0: prenez le CSV ou le Parquet."
                ),
                most=MOST_CHARACTERS,
            )
        sheet.write_string(row, place, text, written)
    elif hasattr(value, "year"):
        sheet.write_datetime(row, place, value, written)
    else:
        sheet.write_number(row, place, value, written)


def _added(total: Any, batch: pa.RecordBatch, column: ExportColumn) -> Any:
    return total + (pc.sum(batch.column(column.name)).as_py() or 0) if column.adds else total


def _write_totals(sheet: Worksheet, export: Export, sums: list[Any], formats: Formats, first: int, last: int) -> None:
    """Sums of what adds up, over the rows that Excel's filter shows; ratios of sums; of the rest, the totals that are known."""
    totals = [_total_cells(total, batch) for total, batch in totals_for_people(export)]
    known = totals[-1] if totals else (None,) * len(export.columns)
    places = {column.name: place for place, column in enumerate(export.columns)}

    def added(name: str) -> str:
        letter = xl_col_to_name(places[name])
        return f"SUBTOTAL(109,{letter}{first + 1}:{letter}{last + 1})"

    for place, column in enumerate(export.columns):
        written = formats.total(column)
        if column.adds:
            value = float(sums[place]) * (100 if column.kind in RATIOS else 1)
            sheet.write_formula(last + 1, place, f"={added(column.name)}", written, round(value, _DIGITS))
        elif column.ratio_of is not None and all(name in places for name in column.ratio_of):
            part, whole = column.ratio_of
            divisor = float(sums[places[whole]])
            quotient: float | str = round(100 * float(sums[places[part]]) / divisor, _DIGITS) if divisor else ""
            formula = f'=IF({added(whole)}=0,"",100*{added(part)}/{added(whole)})'
            sheet.write_formula(last + 1, place, formula, written, quotient)
        elif known[place] is not None:
            _write_cell(sheet, last + 1, place, known[place], written)
        elif place == 0:
            sheet.write_string(last + 1, 0, export.words.total, written)
        else:
            sheet.write_blank(last + 1, place, None, written)
    for row, cells in enumerate(totals[:-1], start=last + 3):
        for place, (value, column) in enumerate(zip(cells, export.columns, strict=True)):
            _write_cell(sheet, row, place, value, formats.of(column, value))


def _total_cells(export: Export, batch: pa.RecordBatch) -> tuple[Any, ...]:
    (cells,) = _rows(batch, export)
    return cells


def _set_widths(sheet: Worksheet, export: Export, first_rows: list[tuple[Any, ...]], sums: list[Any]) -> None:
    """As wide as the first rows and the totals need; headers go over several lines."""
    for place, column in enumerate(export.columns):
        values = [
            *(row[place] for row in first_rows),
            *([sums[place]] if column.adds and column.kind not in RATIOS else []),
        ]
        longest = max((len(_as_read(value, column)) for value in values if value is not None), default=0)
        words = max(map(len, column.header.split()), default=0)
        wanted = max(longest * 1.1, words + 3, len(column.header) / 2, _NARROWEST)
        sheet.set_column(place, place, min(wanted + 1, _WIDEST))


def _as_read(value: Any, column: ExportColumn) -> str:
    """About as long as the cell is on the screen: thousands take room too."""
    if isinstance(value, str | list | bool) or hasattr(value, "year") or column.kind in (None, "year"):
        return str(value)
    return f"{value:,.{column.digits}f}"
