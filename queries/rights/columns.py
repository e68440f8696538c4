"""The columns of an answer as a reader receives them: after rights and statistical secrecy."""

from dataclasses import replace

from queries.questions import AnswerColumn, Question
from queries.rights.rights import WITHHELD
from queries.secrecy.hidden_figures import shown_columns
from queries.secrecy.line_counts import UNIT


def reader_columns(question: Question) -> tuple[AnswerColumn, ...]:
    """The columns that leave, in their order. Those that rights or secrecy may empty are nullable, whatever the header declares."""
    return tuple(
        replace(column, nullable=True) if column.name in WITHHELD or column.unit == UNIT else column
        for column in shown_columns(question)
    )
