"""A sheet: what opening a file gives, before anything is understood of it. A CSV, a page of a workbook or a Parquet file is one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.problems import ExtractError, Problem
from data.sources.raw_table import RawTable, abridged, cut
from data.words import N_

# A table of people has a hundred columns at most; thousands are a slip or an attack, refused before anything else is looked at.
MOST_COLUMNS = 1_000
# Rows that are looked at for the header, for months as columns and for what columns hold.
LOOKED_AT = 200
# Rows of a fault that are kept for each column: those of totals are taken out later.
_MOST_FAULTS = 200
_TOO_WIDE = N_("{n} colonnes, plus de {most}\u202f; gardez la seule table des marchés ou des heures.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """What is wrong or notable about cells of one column: `kind`, the first rows, how many in all. `column` counts from 0.

    `read_as`: the place of the column in a table that was reshaped; None where it was not.
    """

    kind: str
    column: int
    rows: tuple[int, ...]
    count: int
    read_as: int | None = None

    def is_read(self, places: Collection[int]) -> bool:
        """Whether its column is among the places that are read."""
        return (self.column if self.read_as is None else self.read_as) in places


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of cells as text. `file`: its name for readers, with the page of a workbook between brackets.

    `copy`: a UTF-8 CSV of all its rows, whose first field is the row's number when `numbered`. `top`: the first rows with their
    numbers. `table`: what needs no shaping, for its columns have names (Parquet, JSON, XML). `lines`: of a CSV.
    """

    file: str
    copy: Path | None = None
    numbered: bool = True
    delimiter: str = ","
    lines: int = 0
    width: int = 0
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()
    faults: tuple[CellFault, ...] = ()
    table: RawTable | None = None


@dataclass(slots=True)
class FaultList:
    """Faults of cells while they are gathered: a bounded number of rows of each kind and column."""

    rows: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, kind: str, column: int, row: int) -> None:
        """One more cell."""
        place = (kind, column)
        self.counts[place] = self.counts.get(place, 0) + 1
        rows = self.rows.setdefault(place, [])
        if len(rows) < _MOST_FAULTS:
            rows.append(row)

    def all(self) -> tuple[CellFault, ...]:
        """Everything that was gathered."""
        return tuple(
            CellFault(kind=kind, column=column, rows=tuple(rows), count=self.counts[kind, column])
            for (kind, column), rows in self.rows.items()
        )


def bounded(file: str, headers: Sequence[object]) -> None:
    """ExtractError when there are more columns than a table of people has."""
    if len(headers) > MOST_COLUMNS:
        values = {"n": len(headers), "most": MOST_COLUMNS}
        raise ExtractError(Problem(kind="too_many_columns", file=file, message=_TOO_WIDE, values=values))


def last_given(row: Sequence[object]) -> int:
    """How many cells a row has up to its last one that holds something."""
    end = len(row)
    while end and (row[end - 1] is None or row[end - 1] == ""):
        end -= 1
    return end


FAULT_MESSAGES = {
    "formula": N_(
        "cellule {cell}\u00a0: formule sans valeur calculée\u202f; ouvrez le classeur dans un tableur et enregistrez-le de nouveau."
    ),
    "cell_error": N_("cellule {cell}\u00a0: erreur de calcul\u202f; corrigez la cellule ou videz-la."),
}
FORMULAS = N_("cellules calculées par une formule, lues par leur dernière valeur enregistrée\u00a0: {n}.")


def without_rows(faults: Iterable[CellFault], left_out: Collection[int]) -> list[CellFault]:
    """The faults of cells, those of rows that are left out aside."""
    kept = []
    for fault in faults:
        rows = tuple(row for row in fault.rows if row not in left_out)
        if rows:
            kept.append(replace(fault, rows=rows, count=fault.count - len(fault.rows) + len(rows)))
    return kept


def fault_problems(
    file: str, headers: Sequence[str], read: Iterable[int], faults: Iterable[CellFault]
) -> list[Problem]:
    """The faults of cells in the columns that are read, each cell by its name in the sheet."""
    wanted = set(read)
    problems: list[Problem] = []
    for fault in faults:
        if fault.kind in FAULT_MESSAGES and fault.is_read(wanted):
            each = [
                Problem(
                    kind=fault.kind,
                    file=file,
                    row=row,
                    column=cut(headers[fault.column]),
                    message=FAULT_MESSAGES[fault.kind],
                    values={"cell": f"{letters(fault.column)}{row}"},
                )
                for row in fault.rows
            ]
            problems += abridged(each, fault.count)
    return problems


def formula_notices(
    file: str, headers: Sequence[str], read: Iterable[int], faults: Iterable[CellFault]
) -> list[Problem]:
    """A notice for each column read that has cells computed by a formula."""
    wanted = set(read)
    return [
        Problem(
            kind="formulas",
            file=file,
            row=fault.rows[0],
            column=cut(headers[fault.column]),
            message=FORMULAS,
            values={"n": fault.count},
            count=fault.count,
        )
        for fault in faults
        if fault.kind == "computed" and fault.is_read(wanted)
    ]


def letters(column: int) -> str:
    """The letters of a column as spreadsheets name it: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
