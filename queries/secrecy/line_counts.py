"""Numbers of lines, for readers without the right to lines: a line is the work of one participant in one month.

To the nearest multiple of 5, and none that is below the threshold before or after: a reader never sees a number under it. 0 is
hidden alike, or a hidden number would tell that there is a line. No draw, unlike numbers of participants: these are counted
over the reader's whole rows, and no filter cuts them. Hours go with their number: those of one line are the hours of one person.

Anomalies of a participant's attributes are left out. Every line of the participant repeats them, so many lines may be one
participant, and the difference of two releases would reveal that participant.
"""

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from data.codes import AnomalyKind, TotalStep
from queries.questions import Question

BASE: Final = 5
UNIT: Final = "rows"
_BY_KIND: Final = "anomalies"
_BY_CLIENT: Final = "anomalies_by_client"
_SUMMARY: Final = "release_summary"
_TOTALS: Final = "totals_reconciled"
_OF_PARTICIPANTS: Final = frozenset(str(kind) for kind in AnomalyKind if kind.of_participants)
Row = dict[str, Any]


def counts_lines(question: Question) -> bool:
    """Whether an answer has numbers of lines, or hours of lines that are counted elsewhere."""
    return question.name == _TOTALS or any(column.unit == UNIT for column in question.columns)


def with_rounded_lines(question: Question, answer: pa.Table, threshold: int) -> pa.Table:
    """The answer with its numbers of lines rounded or hidden, hours with them."""
    if not counts_lines(question):
        return answer
    rows: list[Row] = answer.to_pylist()
    if question.name == _TOTALS:
        rows = _without_lines_left_out(rows)
    elif question.name == _BY_CLIENT:
        rows = _enough(rows, threshold)
    for row in rows:
        if question.name == _SUMMARY:
            row["anomalies"] -= row["anomalies_of_participants"]
            row["anomalies_of_participants"] = None
        for column in question.columns:
            if column.unit == UNIT:
                row[column.name] = rounded_lines(row[column.name], threshold)
        if question.name == _BY_KIND and (row["rows"] is None or row["kind"] in _OF_PARTICIPANTS):
            row["rows"] = row["hours"] = None
    return pa.Table.from_pylist(rows, answer.schema)


def rounded_lines(number: int | None, threshold: int) -> int | None:
    """The nearest multiple of 5; NULL where the number or that multiple is below the threshold."""
    if number is None:
        return None
    rounded = (number + BASE // 2) // BASE * BASE
    return None if min(number, rounded) < threshold else rounded


def _enough(rows: Sequence[Row], threshold: int) -> list[Row]:
    """The rows of clients with a visible number; fewer where a kind's total less these rows would reveal a hidden number."""
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        if row["kind"] not in _OF_PARTICIPANTS:
            by_kind.setdefault(row["kind"], []).append(row)
    kept: list[Row] = []
    for of_kind in by_kind.values():
        of_kind.sort(key=lambda row: row["rows"])
        rest = 0
        while of_kind and (
            rounded_lines(of_kind[0]["rows"], threshold) is None or (rest and rounded_lines(rest, threshold) is None)
        ):
            rest += of_kind.pop(0)["rows"]
        kept += of_kind
    places = {(row["kind"], row["client_id"]) for row in kept}
    return [row for row in rows if (row["kind"], row["client_id"]) in places]


def _without_lines_left_out(rows: Sequence[Row]) -> list[Row]:
    """From the hours of known lots on: those left out stand among the anomalies, where they are enough lines."""
    hours = {row["step"]: row["hours_validated"] for row in rows}
    published = {TotalStep.PUBLISHED: hours[TotalStep.PUBLISHED] - hours[TotalStep.LEFT_OUT]}
    return [
        row | {"hours_validated": published.get(row["step"], row["hours_validated"])}
        for row in rows
        if row["step"] != TotalStep.LEFT_OUT
    ]
