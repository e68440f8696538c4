"""A table as a source holds it, before anything is understood of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from data.problems import Problem
from data.words import N_

if TYPE_CHECKING:
    from data.sources.month_columns import MonthColumn
    from data.sources.sheet import CellFault

# A fault that a whole column repeats is listed this many times, then counted.
EXAMPLES = 5
LONGEST_VALUE = 60
LONGEST_LINE = 1 << 23


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Cells that DuckDB can read, with their headers.

    `relation` is what stands after FROM, `row` the expression of a row's place in the source; `fields` and `types` are
    the SQL names and DuckDB types of the columns under `headers`. `text_numbers`: numbers are text, whose decimal mark
    follows from the whole table; in a spreadsheet numbers are cells, and a text is no evidence about its neighbours.
    `lasting`: the relation is quick and may be read again at any time (Parquet). `by_hand`: people filled it, so that it may hold
    totals and notes. `months`: its columns that are months (of data/sources/shape.py). Where one row became one a month, `months_read` has the header
    of each month's column by its first day ("2024-03-01"), and `sheet_headers` all headers as the sheet has them.
    `top`: its first rows as text, where people filled it.
    `problems`, `notices`: about the file; `faults`: about single cells, by column.
    """

    file: str
    relation: str
    row: str
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    types: tuple[str, ...]
    text_numbers: bool = False
    lasting: bool = False
    demo: bool = False
    by_hand: bool = False
    top: tuple[tuple[str, ...], ...] = ()
    months: tuple["MonthColumn", ...] = ()
    months_read: Mapping[str, str] = field(default_factory=dict)
    sheet_headers: tuple[str, ...] = ()
    faults: tuple["CellFault", ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def abridged(problems: Iterable[Problem], total: int | None = None, *, is_one_column: bool = True) -> Iterator[Problem]:
    """The first problems of one kind in one place, then how many more there are (`total` when not all are given).

    `is_one_column`: the others stand in the same column.
    """
    listed = list(problems)
    yield from listed[:EXAMPLES]
    more = (len(listed) if total is None else total) - EXAMPLES
    if more > 0:
        last = listed[-1]
        yield Problem(
            kind=last.kind,
            file=last.file,
            column=last.column if is_one_column else None,
            message=N_("… et {n} de plus."),
            values={"n": more},
            count=more,
        )


def cut(text: str) -> str:
    """A value short enough for a message, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def file_literal(path: Path) -> str:
    """A path as an SQL literal that stands for this file alone: DuckDB would expand * ? [ as patterns."""
    return quoted("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path.absolute())))


def csv_relation(
    file: Path, columns: Mapping[str, str], delimiter: str = ",", skip: int = 0, padded: bool = False
) -> str:
    """A UTF-8 CSV with these columns and types, as a table function; lines that do not fit are left out.

    `padded`: a line may end before its last columns.

    One thread: with quoted line ends in the file, the parallel reader may lose its place.
    """
    struct = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    return (
        f"read_csv({file_literal(file)}, delim = {quoted(delimiter)}, quote = '\"', escape = '\"', header = false,"
        f" skip = {skip}, auto_detect = false, ignore_errors = true, null_padding = {str(padded).lower()}, parallel = false,"
        f" new_line = '\\n', max_line_size = {LONGEST_LINE}, columns = {{{struct}}})"
    )
