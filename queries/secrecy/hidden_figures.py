"""Answers about participants as readers have them: a column `hidden` names what statistical secrecy leaves empty in each row."""

from collections.abc import Collection
from typing import Final

import pyarrow as pa

from queries.questions import AnswerColumn, Question
from queries.secrecy.cells import HIDDEN

# Units of columns, and the column of the source that is counted.
COUNTS: Final = {"persons": "hours.participant_id", "work_contracts": "hours.work_contract_id"}
_SHARE: Final = "hours_share_ratio"
_MEAN: Final = "h_per_person"


def is_about_persons(question: Question) -> bool:
    """Whether it counts participants: its answer is read in persons.parquet, and never computed for a reader."""
    return any(column.unit in COUNTS for column in question.columns)


def shown_columns(question: Question) -> tuple[AnswerColumn, ...]:
    """The columns of an answer as readers have it."""
    if not is_about_persons(question):
        return question.columns
    meaning = "names of the columns that statistical secrecy empties in the row"
    return (*question.columns, AnswerColumn(name=HIDDEN, type="VARCHAR[]", unit="", meaning=meaning))


def with_hidden(question: Question, answer: pa.Table, absent: Collection[str]) -> pa.Table:
    """The answer with a column that tells what is hidden from what is unknown. `absent`: columns that no source had."""
    counts = {column.name: COUNTS[column.unit] for column in question.columns if column.unit in COUNTS}
    derived = [column.name for column in question.columns if column.unit == _MEAN or column.name == _SHARE]
    names = []
    for row in answer.to_pylist():
        hidden = [name for name, source in counts.items() if row[name] is None and source not in absent]
        names.append(hidden + [name for name in derived if row[name] is None and hidden])
        if _SHARE in derived and row[_SHARE] is None and not hidden and COUNTS["persons"] not in absent:
            names[-1].append(_SHARE)
    return answer.append_column(HIDDEN, pa.array(names, pa.list_(pa.string())))
