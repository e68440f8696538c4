"""A small ODS, written by hand: what LibreOffice writes, and nothing else."""

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}


def write_ods(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """The sheets in order; one whose name begins with - is hidden. A pair is a formula and its saved value."""
    tables = []
    for name, rows in sheets.items():
        style = "hidden" if name.startswith("-") else "shown"
        body = "".join(f"<table:table-row>{''.join(map(_cell, row))}{_EMPTY}</table:table-row>" for row in rows)
        tables.append(
            f'<table:table table:name={quoteattr(name.lstrip("-"))} table:style-name="{style}">{body}{_END}</table:table>'
        )
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{display}"/></style:style>'
        for name, display in (("shown", "true"), ("hidden", "false"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


# Sheets end on thousands of empty cells and a million empty rows.
_EMPTY = '<table:table-cell table:number-columns-repeated="16377"/>'
_END = f'<table:table-row table:number-rows-repeated="1048573">{_EMPTY}</table:table-row>'


def _cell(value: Any) -> str:
    formula = ""
    if isinstance(value, tuple):
        formula, value = f" table:formula={quoteattr('of:' + value[0])}", value[1]
    if value is None:
        return f"<table:table-cell{formula}/>"
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        kind = f'office:value-type="time" office:time-value="PT{seconds // 3600}H{seconds // 60 % 60:02}M{seconds % 60:02}S"'
    elif isinstance(value, dt.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, (int, float)):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}{formula}><text:p>{escape(str(value))}</text:p></table:table-cell>"
