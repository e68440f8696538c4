"""Statistical secrecy: what of an answer about persons may leave. Between every question and every reader, in `Access`.

Method: consistent random rounding to base 5 (`rounding.py`), drawn for each cell from a key of the persons, in the manner of the
cell-key method of the ABS TableBuilder and of the European censuses (Fraser and Wooton, 2005; Thompson, Broadfoot and Elazar,
2013; Eurostat's "Guidelines for SDC methods for census and demographics data"). A number whose rounding is low is hidden, with
a complement along every margin (`margins.py`). Shares and means are computed from what is published, never from exact numbers.

The key of a cell is of all the persons of its *population* (those that filters on contracts, clients or years let through), not
of the cell alone: otherwise "the women's cell changed and the men's did not" would tell the sex of the one person by whom two
scopes differ. It is not of the whole answer either: the same population reached by other filters, or as one line of a wider
answer, has the same numbers, so that repeating a question in other forms averages nothing out.

Why two populations that differ by one person give no evidence of where the person is: of a cell, what is published is a pair
of multiples of 5. If the person is in the cell, the counts are n and n + 1; if not, n and n. Each is rounded to a neighbour by a
draw of its own. In both cases the pairs that can come out are (a, a), (a, a + 5) and (a, a - 5) for every multiple a, and no
other: n strictly between a and a + 5 gives them all without the person, a + 1 and a + 2 with. Hiding, capping, shares and
means are computed from those pairs, hence no published difference excludes either case. A category that nobody is in leaves as
hidden, like those with few; hidden cells of open lists (communes, clauses, years of entry) do not leave at all.

Exits are of the persons who left, a part of those of the scope. Were their key of the leavers alone, exits that change when one
person is added would tell that this one has left; so it is of the whole scope too, told apart in four ways only: one who has not
left changes the numbers as well, and repeating the question in scopes with the same leavers gives four draws at most.

What is not protected against: one who knows all but one person of a population; a guess that many neighbouring populations
make likelier, never certain; a
line of four categories or more where every draw falls at its extreme, which can exclude a case (less than one pair in a
million); and all that the hours of a contract tell, which are public.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa

from queries.questions import AnswerColumn, Question
from queries.secrecy.cells import HIDDEN
from queries.secrecy.margins import Place, completed
from queries.secrecy.person_table import (
    COUNTS,
    HOURS,
    KEY,
    MOMENT,
    OPEN_POPULATIONS,
    OPEN_TRAITS,
    POPULATION,
    TRAIT,
    PersonTable,
    Row,
)
from queries.secrecy.rounding import draw, highest_hidden, laplace, rounded

MEAN: Final = "h_per_person"  # the unit of hours for one of the row's `participants`
PERSONS: Final = "participants"
HOURS_SHARE: Final = "hours_share_ratio"
_SCOPES_TOLD_APART: Final = 4
_NOISE: Final = 5  # scale of the noise on hours, in the mean hours of one person


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrecy:
    """What protects a reader's answers. `absent`: columns that no source had, as "hours.participant_id"."""

    secret: bytes
    threshold: int
    absent: frozenset[str] = frozenset()


def is_about_persons(asked: Question) -> bool:
    """Whether its answer is protected."""
    return any(column.unit in COUNTS for column in asked.columns)


def without_keys(asked: Question, answer: pa.Table) -> pa.Table:
    """The answer without what is only for protecting it."""
    return answer.drop_columns([column.name for column in asked.columns if column.unit == KEY])


def protected_columns(asked: Question) -> tuple[AnswerColumn, ...]:
    """The columns of what `protected` returns: without keys, with `hidden`; those that may be hidden are nullable."""
    if not is_about_persons(asked):
        return asked.columns
    has_traits = any(column.name == TRAIT for column in asked.columns)
    found = [
        replace(column, nullable=True)
        if column.unit in COUNTS or column.unit == MEAN or (has_traits and column.name == HOURS)
        else column
        for column in asked.columns
        if column.unit != KEY
    ]
    if has_traits:
        meaning = "share of the hours of all persons of the scope, with noise"
        found.append(AnswerColumn(name=HOURS_SHARE, type="DOUBLE", unit="ratio", meaning=meaning, nullable=True))
    meaning = "names of the columns that statistical secrecy empties in the row"
    return (*found, AnswerColumn(name=HIDDEN, type="VARCHAR[]", unit="", meaning=meaning))


def is_about_exits(asked: Question) -> bool:
    """Whether it counts the persons who left, which are protected as a part of their scope's."""
    return any(column.name == MOMENT for column in asked.columns)


def protected(asked: Question, answer: pa.Table, secrecy: Secrecy, scope_key: int = 0) -> pa.Table:
    """What may leave of an answer: numbers of persons rounded or hidden, and a column `hidden` that names the hidden ones.

    The hours of persons who share a trait leave as `hours_share_ratio` only: a whole percent of their population's hours, with
    noise. `scope_key`: of exits, the fingerprint of all persons of the scope. ValueError when the answer lacks a population's
    total: it could not be protected.
    """
    table = PersonTable(asked, answer.to_pylist())
    rows = _Protection(table, [column.name for column in asked.columns if column.unit == MEAN], secrecy, scope_key)
    shown = rows.let_out()
    fields = [field for field in answer.schema if field.name not in table.keys]
    if rows.has_hours_of_traits:
        fields.append(pa.field(HOURS_SHARE, pa.float64()))
    return pa.Table.from_pylist(shown, schema=pa.schema([*fields, pa.field(HIDDEN, pa.list_(pa.string()))]))


