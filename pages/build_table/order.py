"""The order of the lines of a built table: by its names or by a column, as the reader clicks its headers. Kept in the address."""

from dataclasses import dataclass
from typing import Final

from data.words import Words
from pages.build_table.layout import BY_NAME, Across, Layout
from pages.parts.sorting import Row, Sorting, head

TABLE: Final = "tableau"


@dataclass(frozen=True, slots=True)
class _Header:
    """A header that orders the lines."""

    key: str
    is_number: bool = True
    ordered_by: str = ""

    def cell(self, row: Row, words: Words) -> str:
        """Not called: the layout orders its lines."""
        raise NotImplementedError


def in_order(layout: Layout) -> Layout:
    """The layout with its lines in the order that the address asks for."""
    return Layout(layout.table, layout.names, _sorting(layout).chosen)


def headers_of(layout: Layout, columns: tuple[Across, ...]) -> tuple[list[tuple[str, str, str]], tuple[str, str, str]]:
    """Of each column, then of the names: how its header orders the lines (aria-sort), where it leads, its id."""
    sorting = _sorting(layout)
    return [head(sorting, _Header(column.name)) for column in columns], head(sorting, _Header(BY_NAME, False))


def _sorting(layout: Layout) -> Sorting:
    columns = (_Header(BY_NAME, False), *(_Header(column.name) for column in layout.columns))
    return Sorting(name=TABLE, columns=columns, usual=layout.usual_order, is_cut=True)
