"""What is wrong with a source, said so that its owner can mend it."""

from dataclasses import dataclass, field
from typing import Any

from data.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason to refuse: where it is, what stands there, what to do. `message` is a catalogue text.

    `row`: line of a CSV, row of a sheet, row number of a Parquet file (1 is the first row of data there).
    `count` is how many times the problem occurs when only the first ones are listed.
    """

    kind: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    count: int = 1

    def told(self, words: Words) -> str:
        """The problem in one line of the reader's language: file, row, column, value, then what to do."""
        where = [self.file] if self.file else []
        if self.row is not None:
            where.append(words.say("ligne {row}", row=self.row))
        if self.column:
            where.append(words.say("colonne {column}", column=self.column))
        if self.value is not None:
            where.append(words.say("valeur «\u00a0{value}\u00a0»", value=self.value))
        text = words.say(self.message, **self.values)
        return f"{', '.join(where)}\u00a0: {text}" if where else text


class ExtractError(Exception):
    """A source, a mapping, a setting or a release that cannot be used. Carries every problem found, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(self.told(Words("fr")))

    def told(self, words: Words) -> str:
        """All problems, one a line."""
        return "\n".join(problem.told(words) for problem in self.problems)
