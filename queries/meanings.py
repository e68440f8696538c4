"""Looks up what a column means: within its question, else in general, else in the extract; its kind follows its type and unit."""

from dataclasses import replace
from functools import cache
from typing import Final

from data import codes
from data.schema import PUBLISHED, Column
from data.words import Words
from queries.files.exports import Kind
from queries.questions import AnswerColumn, question, questions
from queries.vocabulary import ON_PAGES, UNITS, WORDS, Meaning

_KINDS_OF_UNITS: Final[dict[str, Kind]] = {
    "h": "hours", "ratio": "percent", "month": "month", "day": "date", "year": "year",
}  # fmt: skip
_KINDS_OF_TYPES: Final[dict[str, Kind]] = {
    "BIGINT": "count", "UBIGINT": "text", "INTEGER": "count", "BOOLEAN": "yes", "DATE": "date", "TIMESTAMP": "date", "DOUBLE": "decimal",
}  # fmt: skip
_DIGITS: Final[dict[Kind, int]] = {"hours": 2, "decimal": 2}
# What stands after the label in a header: of amounts their unit.
_MARKS: Final[dict[Kind, str]] = {"hours": "h", "percent": "%", "change": "%"}


@cache
def column_meaning(column: str, question_name: str = "") -> Meaning | None:
    """What a column means in the answer to a question, or in general, with its unit, kind and digits; None when it has no words.

    Raises QueryError when there is no such question.
    """
    answered = _answered(column, question_name)
    meaning = (
        WORDS.get(f"{question_name}.{column}") or WORDS.get(column) or _of_the_extract(column) or ON_PAGES.get(column)
    )
    if meaning is None:
        return None
    unit = meaning.unit or UNITS.get(answered.unit if answered else "", "")
    kind = meaning.kind or ("label" if meaning.codes else _kind(answered))
    digits = _DIGITS.get(kind, 0) if meaning.digits is None else meaning.digits
    return replace(meaning, unit=unit, kind=kind, digits=digits)


def header(meaning: Meaning, words: Words, label: str = "") -> str:
    """The header of a column in a reader's language: its label, or another one, with the unit of what is measured."""
    mark = _MARKS.get(meaning.kind or "text", "")
    if meaning.kind == "decimal" or meaning.unit in _AMOUNTS:
        mark = words.say(meaning.unit) if meaning.unit else ""
    label = label or words.say(meaning.label)
    return f"{label} ({mark})" if mark else label


_AMOUNTS: Final = ("€\u00a0HT", "€")


def of_column(column: Column) -> Meaning:
    """What a column of the extract means; that of a code without a definition of its own is its list's."""
    listed = codes.code_list(column.codes) if column.codes else None
    definition = column.definition or (listed.definition if listed else "")
    return Meaning(label=column.label, definition=definition, unit=column.unit, codes=column.codes)


@cache
def _of_the_extract(name: str) -> Meaning | None:
    columns = [column for table in PUBLISHED for column in table.every_column if column.name == name]
    return of_column(columns[0]) if columns else None


def _answered(column: str, question_name: str) -> AnswerColumn | None:
    """The column of that question; in general or when it has none, of the first one that has it."""
    first = [question(question_name)] if question_name else []
    return next(
        (candidate for one in [*first, *questions().values()] for candidate in one.columns if candidate.name == column),
        None,
    )


def _kind(column: AnswerColumn | None) -> Kind:
    """How the values of a type and unit are written: text unless they are numbers, dates or yes and no."""
    if column is None or column.type == "VARCHAR" or column.type.endswith("[]"):
        return "text"
    if column.unit in _KINDS_OF_UNITS:
        return _KINDS_OF_UNITS[column.unit]
    return "decimal" if column.type.startswith("DECIMAL") else _KINDS_OF_TYPES[column.type]
