"""How one table of a source will be read, and the headers over its cells."""

from dataclasses import dataclass, field

from data.problems import Problem
from data.schema import Table
from data.sources.made_fields import Field
from data.sources.mapping_entries import Suggestion
from data.sources.month_columns import HOURS_OF_MONTH, MONTH
from data.sources.raw_table import RawTable, cut


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """One table of a source as it will be read: `fields` by column of `table`; None is a table of nothing known.

    `repeats`: a table of one year's months describes its lots, which that of another year describes as well.
    """

    raw: RawTable
    table: Table | None
    fields: dict[str, Field] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    repeats: bool = False

    @property
    def month_of_row(self) -> str:
        """The SQL of the month that tells apart the rows made of one line of a sheet; NULL where each line is one row."""
        return "t_month" if self.raw.months_read else "CAST(NULL AS VARCHAR)"

    def header(self, column: str, month: str | None = None) -> str:
        """The header over a cell as its reader sees it, with the column's own name where they differ.

        `month`: of the row, first day as text; in a table with months as columns it tells which header is meant.
        """
        at = self.fields.get(column)
        if at is not None and month and at.sql in (MONTH, HOURS_OF_MONTH):
            return cut(self.raw.months_read[month])
        return column if at is None or at.header == column else f"{cut(at.header)} ({column})"
