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
hidden, like those with few; hidden cells of open lists (communes, clauses, years of entry) do not leave at all. What is not protected against: a margin
with four categories or more where every draw falls at its extreme can exclude a case (less than one pair in a million); one
who knows all but one person of a population; a guess that many neighbouring populations make likelier, never certain; and all
that the hours of a contract tell, which are public.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import pyarrow as pa

from data.codes import ExitOutcome
from data.schema import HOURS as HOURS_TABLE
from queries.cells import HIDDEN
from queries.margins import Place, completed
from queries.questions import Question
from queries.rounding import draw, highest_hidden, laplace, rounded

Row = dict[str, Any]
KEY: Final = "key"  # the unit of a column that no reader ever sees
COUNTS: Final = {"persons": "hours.participant_id", "work_contracts": "hours.work_contract_id"}  # unit: column counted
MEAN: Final = "h_per_person"  # the unit of hours for one of the row's `participants`
PERSONS: Final = "participants"
HOURS: Final = "hours_validated"
HOURS_SHARE: Final = "hours_share_ratio"
_NOISE: Final = 5  # scale of the noise on hours, in the mean hours of one person
TOTAL: Final = "total"
TRAIT, VALUE = "trait", "value"
MOMENT: Final = "outcome_point"
# Axes that filters can cut, or nearly: a value of theirs is a population. All others are traits of persons.
_POPULATION: Final = frozenset({"clause_category", "employer_kind", "entry_year", "year", MOMENT})
_NOT_AXES: Final = ("is_total",)
# Lists that only the persons make.
_OPEN_POPULATIONS: Final = frozenset({"clause_category", "employer_kind", "entry_year", MOMENT})
_OPEN_TRAITS: Final = frozenset({"residence_commune"})
_YES_NO: Final = ("true", "false", "")
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "outcome_group": ("durable", "other_dynamic", "other_known", "unknown"),
    "exit_outcome": tuple(str(code) for code in ExitOutcome),
    "duration_band": ("0-2", "3-5", "6-11", "12-23", "24+"),
}


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


def protected(asked: Question, answer: pa.Table, secrecy: Secrecy) -> pa.Table:
    """What may leave of an answer: numbers of persons rounded or hidden, and a column `hidden` that names the hidden ones.

    The hours of persons who share a trait leave as `hours_share_ratio` only: a whole percent of their population's hours, with
    noise. ValueError when the answer lacks a population's total: it could not be protected.
    """
    rows = _Rows(asked, answer.to_pylist(), secrecy)
    shown = rows.let_out()
    fields = [field for field in answer.schema if field.name not in rows.keys]
    if rows.has_hours_of_traits:
        fields.append(pa.field(HOURS_SHARE, pa.float64()))
    return pa.Table.from_pylist(shown, schema=pa.schema([*fields, pa.field(HIDDEN, pa.list_(pa.string()))]))


