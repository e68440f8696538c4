"""Writes an answer: a table for the eye, CSV for French Excel, JSON, Parquet."""

import csv
import datetime as dt
import io
import json
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BOM = "\ufeff"
# A cell that begins with one of these is run as a formula by spreadsheets; an apostrophe before it makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutralised(text: str) -> str:
    """The text, harmless in a spreadsheet. Read back by removing one leading apostrophe before such a character."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def as_csv(answer: pa.Table) -> bytes:
    """CSV for French Excel: semicolons, decimal commas, UTF-8 with BOM, dates as 31/12/2019. Empty for nothing."""
    return csv_bytes(answer.column_names, (row.values() for row in answer.to_pylist()))


def csv_bytes(headers: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """`as_csv` for rows that were made elsewhere, with headers for readers."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(neutralised, headers))
    writer.writerows(map(_csv_cell, row) for row in rows)
    return out.getvalue().encode("utf-8")


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal | float):
        return str(value).replace(".", ",")
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, list):
        return neutralised(", ".join(map(str, value)))
    return neutralised(str(value)) if isinstance(value, str) else str(value)


def as_json(answer: pa.Table) -> bytes:
    """One array of objects: hours and ratios as numbers, dates as ISO text, null for nothing."""
    return json.dumps(answer.to_pylist(), default=_json_value, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _json_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")


def as_parquet(answer: pa.Table) -> bytes:
    """Typed Parquet, zstd."""
    out = io.BytesIO()
    pq.write_table(answer, out, compression="zstd")
    return out.getvalue()


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
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    # A name with an escape of the terminal would move the cursor, or rename the window.
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in str(value))


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json, "parquet": as_parquet}
