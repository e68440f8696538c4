"""The columns of the detail: those of its questions, named by the vocabulary; on screen, the ones that fit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from data.words import Words
from pages.parts.lot_links import lot_row_address
from pages.parts.tables import Column
from queries.files.exports import Kind
from queries.questions import AnswerColumn, question
from queries.vocabulary import Meaning, column_meaning

_ON_SCREEN: Final = {
    "detail_lots": (
        "subject", "contract_id", "lot_id", "client_name", "contractor_name", "clause_category", "status", "ends_on",
        "hours_committed", "hours_validated", "hours_pending",
    ),
    "detail_hours": (
        "line_number", "month", "subject", "client_name", "employer_kind", "work_contract_type", "status",
        "hours_declared", "hours_validated", "hours_pending",
    ),
}  # fmt: skip
_MEASURES: Final = ("hours_declared", "hours_validated", "hours_pending")
_KINDS: Final[Mapping[str, Kind]] = {"BIGINT": "count", "INTEGER": "count", "BOOLEAN": "yes", "VARCHAR": "text"}


def file_columns(name: str, words: Words) -> list[Column]:
    """Every column of the answer."""
    return [_column(column, name, words) for column in question(name).columns]


def screen_columns(name: str, words: Words) -> list[Column]:
    """Those of the table on screen, in its order; the subject leads to its lot."""
    found = {column.key: column for column in file_columns(name, words)}
    found["subject"] = replace(found["subject"], address=lot_row_address)
    return [found[key] for key in _ON_SCREEN[name]]


def _column(column: AnswerColumn, name: str, words: Words) -> Column:
    meaning = column_meaning(column.name, name)
    assert meaning is not None, column.name  # a test holds that every column has its words
    kind, header = _kind(column, meaning), words.say(meaning.label)
    if kind in ("hours", "decimal"):
        header = f"{header} ({words.say(meaning.unit)})"
    return Column(
        key=column.name, header=header, kind=kind, codes=meaning.codes, digits=2, adds=column.name in _MEASURES
    )


def _kind(column: AnswerColumn, meaning: Meaning) -> Kind:
    if meaning.codes:
        return "label"
    if column.type == "DATE":
        return "month" if column.unit == "month" else "date"
    if column.type.startswith("DECIMAL"):
        return "hours" if column.unit == "h" else "decimal"
    return _KINDS[column.type]
