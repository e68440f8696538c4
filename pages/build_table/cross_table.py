"""A built table as semantic HTML: wide ones scroll sideways under their first column, groups stand above their lines."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Final

from pages.build_table.layout import Across, Layout, Line
from queries.secrecy.companies import Place

_TALL: Final = 40  # lines; a longer table scrolls in its own frame, under its header


def cross_table(layout: Layout) -> str:
    """The table with its caption above, the totals set apart; as much of it as the screen has room for."""
    columns, lines = layout.shown_columns, layout.shown_lines
    caption = escape(layout.caption)
    body = "".join(_line(line, columns, layout) for line in lines)
    total = escape(layout.words.say("Total"))
    kinds = ["cap-table", "cap-cross"]
    if len(lines) > _TALL:
        kinds.append("tall")
    if len(layout.definition.measures) == 1:
        kinds.append("single")  # its total stays in sight too
    return (
        # The caption stands above what scrolls, so that a phone shows all of it.
        f'<p class="cap-heat-caption" id="cap-cross">{caption}</p>'
        f'<div class="{" ".join(kinds)}" tabindex="0" role="region" aria-labelledby="cap-cross"><table aria-labelledby="cap-cross">'
        f"<thead>{_head(columns, layout)}</thead><tbody>{body}</tbody>"
        f'<tfoot><tr><th scope="row">{total}</th>{_cells((), columns, layout)}</tr></tfoot></table></div>'
    )


def _head(columns: Sequence[Across], layout: Layout) -> str:
    """One row of headers; above it the values across when each has several measures."""
    definition, names = layout.definition, layout.names
    down = " / ".join(names.dimension(code) for code in definition.rows)
    first = f'<th scope="col">{escape(down)}</th>'
    if definition.columns is None:
        own = (f'<th scope="col" class="number">{escape(names.header(c.measure, c.share))}</th>' for c in columns)
        return f"<tr>{first}{''.join(own)}</tr>"
    if len(definition.measures) == 1:
        own = (f'<th scope="col" class="number{_apart(c)}">{escape(c.label)}</th>' for c in columns)
        return f"<tr>{first}{''.join(own)}</tr>"
    groups = [(key, list(found)) for key, found in groupby(columns, key=lambda column: column.key)]
    above = (
        f'<th scope="colgroup" colspan="{len(found)}" class="number{_apart(found[0])}">{escape(found[0].label)}</th>'
        for _, found in groups
    )
    below = (
        f'<th scope="col" class="number{_apart(c)}">{escape(names.header(c.measure, c.share))}</th>' for c in columns
    )
    return f"<tr><td></td>{''.join(above)}</tr><tr>{first}{''.join(below)}</tr>"


def _line(line: Line, columns: Sequence[Across], layout: Layout) -> str:
    kind = ' class="group"' if line.is_group else ' class="inside"' if len(line.row) > 1 else ""
    return f'<tr{kind}><th scope="row">{escape(line.label)}</th>{_cells(line.row, columns, layout)}</tr>'


def _cells(row: Place, columns: Sequence[Across], layout: Layout) -> str:
    return "".join(
        f'<td class="number{_apart(column)}">{escape(layout.text(layout.cell(row, column), column))}</td>'
        for column in columns
    )


def _apart(column: Across) -> str:
    """The total of a line is set apart where there are others beside it."""
    return " total" if column.apart else ""
