"""Opens an XLSX workbook: each visible sheet, cell by cell, as a CSV that DuckDB reads.

A cell is written as displayed where its format changes its meaning: 0.05 in the format 5 % is "5 %", a duration is "151:30". A
date is ISO, a number has a point, a whole number none (so the lot typed as the number 1 is the text "1"). A formula stands for the
value that the spreadsheet saved with it.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

from data.problems import ExtractError, Problem
from data.sources.sheet import LOOKED_AT, FaultList, Sheet, bounded, last_given
from data.sources.xlsx_bounds import LARGEST, MOST_CELLS, MOST_ROWS, checked, too_large
from data.words import N_

_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
HIDDEN = N_("feuille «\u00a0{sheet}\u00a0» masquée, passée\u202f; affichez-la dans le classeur pour qu’elle soit lue.")
HIDDEN_ROWS = N_(
    "lignes masquées ou filtrées\u00a0: {n}\u202f; celles des feuilles visibles sont lues comme les autres."
)

HIDDEN_COLUMNS = N_("colonnes masquées\u00a0: {n}\u202f; celles des feuilles visibles sont lues comme les autres.")


def read(path: Path, work: Path) -> tuple[list[Sheet], list[Problem]]:
    """The visible sheets that hold anything, and a notice for each hidden one. ExtractError when the workbook is unreadable."""
    import openpyxl  # 0.3 s, for this format alone

    sheets: list[Sheet] = []
    notices: list[Problem] = []
    try:
        computed, hidden_rows, hidden_columns = checked(path)
        book = openpyxl.load_workbook(path, read_only=True, keep_links=False, data_only=True)
        formulas = openpyxl.load_workbook(path, read_only=True, keep_links=False) if computed else None
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        notices = [
            Problem(kind="hidden_sheet", file=path.name, message=HIDDEN, values={"sheet": sheet.title})
            for sheet in book.worksheets
            if sheet.sheet_state != "visible"
        ]
        if hidden_rows:
            values = {"n": hidden_rows}
            notices.append(
                Problem(kind="hidden_rows", file=path.name, message=HIDDEN_ROWS, values=values, count=hidden_rows)
            )
        if hidden_columns:
            values = {"n": hidden_columns}
            notices.append(
                Problem(
                    kind="hidden_columns", file=path.name, message=HIDDEN_COLUMNS, values=values, count=hidden_columns
                )
            )
        for sheet in visible:
            name = path.name if len(book.worksheets) == 1 else f"{path.name} [{sheet.title}]"
            sheet.reset_dimensions()
            beside = None
            if formulas is not None:
                twin = formulas[sheet.title]
                twin.reset_dimensions()
                beside = twin.iter_rows(values_only=True)
            sheets.append(_sheet(name, sheet.iter_rows(), beside, work))
        book.close()
        if formulas is not None:
            formulas.close()
    except (ExtractError, OSError):
        raise
    except Exception as error:  # openpyxl raises whatever its XML and ZIP layers raise
        message = N_("classeur illisible ou tronqué\u202f; enregistrez-le de nouveau en .xlsx.")
        raise ExtractError(Problem(kind="broken_xlsx", file=path.name, message=message)) from error
    return [sheet for sheet in sheets if sheet.top], notices


def _sheet(name: str, rows: Iterator[Any], formulas: Iterator[tuple[Any, ...]] | None, work: Path) -> Sheet:
    """One sheet, written as a CSV with the number of its row first."""
    copy = work / f"{len(list(work.iterdir()))}.csv"
    top: list[tuple[int, tuple[str, ...]]] = []
    faults = FaultList()
    width = seen = 0
    percents: dict[str, bool] = {}

    def is_percent(cell: Any) -> bool:
        form = cell.number_format
        if form not in percents:
            percents[form] = "%" in re.sub(r'"[^"]*"|\\.', "", form or "")
        return percents[form]

    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for number, (row, written) in enumerate(zip(rows, formulas or repeat(()), strict=False), start=1):
            cells = [_text(cell.value, cell, is_percent) for cell in row]
            seen += len(cells) + 1
            # A row may say that it is the thousand millionth, and a shared text of a megabyte stand in every cell.
            if seen > MOST_CELLS or number > MOST_ROWS or (number % 1_000 == 0 and file.tell() > LARGEST):
                raise too_large(name)
            if formulas is not None:
                _note_formulas(cells, written, number, faults)
            end = last_given(cells)
            if not end:
                continue
            bounded(name, cells[:end])
            width = max(width, end)
            for column, text in enumerate(cells):
                if text[:1] == "#" and text in _ERRORS:
                    faults.add("cell_error", column, number)
            if len(top) < LOOKED_AT:
                top.append((number, tuple(cells[:end])))
            writer.writerow([number, *cells[:end]])
    return Sheet(file=name, copy=copy, width=width, top=tuple(top), faults=faults.all())


def _note_formulas(cells: list[str], written: tuple[Any, ...], number: int, faults: FaultList) -> None:
    """Counts the cells of a row that a formula computes, and those for which no value was saved with it."""
    for column, formula in enumerate(written):
        saved = cells[column] if column < len(cells) else ""
        if isinstance(formula, str) and (formula[:1] != "=" or formula == saved):
            continue  # a text, which may begin with =
        if isinstance(formula, str) or type(formula).__name__.endswith("Formula"):
            faults.add("computed" if saved else "formula", column, number)


def _text(value: Any, cell: Any, is_percent: Callable[[Any], bool]) -> str:
    """A cell as text that data/sources/cells.py reads without doubt."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return duration(value.total_seconds())
    if isinstance(value, dt.time):
        return duration(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, (int, float)):
        return f"{number_text(value * 100)} %" if is_percent(cell) else number_text(value)
    return str(value)


def duration(seconds: float) -> str:
    """Seconds as a spreadsheet shows a duration: 151:30, or 7:30:20 when there are odd seconds."""
    sign, whole = ("-" if seconds < 0 else ""), round(abs(seconds))
    rest = f":{whole % 60:02}" if whole % 60 else ""
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02}{rest}"


def number_text(value: float) -> str:
    """A number with a point. Hundredths come without binary dust; a third decimal is kept, to be refused later.

    Never exactly three decimals: 1.234 could be read as a thousand and more.
    """
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    if abs(value - round(value, 2)) <= 1e-6:
        return f"{round(value, 2):.2f}"
    text = f"{value:.10f}".rstrip("0")
    return text + "0" if len(text.partition(".")[2]) == 3 else text
