"""The sheet that says what a workbook holds: its facts, then what each column means."""

from xlsxwriter.worksheet import Worksheet

from queries.exports import RATIOS, Export, neutralised
from queries.xlsx_formats import Formats

_LONGEST_LINK = 2_000  # characters; Excel takes 2 079


def write_about(sheet: Worksheet, export: Export, formats: Formats) -> None:
    """One line a fact, one line a column."""
    words = export.words
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 64)
    sheet.set_column(2, 3, 48)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, neutralised(export.title), formats.title)
    row = 2
    for fact in export.facts:
        if not fact.text:
            continue
        sheet.write_string(row, 0, fact.label, formats.label)
        if fact.text.startswith(("http://", "https://")) and len(fact.text) < _LONGEST_LINK:
            sheet.write_url(row, 1, fact.text, formats.link)
        else:
            sheet.write_string(row, 1, neutralised(fact.text), formats.text)
        row += 1
    row += 1
    for place, header in enumerate((words.column, words.definition, words.formula, words.unit)):
        sheet.write_string(row, place, header, formats.header)
    for column in export.columns:
        row += 1
        unit = "%" if column.kind in RATIOS else column.unit
        for place, text in enumerate((column.header, column.definition, column.formula, unit)):
            sheet.write_string(row, place, neutralised(text), formats.label if place == 0 else formats.text)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
