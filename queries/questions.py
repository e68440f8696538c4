"""The questions: one .sql file each, with a header that says what it answers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from data.words import N_
from queries.errors import QueryError

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerColumn:
    """A column of an answer, or a parameter of a question: DuckDB type, unit where it has one, what it means.

    `nullable`: a column that may be empty, marked by a `?` after its type. `optional`: a parameter that may be left out, or empty.
    """

    name: str
    type: str
    unit: str
    meaning: str
    nullable: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and all that its header says. `sql` is the whole file: it runs as it stands in a DuckDB shell."""

    name: str
    text: str
    grain: str
    columns: tuple[AnswerColumn, ...]
    parameters: tuple[AnswerColumn, ...]
    order: str
    note: str
    sql: str

    @property
    def columns_sql(self) -> str:
        """The columns of a table that holds its answer."""
        return ", ".join(f"{column.name} {column.type}" for column in self.columns)

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as they are bound: optional ones that are not given are empty. QueryError for a number that is none."""
        texts = {parameter.name: "" for parameter in self.parameters if parameter.optional} | dict(given)
        for parameter in self.parameters:
            value = texts.get(parameter.name, "")
            if parameter.type == "BIGINT" and value and not _NUMBER.fullmatch(value):
                raise QueryError(
                    N_("{name}\u00a0: {value} n’est pas un nombre de lignes."), name=parameter.name, value=value
                )
        return texts

    def parts(self, given: Mapping[str, Any], rows: int) -> Iterator[dict[str, Any]]:
        """The parameters of each part of that many rows, one after the other and without end, of a whole list.

        A list says with `first` and `rows` which part of it is wanted. Everything else has one part.
        """
        whole = self.values(given)
        if whole.get("rows") or not {"first", "rows"} <= {parameter.name for parameter in self.parameters}:
            yield dict(given)
            return
        for first in count(int(whole["first"] or 0), rows):
            yield {**given, "first": str(first), "rows": str(rows)}


_COLUMN = re.compile(
    r"^(?P<name>\w+) (?P<type>[A-Z]+(?:\([\d,]+\))?(?:\[\])?)(?P<nullable>\?)?(?: (?!optional:)(?P<unit>\w+))?"
    r"(?P<optional> optional)?: (?P<meaning>.+)$"
)
# Of rows: nine digits are more than any release has, and cannot overflow.
_NUMBER = re.compile(r"[0-9]{1,9}")


@cache
def questions() -> dict[str, Question]:
    """Every question by name, in alphabetical order."""
    files = sorted(file for file in FOLDER.glob("*.sql") if not file.name.startswith("_"))
    return {file.stem: _read(file) for file in files}


def question(name: str) -> Question:
    """The question of that name; QueryError lists the ones there are."""
    known = questions().get(name)
    if known is None:
        raise QueryError(
            N_("{name} n’est pas une question. Questions possibles\u00a0: {names}."),
            name=name,
            names=", ".join(questions()),
        )
    return known


def _read(file: Path) -> Question:
    sql = file.read_text(encoding="utf-8")
    header: list[str] = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        header.append(line.removeprefix("--").removeprefix(" "))
    parts: dict[str, list[str]] = {}
    part = "Question"
    for line in header:
        label, _, rest = line.partition(":")
        if label in ("Grain", "Columns", "Parameters", "Order", "Note"):
            part, line = label, rest.strip()
        parts.setdefault(part, []).append(line.strip())

    def joined(name: str) -> str:
        return " ".join(parts.get(name, [])).strip()

    return Question(
        name=file.stem,
        text=joined("Question"),
        grain=joined("Grain"),
        columns=_columns(file, parts.get("Columns", [])),
        parameters=_columns(file, parts.get("Parameters", [])),
        order=joined("Order"),
        note=joined("Note"),
        sql=sql,
    )


def _columns(file: Path, lines: list[str]) -> tuple[AnswerColumn, ...]:
    columns = []
    for line in filter(None, lines):
        match = _COLUMN.match(line)
        if match is None:
            raise ValueError(f"{file.name}: header line not understood: {line}")
        columns.append(
            AnswerColumn(
                name=match["name"],
                type=match["type"],
                unit=match["unit"] or "",
                meaning=match["meaning"],
                nullable=match["nullable"] is not None,
                optional=match["optional"] is not None,
            )
        )
    return tuple(columns)
