"""In which order a table stands: that of its question, or by a column that the reader clicked. Kept in the address.

A table that shows a part of its rows is ordered where they are chosen, before they are cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from data.words import Words, sorting_name
from pages.parts.address_choice import AddressChoice, one_of
from pages.parts.paging import here
from queries.secrecy.cells import is_hidden

Row = Mapping[str, Any]
_DOWN: Final = "-"


def address_key(name: str) -> str:
    """The key of the address that has the order of a table."""
    return f"tri_{name}"


class Sortable(Protocol):
    """What ordering needs to know of a column."""

    @property
    def key(self) -> str:
        """The key of the row."""

    @property
    def ordered_by(self) -> str:
        """The key of the row that orders in its place; empty where its own does."""

    @property
    def is_number(self) -> bool:
        """Whether it is a number: those are looked for from the highest."""

    def cell(self, row: Row, words: Words) -> str:
        """What it says on screen: names and labels are ordered by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The column that orders a table, from the lowest to the highest unless `descending`."""

    key: str
    descending: bool = False

    @property
    def text(self) -> str:
        """As it stands in the address."""
        return f"{_DOWN if self.descending else ''}{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """The order of one table: `chosen` by the reader, else as its page has it. `name`: of the table, its own on its page.

    `is_cut`: it has a part of its rows, which come in their order from where they were chosen.
    """

    name: str
    columns: tuple[Sortable, ...]
    usual: Order | None = None
    is_cut: bool = False

    @property
    def _choice(self) -> AddressChoice[str]:
        keys = [column.key for column in self.columns]
        return one_of(
            key=address_key(self.name), widget="", options=("", *keys, *(_DOWN + key for key in keys)), default=""
        )

    @property
    def chosen(self) -> Order | None:
        """The order that the address asks for; None when it asks for none, or for a column that there is not."""
        text = self._choice.value
        if not text:
            return None
        # A reader's SQL may name a column "-x".
        is_up = any(column.key == text for column in self.columns)
        return Order(key=text) if is_up else Order(key=text.removeprefix(_DOWN), descending=True)

    @property
    def order(self) -> Order | None:
        """The order in force; None: that of the question."""
        return self.chosen or self.usual

    def state(self, column: Sortable) -> str:
        """What its header is called for those who listen: ascending, descending, or nothing."""
        order = self.order
        if order is None or order.key != column.key:
            return ""
        return "descending" if order.descending else "ascending"

    def address(self, column: Sortable) -> str:
        """Where its header leads: numbers from the highest and texts from the first, then the other way round."""
        state = self.state(column)
        descending = state == "ascending" or (column.is_number and not state)
        wanted = Order(key=column.key, descending=descending)
        return here(self._choice.key, **({} if wanted == self.usual else {self._choice.key: wanted.text}))

    def place(self, column: Sortable) -> str:
        """The id of its header's link, where the reader stays."""
        return f"{address_key(self.name)}_{column.key}"

    def sorted(self, rows: Sequence[Row], words: Words) -> Sequence[Row]:
        """The rows in the order in force, those without a value, or with a hidden one, last."""
        order = self.order
        if order is None or self.is_cut:
            return rows
        column = next(column for column in self.columns if column.key == order.key)

        key = column.ordered_by or order.key

        def value(row: Row) -> Any:
            return sorting_name(column.cell(row, words)) if isinstance(row[key], str) else row[key]

        def is_known(row: Row) -> bool:
            return row[key] is not None and not is_hidden(row, key)

        known = sorted((row for row in rows if is_known(row)), key=value, reverse=order.descending)
        return [*known, *(row for row in rows if not is_known(row))]


def head(sorting: Sorting | None, column: Sortable) -> tuple[str, str, str]:
    """How a header orders the rows (aria-sort), where it leads, its id; empty without sorting."""
    if sorting is None:
        return "", "", ""
    return sorting.state(column), sorting.address(column), sorting.place(column)