class _Rows:
    """The rows of one answer while they are protected."""

    def __init__(self, asked: Question, rows: list[Row], secrecy: Secrecy) -> None:
        self.secrecy = secrecy
        self.highest_hidden = highest_hidden(secrecy.threshold)
        self.rows = rows
        self.keys = [column.name for column in asked.columns if column.unit == KEY]
        self.counts = {column.name: COUNTS[column.unit] for column in asked.columns if column.unit in COUNTS}
        self.means = [column.name for column in asked.columns if column.unit == MEAN]
        self.axes = [
            column.name
            for column in asked.columns
            if column.unit in ("", "year") and column.name not in _NOT_AXES and not column.name.endswith("_name")
        ]
        self.has_hours_of_traits = HOURS in [column.name for column in asked.columns] and TRAIT in self.axes
        self._index()
        self._complete()
        self._index()
        if len(self.totals) < len(rows):
            raise ValueError(f"{asked.name}: two rows for one cell")

    def _index(self) -> None:
        self.places = [self._place(row) for row in self.rows]
        self.totals = dict(zip(self.places, self.rows, strict=True))

    def _complete(self) -> None:
        """Adds the categories of traits that nobody is in: a row that came only with the one person in it would tell of them."""
        populations = list(dict.fromkeys(self._population(place) for place in self.places))
        if TRAIT in self.axes:
            traits = {axis for place in self.places for axis, _ in place - self._population(place)}
            wanted = [[(axis, value)] for axis in sorted(traits) for value in _values(axis)]
        else:
            crossed = [axis for axis in self.axes if axis not in _POPULATION]
            choices = [[(axis, value) for value in (TOTAL, *_values(axis))] for axis in crossed]
            wanted = [[pair for pair in pairs if pair[1] != TOTAL] for pairs in product(*choices)]
        for population in populations:
            missing = [pairs for pairs in wanted if population | set(pairs) not in self.totals]
            self.rows += [self._nobody(population, pairs) for pairs in missing]
        rank = {population: n for n, population in enumerate(populations)}
        self.rows.sort(key=lambda row: (rank[self._population(self._place(row))], self._order(row)))

    def _order(self, row: Row) -> list[tuple[int, str]]:
        """Where a row goes within its population: totals first, then as lists of codes are, then what is not told."""
        place = dict(self._place(row))
        found = []
        for axis in sorted(place.keys() - _POPULATION, key=self._rank_of_trait):
            values = _values(axis)
            number = values.index(place[axis]) if place[axis] in values else len(values) + (not place[axis])
            found += [(self._rank_of_trait(axis), axis), (number, place[axis])]
        return found

    def _rank_of_trait(self, axis: str) -> int:
        return self.axes.index(axis) if axis in self.axes else 0

    def _nobody(self, population: Place, pairs: list[tuple[str, str]]) -> Row:
        row = {**self.totals[population], **dict.fromkeys(self.counts, 0), "persons_key": 0}
        for axis, value in pairs:
            row |= {TRAIT: axis, VALUE: value or None} if TRAIT in self.axes else {axis: value or None}
        if "is_total" in row and not any(name in _POPULATION - {MOMENT} for name in self.axes):
            row["is_total"] = False
        return row if HOURS not in row else {**row, HOURS: 0}

    def let_out(self) -> list[Row]:
        """The rows as they may leave, in their order."""
        published = {column: self._published(column) for column in self.counts}
        for column in self.counts.keys() - {PERSONS}:
            # What is counted of persons goes with them.
            for place in [place for place, number in published.get(PERSONS, {}).items() if number is None]:
                published[column][place] = None
        shown = []
        for place, row in zip(self.places, self.rows, strict=True):
            hidden = [column for column in self.counts if published[column][place] is None and row[column] is not None]
            new = {name: value for name, value in row.items() if name not in self.keys}
            new |= {column: published[column][place] for column in self.counts}
            for mean in self.means:
                new[mean], is_secret = self._mean(row, row[mean], published[PERSONS][place], PERSONS in hidden)
                hidden += [mean] * is_secret
            if self.has_hours_of_traits:
                new |= self._hours(place, row, published[PERSONS])
                hidden += [HOURS_SHARE] * (PERSONS in hidden)
            population = self._population(place)
            axes = {axis for axis, _ in place}
            # A hidden row of a list that only the persons make would tell that somebody is in it.
            is_open = bool(
                axes & (_OPEN_TRAITS if published[PERSONS][population] else _OPEN_TRAITS | _OPEN_POPULATIONS)
            )
            if not (PERSONS in hidden and is_open):
                shown.append({**new, HIDDEN: hidden})
        return shown

    def _published(self, column: str) -> dict[Place, int | None]:
        """The numbers of a column: rounded, capped by their population's, the low ones and their complements hidden."""
        if self.counts[column] in self.secrecy.absent:
            for row in self.rows:
                row[column] = None
        numbers: dict[Place, int | None] = {}
        for place, row in zip(self.places, self.rows, strict=True):
            numbers[place] = None if row[column] is None else self._rounded(place, row, column)
        cells = {}
        for place, number in numbers.items():
            whole = numbers[self._population(place)]
            is_low = number is None or min(number, whole or 0) <= self.highest_hidden
            cells[place] = None if number is None or is_low else min(number, whole or 0)
        hidden = 0
        while hidden < (hidden := sum(number is None for number in cells.values())):
            # A figure goes with its base, which may bare another one.
            for place in [*completed(cells), *(place for place in cells if cells[self._population(place)] is None)]:
                cells[place] = None
        for place, row in zip(self.places, self.rows, strict=True):
            population = self.totals[self._population(place)]
            if row[column] == 0 and population[column] == 0 and population.get(HOURS, 1) == 0:
                cells[place] = 0  # nobody works where no hours are, and hours are public
        return cells

    def _rounded(self, place: Place, row: Row, column: str) -> int:
        return rounded(row[column], draw(self.secrecy.secret, *self._key(place), column))

    def _key(self, place: Place) -> tuple[str, str]:
        """What the draws of a cell are made from: the persons of its population, and the traits that it is about."""
        population = self._population(place)
        about = sorted(coordinate for coordinate in place if coordinate[0] not in _POPULATION - {MOMENT})
        return str(self.totals[population]["persons_key"]), repr(about)

    def _mean(self, row: Row, exact: float | None, shown: int | None, is_secret: bool) -> tuple[float | None, bool]:
        """Hours for one person, over the number of persons that is shown."""
        if exact is None or is_secret:
            return None, is_secret
        return (exact * row[PERSONS] / shown, False) if shown else (None, False)

    def _hours(self, place: Place, row: Row, persons: Mapping[Place, int | None]) -> Row:
        """The hours of a population as they are; of those who share a trait, a share with noise, told in whole percents."""
        population = self._population(place)
        whole, number = self.totals[population][HOURS], persons[population]
        if place == population:
            return {HOURS_SHARE: 1.0 if number and whole else None}
        if persons[place] is None or not number or not whole:
            return {HOURS: None, HOURS_SHARE: None}
        noise = laplace(_NOISE / number, draw(self.secrecy.secret, *self._key(place), HOURS))
        return {HOURS: None, HOURS_SHARE: round(min(max(float(row[HOURS]) / float(whole) + noise, 0.0), 1.0), 2)}

    def _place(self, row: Row) -> Place:
        """Where a row stands. A trait and its value are one axis; `total` stands for all values of an axis."""
        over = [axis for axis in self.axes if row[axis] is None and axis in _POPULATION and row.get("is_total")]
        values = {axis: "" if row[axis] is None else str(row[axis]) for axis in self.axes if axis not in over}
        trait, value = values.pop(TRAIT, TOTAL), values.pop(VALUE, "")
        if trait != TOTAL:
            values[trait] = value
        return frozenset((axis, value) for axis, value in values.items() if value != TOTAL)

    def _population(self, place: Place) -> Place:
        """The place of all the persons among whom those of a place are."""
        population = frozenset(coordinate for coordinate in place if coordinate[0] in _POPULATION)
        if population not in self.totals:
            raise ValueError(f"no total for {sorted(place)}")
        return population


def _values(axis: str) -> tuple[str, ...]:
    """All values of a trait, "" for one that is not told; none for a list that only the persons make."""
    if axis in _VALUES:
        return _VALUES[axis]
    if axis.startswith("is_"):
        return _YES_NO
    column = next((column for column in HOURS_TABLE.columns if column.name == axis and column.codes), None)
    return (*(str(code) for code in column.codes), "") if column and column.codes else ()
