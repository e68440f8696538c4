"""The rows of the page of clause types: those of answers, with the name of their category."""

from queries.answers import ClauseCountingRow


class NamedCountingRow(ClauseCountingRow):
    """A row of clause_counting with the name of its category."""

    name: str