class _Protection:
    """What is let out of one table."""

    def __init__(self, table: PersonTable, means: list[str], secrecy: Secrecy, scope_key: int) -> None:
        self.table = table
        self.means = means
        self.secrecy = secrecy
        self.scope_key = scope_key
        self.highest_hidden = highest_hidden(secrecy.threshold)
        self.has_hours_of_traits = TRAIT in table.axes and HOURS in table.rows[0]

    def let_out(self) -> list[Row]:
        """The rows as they may leave, in their order."""
        published = {column: self._published(column) for column in self.table.counts}
        for column in self.table.counts.keys() - {PERSONS}:
            # What is counted of persons goes with them.
            for place in [place for place, number in published.get(PERSONS, {}).items() if number is None]:
                published[column][place] = None
        shown = []
        for place, row in zip(self.table.places, self.table.rows, strict=True):
            hidden = [
                column for column in self.table.counts if published[column][place] is None and row[column] is not None
            ]
            new = {name: value for name, value in row.items() if name not in self.table.keys}
            new |= {column: published[column][place] for column in self.table.counts}
            for mean in self.means:
                new[mean], is_secret = self._mean(row, row[mean], published[PERSONS][place], PERSONS in hidden)
                hidden += [mean] * is_secret
            if self.has_hours_of_traits:
                new |= self._hours(place, row, published[PERSONS])
                hidden += [HOURS, HOURS_SHARE] * (PERSONS in hidden)
            if not (PERSONS in hidden and self._tells_of_somebody(place, published[PERSONS])):
                shown.append({**new, HIDDEN: hidden})
        return shown

    def _tells_of_somebody(self, place: Place, persons: Mapping[Place, int | None]) -> bool:
        """Whether that a hidden row is there at all would tell that somebody is in it."""
        axes, population = {axis for axis, _ in place}, self.table.population(place)
        if persons[population] is not None:
            return bool(axes & OPEN_TRAITS)
        return bool(axes & OPEN_POPULATIONS) or (TRAIT in self.table.axes and place != population)

    def _published(self, column: str) -> dict[Place, int | None]:
        """The numbers of a column: rounded, capped by their population's, the low ones and their complements hidden."""
        if self.table.counts[column] in self.secrecy.absent:
            for row in self.table.rows:
                row[column] = None
        numbers: dict[Place, int | None] = {}
        for place, row in zip(self.table.places, self.table.rows, strict=True):
            numbers[place] = None if row[column] is None else self._rounded(place, row, column)
        cells = {}
        for place, number in numbers.items():
            whole = numbers[self.table.population(place)]
            is_low = number is None or min(number, whole or 0) <= self.highest_hidden
            cells[place] = None if number is None or is_low else min(number, whole or 0)
        hidden = 0
        while hidden < (hidden := sum(number is None for number in cells.values())):
            # A figure goes with its base, which may bare another one.
            for place in [
                *completed(cells),
                *(place for place in cells if cells[self.table.population(place)] is None),
            ]:
                cells[place] = None
        for place, row in zip(self.table.places, self.table.rows, strict=True):
            population = self.table.row_at[self.table.population(place)]
            # Nobody works where no hours are, and those are public, except of the persons of a table of traits.
            if row[column] == 0 == population.get(HOURS, 1) and not self.has_hours_of_traits:
                cells[place] = 0
        return cells

    def _rounded(self, place: Place, row: Row, column: str) -> int:
        return rounded(row[column], draw(self.secrecy.secret, *self._key(place), column))

    def _key(self, place: Place) -> tuple[str, str]:
        """What the draws of a cell are made from: the persons of its population, and the traits that it is about."""
        population = self.table.row_at[self.table.population(place)]
        about = sorted(coordinate for coordinate in place if coordinate[0] not in POPULATION - {MOMENT})
        return f"{population['persons_key']} {self.scope_key % _SCOPES_TOLD_APART}", repr(about)

    def _mean(self, row: Row, exact: float | None, shown: int | None, is_secret: bool) -> tuple[float | None, bool]:
        """Hours for one person, over the number of persons that is shown."""
        if exact is None or is_secret:
            return None, is_secret
        return (exact * row[PERSONS] / shown, False) if shown else (None, False)

    def _hours(self, place: Place, row: Row, persons: Mapping[Place, int | None]) -> Row:
        """The hours of a population as they are; of those who share a trait, a share with noise, told in whole percents."""
        population = self.table.population(place)
        whole, number = self.table.row_at[population][HOURS], persons[population]
        if place == population:
            return {HOURS: whole, HOURS_SHARE: 1.0} if number and whole else {HOURS: None, HOURS_SHARE: None}
        if persons[place] is None or not number or not whole:
            return {HOURS: None, HOURS_SHARE: None}
        noise = laplace(_NOISE / number, draw(self.secrecy.secret, *self._key(place), HOURS))
        return {HOURS: None, HOURS_SHARE: round(min(max(float(row[HOURS]) / float(whole) + noise, 0.0), 1.0), 2)}
