"""The rows of the page of clause types: those of answers, with the name of their category."""

from queries.answers import ClauseCountingRow, HoursByClauseRow


class NamedClauseRow(HoursByClauseRow):
    """A row of hours_by_clause with the name of its category."""

    name: str


class NamedCountingRow(ClauseCountingRow):
    """A row of clause_counting with the name of its category."""

    name: str
