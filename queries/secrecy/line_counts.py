"""Numbers of lines. A line is the work of one participant in one month, so that who may not see lines has their numbers rounded.

To the nearest multiple of 5, and none below the threshold: as numbers of participants, but without a draw, for these are counted
over the reader's whole rows and no filter cuts them. Hours of lines whose number is hidden are hidden too: those of one line are
the hours of one person.
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from queries.questions import Question

BASE: Final = 5
UNIT: Final = "rows"
HOURS_OF_LINES: Final = frozenset({"anomalies.hours"})


def counts_lines(asked: Question) -> bool:
    """Whether an answer has numbers of lines."""
    return any(column.unit == UNIT for column in asked.columns)


def with_rounded_lines(asked: Question, answer: pa.Table, threshold: int) -> pa.Table:
    """The answer with its numbers of lines rounded; NULL from 1 to below the threshold, with the hours of those lines."""
    hours = [column.name for column in asked.columns if f"{asked.name}.{column.name}" in HOURS_OF_LINES]
    for column in asked.columns:
        if column.unit == UNIT:
            place = answer.column_names.index(column.name)
            numbers = [rounded_lines(number, threshold) for number in answer[column.name].to_pylist()]
            answer = answer.set_column(
                place, answer.schema.field(place), pa.array(numbers, answer.schema.field(place).type)
            )
            for name in hours:
                place = answer.column_names.index(name)
                shown = pc.if_else(pa.array([n is not None for n in numbers]), answer[name], None)
                answer = answer.set_column(place, answer.schema.field(place), shown)
    return answer


def rounded_lines(number: int | None, threshold: int) -> int | None:
    """The nearest multiple of 5; NULL below the threshold; 0 is 0."""
    if not number:
        return number
    return None if number < threshold else (number + BASE // 2) // BASE * BASE
