"""How wide the columns of a table are: short texts on one line, long ones on several."""

from dataclasses import replace
from typing import Final

from pages.parts.paper_charts.fonts import text_width
from pages.reports.document import Table

_LONG: Final = 12.0  # a text of a table, in heights of its letters: it may take several lines
_LONGEST: Final = 45.0  # a column has no more for longer texts
_HALF: Final = 0.62  # of a header: with it, words fall into two lines
_SHEET: Final = 66.0  # a table of small letters across a sheet, in their heights
_FEW: Final = 8.0  # what a long text needs at least
_AROUND: Final = 1.0  # the margins of a column


def fitting(table: Table) -> Table:
    """The table with as many of its first columns as a sheet is wide enough for."""
    wide, count = 0.0, 0
    for needed, is_long in needs(table):
        wide += min(needed, _FEW) if is_long else needed
        if wide > _SHEET:
            break
        count += 1
    return replace(
        table,
        headers=table.headers[:count],
        numbers=table.numbers[:count],
        rows=tuple(row[:count] for row in table.rows),
        total=table.total[:count],
    )


def needs(table: Table) -> list[tuple[float, bool]]:
    """What each column needs, in heights of its letters, and whether its texts are long and may take several lines."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    needed_widths = []
    for number, header in enumerate(table.headers):
        word = max((text_width(word, 1, bold=True) for word in header.split(" ")), default=0.0)
        texts = max((text_width(row[number], 1, bold=bool(table.total)) for row in rows), default=0.0)
        # Two lines of a header, no more, where there is room.
        needed = max(word, min(texts, _LONGEST), text_width(header, 1, bold=True) * _HALF) + _AROUND
        needed_widths.append((needed, texts > _LONG))
    return needed_widths
