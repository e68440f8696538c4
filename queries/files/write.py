"""Writes an answer of the shell command: a table for the eye, CSV for French Excel, JSON, Parquet, XLSX."""

import io
import unicodedata
from collections.abc import Callable
from typing import Any, BinaryIO

import pyarrow as pa

from queries.files.csv import write_csv
from queries.files.data import write_parquet, write_rows
from queries.files.exports import Export, neutralised, plain
from queries.files.xlsx import write_xlsx

__all__ = ["FORMATS", "as_csv", "as_json", "as_parquet", "as_table", "as_xlsx", "neutralised"]


def as_csv(answer: pa.Table) -> bytes:
    """CSV for French Excel: semicolons, decimal commas, UTF-8 with BOM, dates as 31/12/2019. Empty for nothing."""
    return _written(write_csv, answer)


def as_json(answer: pa.Table) -> bytes:
    """One array of objects: hours and ratios as numbers, dates as ISO text, null for nothing."""
    return _written(write_rows, answer) + b"\n"


def as_parquet(answer: pa.Table) -> bytes:
    """Typed Parquet, zstd."""
    return _written(write_parquet, answer)


def as_xlsx(answer: pa.Table) -> bytes:
    """A sheet with typed cells under the names of the columns."""
    return _written(write_xlsx, answer)


def as_table(answer: pa.Table) -> bytes:
    """Aligned columns for a terminal: text to the left, numbers to the right."""
    names = answer.column_names
    rows = [[_terminal_cell(value) for value in row.values()] for row in answer.to_pylist()]
    widths = [max([len(name), *(len(row[i]) for row in rows)]) for i, name in enumerate(names)]
    numeric = [pa.types.is_decimal(t) or pa.types.is_integer(t) or pa.types.is_floating(t) for t in answer.schema.types]

    def line(cells: list[str]) -> str:
        parts = [c.rjust(w) if right else c.ljust(w) for c, w, right in zip(cells, widths, numeric, strict=True)]
        return "  ".join(parts).rstrip()

    return "\n".join([line(names), line(["-" * width for width in widths]), *map(line, rows), ""]).encode("utf-8")


def _terminal_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    # A name with an escape of the terminal would move the cursor, or rename the window.
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)


def _written(write: Callable[[Export, pa.RecordBatchReader, BinaryIO], None], answer: pa.Table) -> bytes:
    out = io.BytesIO()
    write(plain(answer.schema), answer.to_reader(), out)
    return out.getvalue()


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json, "parquet": as_parquet, "xlsx": as_xlsx}
