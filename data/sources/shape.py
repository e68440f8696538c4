"""From a sheet to a table as people see it: where its header is, what stands above, which columns are months.

`shape` looks at the first rows alone, which are plain values; `laid_out` then makes the table that DuckDB reads below the header.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import duckdb

from data.problems import Problem
from data.sources import csv as read_csv
from data.sources.month_columns import MonthColumn, month_columns
from data.sources.raw_table import RawTable, csv_relation, cut
from data.sources.reading_dates import MONTH_NAMES, month
from data.sources.sheet import Sheet, bounded
from data.words import N_, folded

# How many of the first rows a header is looked for in.
_SEARCHED = 20
Row = tuple[int, tuple[str, ...]]
# What a header is worth: 3 when it is known, 1 when it suggests something, 0 otherwise.
Weight = Callable[[str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a sheet is laid out. `last`: the number of the header's last row; `above`: texts of the rows above it."""

    headers: tuple[str, ...]
    first: int
    last: int
    above: tuple[str, ...] = ()
    months: tuple[MonthColumn, ...] = ()
    bare: tuple[int, ...] = ()


def shape(top: Sequence[Row], weight: Weight, name: str = "") -> Shape | None:
    """The layout of the first rows; None when nothing stands there. `name`: of file and sheet, which may hold a year."""
    rows = [(number, tuple(cell.strip() for cell in cells)) for number, cells in top]
    rows = [(number, cells) for number, cells in rows if any(cells) and not _is_separator(cells)]
    if not rows:
        return None
    best: tuple[int, int, int, tuple[str, ...]] | None = None
    for place in range(min(len(rows), _SEARCHED)):
        for height in (1, 2):
            headers = _headers(rows, place, height)
            if headers is None:
                continue
            score = sum(weight(header) for header in dict.fromkeys(headers) if header)
            # A cell that stands under nothing belongs to the header above, unless it is data.
            score += int(height == 2 and _fills_gaps(rows[place][1], rows[place + 1][1]))
            if best is None or score > best[0]:
                best = score, place, height, headers
    assert best is not None
    score, place, height, headers = best
    if score < 3:
        place, height = _fullest(rows), 1
        headers = rows[place][1]
    above = tuple(cell for _, cells in rows[:place] for cell in cells if cell)
    below = [cells for _, cells in rows[place + height :]]
    bare = tuple(
        n for n, header in enumerate(headers) if not header and any(n < len(cells) and cells[n] for cells in below)
    )
    return Shape(
        headers=headers,
        first=rows[place][0],
        last=rows[place + height - 1][0],
        above=above,
        months=month_columns(headers, " ".join([*above, name])),
        bare=bare,
    )


def _is_separator(cells: tuple[str, ...]) -> bool:
    """Excel's own first line, "sep=;"."""
    return cells[0].lower().startswith("sep=") and not any(cells[1:])


def _headers(rows: Sequence[Row], place: int, height: int) -> tuple[str, ...] | None:
    """The headers of one row, or of two where the second one says more under a cell that spans several columns."""
    upper = rows[place][1]
    if height == 1:
        return upper
    if place + 1 >= len(rows) or rows[place + 1][0] != rows[place][0] + 1:
        return None
    lower = rows[place + 1][1]
    filled = [cell for cell in lower if cell]
    if len(filled) < 2 or any(_is_data(cell) for cell in filled):
        return None
    width = max(len(upper), len(lower))
    upper, lower = (cells + ("",) * (width - len(cells)) for cells in (upper, lower))
    joined: list[str] = []
    over = ""
    for above, below in zip(upper, lower, strict=True):
        over = above or (over if below else "")
        is_month = folded(below).strip(" .") in MONTH_NAMES or month(below) is not None
        # Above months only a year says something of them.
        parts = (below, over) if is_month and re.fullmatch(r"20\d\d", over) else (below,) if is_month else (over, below)
        joined.append(" ".join(part for part in parts if part))
    return tuple(joined)


def _fills_gaps(upper: Sequence[str], lower: Sequence[str]) -> bool:
    return any(cell and (n >= len(upper) or not upper[n]) for n, cell in enumerate(lower))


def _is_data(cell: str) -> bool:
    """Whether a cell is a value rather than a part of a header; a month may be one."""
    return re.search(r"\d", cell) is not None and month(cell) is None


def _fullest(rows: Sequence[Row]) -> int:
    """Of rows whose headers nobody knows, the first one that is nearly as full as any."""
    counts = [sum(bool(cell) for cell in cells) for _, cells in rows[:_SEARCHED]]
    return next(n for n, count in enumerate(counts) if count >= 0.6 * max(counts))


def laid_out(sheet: Sheet, weight: Weight, connection: duckdb.DuckDBPyConnection) -> RawTable | None:
    """The table below the sheet's header; None when the sheet is empty. ExtractError when its lines cannot be parted."""
    if sheet.table is not None:
        bounded(sheet.file, sheet.table.headers)
        return sheet.table
    layout = shape(sheet.top, weight, sheet.file)
    if layout is None:
        return None
    assert sheet.copy is not None
    notices = _notices(sheet.file, layout)
    if not sheet.numbered:
        headers = layout.headers
        while len(headers) > 1 and not headers[-1] and len(headers) - 1 not in layout.bare:
            headers = headers[:-1]
        bounded(sheet.file, headers)
        raw = read_csv.below(sheet, headers, layout.last, connection)
        return replace(raw, months=layout.months, notices=(*notices, *raw.notices), top=_below(sheet, layout))
    headers = layout.headers + ("",) * (sheet.width - len(layout.headers))
    bounded(sheet.file, headers)
    fields = tuple(f"f{n}" for n in range(len(headers)))
    relation = csv_relation(sheet.copy, {"line": "BIGINT"} | dict.fromkeys(fields, "VARCHAR"), padded=True)
    return RawTable(
        file=sheet.file,
        relation=f"(FROM {relation} WHERE line > {layout.last})",
        row="line",
        headers=headers,
        fields=fields,
        types=("VARCHAR",) * len(fields),
        faults=tuple(fault for fault in sheet.faults if fault.rows[-1] > layout.last),
        months=layout.months,
        notices=tuple(notices),
        top=_below(sheet, layout),
        by_hand=True,
    )


def _below(sheet: Sheet, layout: Shape) -> tuple[tuple[str, ...], ...]:
    """The first rows below the header."""
    return tuple(cells for number, cells in sheet.top if number > layout.last)


def _notices(file: str, layout: Shape) -> list[Problem]:
    notices = []
    if layout.above:
        message = N_("en-têtes trouvés à cette ligne\u202f; au-dessus, «\u00a0{above}\u00a0» n’est pas lu.")
        notices.append(
            Problem(
                kind="header_below", file=file, row=layout.first, message=message,
                values={"above": cut(" ".join(layout.above))},
            )
        )  # fmt: skip
    if layout.last > layout.first:
        message = N_("en-têtes sur deux lignes, réunis\u00a0: {names}.")
        joined = [header for header in layout.headers if " " in header]
        values = {"names": cut(", ".join(joined))}
        notices.append(Problem(kind="two_row_header", file=file, row=layout.first, message=message, values=values))
    if layout.bare:
        message = N_("colonnes sans en-tête, non lues\u00a0: {n}.")
        notices.append(Problem(kind="bare_columns", file=file, message=message, values={"n": len(layout.bare)}))
    return notices
