"""Opens an ODS spreadsheet (LibreOffice): each visible sheet, cell by cell, as a CSV that DuckDB reads.

Read from its XML as it streams, in bounded memory, for the libraries that read ODS lose what a cell means: python-calamine gives
5 % as 0.05 without its format, and odfpy holds the whole document in memory. An ODS cell says its own type.
"""

import csv
import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from data.problems import ExtractError, Problem
from data.sources.sheet import LOOKED_AT, FaultList, Sheet, bounded
from data.sources.xlsx import HIDDEN, duration, number_text
from data.sources.xlsx_bounds import LARGEST, MOST_CELLS, MOST_SHEETS, too_large
from data.sources.xml_stream import streamed
from data.words import N_

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_ROWS = 1_048_576
_MOST_REPEATED = 5_000_000  # cells of one row that a few bytes may make
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ENDS = {f"{_TABLE}table-row", f"{_TABLE}table"}
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ERROR = re.compile(r"(?:#[A-Z/0!?]+|Err:\d+)")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.,]+)S)?")


def read(path: Path, work: Path) -> tuple[list[Sheet], list[Problem]]:
    """The visible sheets that hold anything, and a notice for each hidden one. ExtractError when the file is unreadable."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("content.xml").file_size > LARGEST:
                raise too_large(path.name)
            with archive.open("content.xml") as file:
                return _sheets(path, file, work)
    except (zipfile.BadZipFile, KeyError, ParseError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        message = N_("classeur illisible ou tronqué\u202f; enregistrez-le de nouveau en .ods ou en .xlsx.")
        raise ExtractError(Problem(kind="broken_ods", file=path.name, message=message)) from error


def _sheets(path: Path, file: IO[bytes], work: Path) -> tuple[list[Sheet], list[Problem]]:
    with ExitStack() as copies:
        return _read_sheets(path, file, work, copies)


def _read_sheets(path: Path, file: IO[bytes], work: Path, copies: ExitStack) -> tuple[list[Sheet], list[Problem]]:
    """`copies`: what closes the files that are written, whatever happens."""
    sheets: list[Sheet] = []
    notices: list[Problem] = []
    hidden_styles: set[str] = set()
    names: list[str] = []
    style = ""
    writer: _SheetWriter | None = None
    for event, element in streamed(file, lambda element: element.tag in _ENDS):
        tag = element.tag
        if event == "start":
            if tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif tag == f"{_TABLE}table":
                title = element.get(f"{_TABLE}name", "")
                names.append(title)
                if len(names) > MOST_SHEETS:
                    raise too_large(path.name)
                if element.get(f"{_TABLE}style-name") in hidden_styles:
                    notices.append(
                        Problem(kind="hidden_sheet", file=path.name, message=HIDDEN, values={"sheet": title})
                    )
                    writer = None
                else:
                    writer = _SheetWriter(f"{path.name} [{title}]", work, copies)
        elif tag == f"{_STYLE}table-properties":
            if element.get(f"{_TABLE}display") == "false":
                hidden_styles.add(style)
        elif tag == f"{_TABLE}table-row":
            if writer is not None:
                writer.row(element)
        elif tag == f"{_TABLE}table":
            if writer is not None and (sheet := writer.finished()).top:
                sheets.append(sheet)
            writer = None
    if len(names) == 1 and sheets:
        (only,) = sheets
        sheets = [Sheet(file=path.name, copy=only.copy, width=only.width, top=only.top, faults=only.faults)]
    return sheets, notices


class _SheetWriter:
    """One sheet on its way to its copy."""

    def __init__(self, name: str, work: Path, copies: ExitStack) -> None:
        self._name = name
        self._copy = work / f"{len(list(work.iterdir()))}.csv"
        self._file = copies.enter_context(self._copy.open("w", encoding="utf-8", newline=""))
        self._writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        self._top: list[tuple[int, tuple[str, ...]]] = []
        self._faults = FaultList()
        self._number = 0
        self._rows = 0
        self._cells_written = 0
        self._width = 0

    def row(self, element: Element) -> None:
        """Writes a row as many times as it is repeated; empty ones only count."""
        times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = list(self._cells(element))
        bounded(self._name, cells)
        first = self._number + 1
        self._number += times
        self._rows += 1
        if cells and (self._number > _MOST_ROWS or times * len(cells) > _MOST_REPEATED):
            raise ValueError("a row is repeated beyond what a table holds")
        self._cells_written += times * len(cells)
        if self._rows > _MOST_ROWS or self._cells_written > MOST_CELLS:
            raise too_large(self._name)
        if not cells:
            return
        self._width = max(self._width, len(cells))
        for number in range(first, self._number + 1):
            for column, text in enumerate(cells):
                if _ERROR.fullmatch(text):
                    self._faults.add("cell_error", column, number)
            if len(self._top) < LOOKED_AT:
                self._top.append((number, tuple(cells)))
            self._writer.writerow([number, *cells])
            # A row may be repeated a million times by a few bytes.
            if number % 1_000 == 0 and self._file.tell() > LARGEST:
                raise too_large(self._name)

    def finished(self) -> Sheet:
        """The sheet, once its last row is there."""
        self._file.close()
        return Sheet(
            file=self._name, copy=self._copy, width=self._width, top=tuple(self._top), faults=self._faults.all()
        )

    def _cells(self, row: Element) -> Iterator[str]:
        """The texts of a row up to its last cell that holds something. Empty cells may be repeated 16 000 times."""
        empty, column = 0, 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            text = _text(cell)
            if cell.get(f"{_TABLE}formula"):
                self._faults.add("computed" if text else "formula", column, self._number + 1)
            column += times
            if not text:
                empty += times
                continue
            yield from [""] * min(empty, 100_000)
            empty = 0
            yield from [text] * min(times, 100_000)


def _text(cell: Element) -> str:
    """A cell as text that data/sources/cells.py reads without doubt."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    value = cell.get(f"{_OFFICE}value", "")
    if kind == "percentage":
        return f"{number_text(float(value) * 100)} %"
    if kind in ("float", "currency") and value:
        displayed = _displayed(cell)
        return displayed if _ERROR.fullmatch(displayed) else number_text(float(value))
    if kind == "date":
        day = cell.get(f"{_OFFICE}date-value", "")
        return day[:10] if day[10:] in ("", "T00:00:00") else day
    if kind == "time" and (match := _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value", ""))):
        days, hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in match.groups()[1:])
        return match[1] + duration(days * 86_400 + hours * 3_600 + minutes * 60 + seconds)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", "")
    return cell.get(f"{_OFFICE}string-value") or _displayed(cell)


def _displayed(cell: Element) -> str:
    """What stands in the cell, its paragraphs on lines of their own, a comment left aside."""
    return "\n".join("".join(_runs(part)) for part in cell if part.tag == f"{_TEXT}p")


def _runs(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            yield " " * min(int(part.get(f"{_TEXT}c", "1")), 1_000)
        elif part.tag == f"{_TEXT}tab":
            yield "\t"
        elif part.tag == f"{_TEXT}line-break":
            yield "\n"
        elif part.tag != f"{_OFFICE}annotation":
            yield from _runs(part)
        yield part.tail or ""
