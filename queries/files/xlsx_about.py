"""The sheet that says what a workbook holds: its facts, then what each column means."""

import math
from typing import Final

from xlsxwriter.worksheet import Worksheet

from queries.files.exports import RATIOS, Export, neutralised
from queries.files.xlsx_formats import Formats

_WIDTHS: Final = (42, 64, 48, 14)  # in characters
_LINE: Final = 15  # points
_LONGEST_LINK: Final = 2_000  # characters; Excel takes 2 079


def write_about(sheet: Worksheet, export: Export, formats: Formats) -> None:
    """One line a fact, one line a column; those that mean the same, as the years of a built table, have one together."""
    words = export.words
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, neutralised(export.title), formats.title)
    row = 2
    for fact in export.facts:
        if not fact.text:
            continue
        sheet.set_row(row, _height((fact.label, fact.text)))
        sheet.write_string(row, 0, fact.label, formats.label)
        if fact.text.startswith(("http://", "https://")) and len(fact.text) < _LONGEST_LINK:
            sheet.write_url(row, 1, fact.text, formats.link)
        else:
            sheet.write_string(row, 1, neutralised(fact.text), formats.text)
        row += 1
    row += 1
    for place, header in enumerate((words.column, words.definition, words.formula, words.unit)):
        sheet.write_string(row, place, header, formats.header)
    for headers, description in _alike(export):
        row += 1
        header = headers[0] if len(headers) == 1 else f"{headers[0]} … {headers[-1]}"
        sheet.set_row(row, _height((header, *description)))
        for place, text in enumerate((header, *description)):
            sheet.write_string(row, place, neutralised(text), formats.label if place == 0 else formats.text)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _alike(export: Export) -> list[tuple[list[str], tuple[str, str, str]]]:
    """Headers with their definition, formula and unit; a column without a definition stands alone."""
    groups: dict[tuple[str, ...], tuple[list[str], tuple[str, str, str]]] = {}
    for column in export.columns:
        description = (column.definition, column.formula, "%" if column.kind in RATIOS else column.unit)
        key = description if column.definition else (column.name,)
        groups.setdefault(key, ([], description))[0].append(column.header)
    return list(groups.values())


def _height(texts: tuple[str, ...]) -> float:
    """Of a row whose texts go over several lines: not every program works it out by itself."""
    lines = (math.ceil(len(text) / width) for text, width in zip(texts, _WIDTHS, strict=False))
    return _LINE * max(1, *lines)
