"""Reads an XLSX source: the sheets whose headers fit a table, cell by cell, into a CSV that DuckDB reads.

Cells keep what the sheet means: a date is written as ISO, a number with a point, a whole number without one (so the lot
typed as the number 1 is the text "1", and never "01"). A formula is refused: its last result may be stale or absent.
"""

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from data.problems import ExtractError, Problem
from data.sources.mapping import Mapping
from data.sources.raw_table import RawTable, csv_relation, shown
from data.words import N_

# Unpacked size above which a workbook is refused: it would fill the memory, and larger extracts belong in Parquet.
LARGEST = 1 << 30
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
_FORMULA = N_("formule\u202f; remplacez-la par sa valeur (copier, collage spécial, valeurs).")
_ERROR = N_("erreur de calcul\u202f; corrigez la cellule ou videz-la.")


def read(path: Path, mapping: Mapping, work: Path) -> tuple[list[RawTable], list[Problem]]:
    """The tables of the workbook, and a notice for each sheet passed over. ExtractError when it is unreadable."""
    import openpyxl  # 0.3 s, for this format alone

    tables: list[RawTable] = []
    notices: list[Problem] = []
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            message = N_("classeur trop volumineux\u202f; exportez-le en CSV ou en Parquet.")
            raise ExtractError(Problem(kind="too_large", file=path.name, message=message))
        book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
        sheets = list(book.worksheets)
        for sheet in sheets:
            sheet.reset_dimensions()
            rows = enumerate(sheet.iter_rows(values_only=True), start=1)
            headers = next(([_text(cell).strip() for cell in row] for _, row in rows if any(_given(row))), [])
            if mapping.table_of(headers) is None and (len(sheets) > 1 or not headers):
                message = N_("feuille «\u00a0{sheet}\u00a0» passée\u00a0: ses colonnes ne sont celles d’aucune table.")
                notices.append(
                    Problem(kind="sheet_passed_over", file=path.name, message=message, values={"sheet": sheet.title})
                )
            else:
                name = path.name if len(sheets) == 1 else f"{path.name} [{sheet.title}]"
                tables.append(_table(name, headers, mapping, rows, work))
        book.close()
    except (ExtractError, OSError):
        raise
    except Exception as error:  # openpyxl raises whatever its XML and ZIP layers raise
        message = N_("classeur illisible ou tronqué\u202f; enregistrez-le de nouveau en .xlsx.")
        raise ExtractError(Problem(kind="broken_xlsx", file=path.name, message=message)) from error
    if not tables:
        message = N_("aucune feuille n’a les colonnes d’une table (marchés ou heures).")
        raise ExtractError(Problem(kind="unknown_table", file=path.name, message=message))
    return tables, notices


def _table(
    name: str, headers: Sequence[str], mapping: Mapping, rows: Iterable[tuple[int, tuple[Any, ...]]], work: Path
) -> RawTable:
    """One sheet, written as a CSV with the number of its row first."""
    copy = work / f"{len(list(work.iterdir()))}.csv"
    read = [mapping.known([header]) == 1 for header in headers]
    faults: dict[tuple[str, str], list[Problem]] = {}
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for number, row in rows:
            if not any(_given(row)):
                continue
            cells = [_text(cell) for cell in row[: len(headers)]]
            for header, cell, wanted in zip(headers, cells, read, strict=False):
                if wanted and (cell.startswith("=") or cell in _ERRORS):
                    kind, message = ("formula", _FORMULA) if cell.startswith("=") else ("cell_error", _ERROR)
                    problem = Problem(kind=kind, file=name, row=number, column=header, message=message)
                    faults.setdefault((kind, header), []).append(problem)
            writer.writerow([number, *cells, *[""] * (len(headers) - len(cells))])
    fields = [f"f{n}" for n in range(len(headers))]
    return RawTable(
        file=name,
        relation=csv_relation(copy, {"line": "BIGINT"} | dict.fromkeys(fields, "VARCHAR")),
        row="line",
        headers=tuple(headers),
        fields=tuple(fields),
        types=("VARCHAR",) * len(fields),
        problems=tuple(problem for found in faults.values() for problem in shown(found)),
    )


def _given(row: tuple[Any, ...]) -> Iterator[bool]:
    return (cell is not None and cell != "" for cell in row)


def _text(cell: Any) -> str:
    """A cell as text that `data.sources.sources.cells` reads without doubt."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, (int, str)):
        return str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return "=" if type(cell).__name__.endswith("Formula") else str(cell)


def _number(value: float) -> str:
    """A number with a point. Hundredths come without binary dust; a third decimal is kept, to be refused later.

    Never exactly three decimals: 1.234 could be read as a thousand and more.
    """
    if value.is_integer():
        return str(int(value))
    if abs(value - round(value, 2)) <= 1e-6:
        return f"{round(value, 2):.2f}"
    text = f"{value:.10f}".rstrip("0")
    return text + "0" if len(text.partition(".")[2]) == 3 else text
