"""Problems of a source, in words that help its owner to correct it."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from data.words import Words


class Label(str):
    """A value of a problem that is a catalogue text itself, such as the label of a code."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason to refuse: where it is, what stands there, what to do. `message` is a catalogue text.

    `row`: line of a CSV, row of a sheet, row number of a Parquet file (1 is the first row of data there). `value` is
    never that of a personal column. `count`: how many occurrences this problem stands for, more than one for the
    "… and 312 others" that closes a list cut short.
    """

    kind: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    count: int = 1

    def text(self, words: Words) -> str:
        """The problem in one line of the reader's language: file, row, column, value, then what to do."""
        where = [self.file] if self.file else []
        if self.row is not None:
            where.append(words.say("ligne {row}", row=self.row))
        if self.column:
            where.append(words.say("colonne {column}", column=self.column))
        if self.value is not None:
            where.append(words.say("valeur «\u00a0{value}\u00a0»", value=self.value))
        text = words.say(self.message, **{name: _worded(value, words) for name, value in self.values.items()})
        colon = "\u00a0: " if words.lang == "fr" else ": "
        return colon.join((", ".join(where), text)) if where else text


def _worded(value: Any, words: Words) -> Any:
    """Numbers, dates and labels in the reader's language."""
    if isinstance(value, Label):
        return words.say(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return words.number(value)
    if isinstance(value, Decimal):
        return words.number(value, 2)
    return words.short_date(value) if isinstance(value, dt.date) else value


class ExtractError(Exception):
    """A source, a mapping, a setting or a release that cannot be used. Carries all problems, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(self.text(Words("fr")))

    def text(self, words: Words) -> str:
        """All problems, one a line."""
        return "\n".join(problem.text(words) for problem in self.problems)
