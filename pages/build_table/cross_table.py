"""A built table as semantic HTML: wide ones scroll sideways under their first column, groups stand above their lines."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from pages.build_table.layout import Across, Layout
from pages.build_table.order import headers_of
from pages.parts.markup import html
from queries.secrecy.companies import Place
from queries.table_builder.parts import DIMENSIONS

_TALL: Final = 40  # lines; a longer table scrolls in its own frame, under its header


def cross_table(layout: Layout) -> str:
    """The table with its caption above, the totals set apart; as much of it as the screen has room for."""
    columns, lines = layout.visible_columns, layout.visible_lines
    definition, names = layout.definition, layout.names
    kinds = ["cap-table", "cap-cross"]
    if len(lines) > _TALL:
        kinds.append("tall")
    if definition.columns is not None and DIMENSIONS[definition.columns].time:
        kinds.append("cap-newest")
    orders, by_name = headers_of(layout, columns)
    of_values = definition.columns is not None and len(definition.measures) == 1
    return html(
        "build_table/cross_table.html",
        caption=layout.caption,
        kinds=" ".join(kinds),
        columns=columns,
        groups=_groups(columns) if definition.columns is not None and not of_values else [],
        down=" / ".join(names.dimension(code) for code in definition.rows),
        down_order=by_name,
        headers=[
            (column.label if of_values else names.header(column.measure, column.share), *order)
            for column, order in zip(columns, orders, strict=True)
        ],
        lines=[(line, _texts(line.row, columns, layout)) for line in lines],
        total=layout.words.say("Total"),
        totals=_texts((), columns, layout),
    )


def _groups(columns: Sequence[Across]) -> list[tuple[int, Across]]:
    """The values across, above their measures: how many columns each has, and its first."""
    groups = (list(group) for _, group in groupby(columns, key=lambda column: column.key))
    return [(len(group), group[0]) for group in groups]


def _texts(row: Place, columns: Sequence[Across], layout: Layout) -> list[str]:
    return [layout.text(layout.cell(row, column), column) for column in columns]
