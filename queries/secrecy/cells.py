"""Published figures about participants: the safe computations, and the difference between a hidden figure and an absent one.

An answer about persons has a column `hidden`: the names of the columns that statistical secrecy empties in the row. An empty
column that is not among them is merely unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

HIDDEN: Final = "hidden"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure. Without a value it is hidden, or unknown."""

    value: float | None
    hidden: bool = False

    def over(self, whole: "Cell") -> "Cell":
        """The ratio to another figure: hidden when one of them is, unknown when one is unknown or nothing is to divide by."""
        if self.hidden or whole.hidden:
            return Cell(None, hidden=True)
        if self.value is None or not whole.value:
            return Cell(None)
        return Cell(float(self.value) / float(whole.value))

    def part_of(self, whole: "Cell") -> "Cell":
        """`over` for a part: never above 1, which two rounded numbers could give."""
        share = self.over(whole)
        return share if share.value is None else Cell(min(share.value, 1.0))


def rest_of(shares: Sequence[float | None]) -> float:
    """What is left of a whole beside some of its shares: the part that is not drawn, or not disclosed."""
    return max(0.0, 1 - sum(share or 0 for share in shares))


def is_hidden(row: Row, column: str) -> bool:
    """Whether statistical secrecy emptied that column of the row."""
    return column in (row.get(HIDDEN) or ())


def cell(row: Row, column: str) -> Cell:
    """A figure of a row."""
    return Cell(row[column], hidden=is_hidden(row, column))


def with_cells(row: Row, **figures: Cell) -> dict[str, Any]:
    """The row with more figures: tables and files tell the hidden ones from the absent ones."""
    names = [*(row.get(HIDDEN) or ()), *(name for name, figure in figures.items() if figure.hidden)]
    return {**row, **{name: figure.value for name, figure in figures.items()}, HIDDEN: names}
