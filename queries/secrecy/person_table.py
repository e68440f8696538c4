"""The rows of an answer about persons, as the cells of a table: which population each is of, and which traits it is about.

A population is the persons whom filters on contracts, clients or years let through; what else an answer breaks down by is a
trait of theirs. A trait is a column of its own, or the column `trait` names it and `value` holds its value. `total` stands for
all values of an axis, and so does an empty year in a row that says `is_total`. Each population has its total in the answer.
"""

from collections.abc import Mapping
from itertools import product
from typing import Any, Final

from data.codes import Education, ExitOutcome
from data.schema import HOURS as HOURS_TABLE
from queries.questions import Question
from queries.secrecy.margins import Place

Row = dict[str, Any]
KEY: Final = "key"  # the unit of a column that no reader ever sees
COUNTS: Final = {"persons": "hours.participant_id", "work_contracts": "hours.work_contract_id"}  # unit: column counted
HOURS: Final = "hours_validated"
TOTAL: Final = "total"
TRAIT: Final = "trait"
VALUE: Final = "value"
MOMENT: Final = "outcome_point"
# Axes that filters can cut, or nearly: a value of theirs is a population. All others are traits of persons.
POPULATION: Final = frozenset({"clause_category", "employer_kind", "entry_year", "year", MOMENT})
# Lists that only the persons make: a row of theirs tells that somebody is in it.
OPEN_POPULATIONS: Final = frozenset({"clause_category", "employer_kind", "entry_year", MOMENT})
OPEN_TRAITS: Final = frozenset({"residence_commune"})
_NOT_AXES: Final = ("is_total",)
_YES_NO: Final = ("true", "false", "")
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "outcome_group": ("durable", "other_dynamic", "other_known", "unknown"),
    "exit_outcome": tuple(str(code) for code in ExitOutcome),
    "duration_band": ("0-2", "3-5", "6-11", "12-23", "24+"),
    # A level told as unknown is published as not told.
    "education": (*(str(code) for code in Education if code is not Education.UNKNOWN), ""),
}


class PersonTable:
    """The rows with their places, completed and in order. ValueError when a population has no total or a cell two rows."""

    def __init__(self, asked: Question, rows: list[Row]) -> None:
        self.rows = list(rows)
        self.keys = [column.name for column in asked.columns if column.unit == KEY]
        self.counts = {column.name: COUNTS[column.unit] for column in asked.columns if column.unit in COUNTS}
        self.axes = [
            column.name
            for column in asked.columns
            if column.unit in ("", "year") and column.name not in _NOT_AXES and not column.name.endswith("_name")
        ]
        self._index()
        self._complete()
        self._index()
        if len(self.row_at) < len(self.rows):
            raise ValueError(f"{asked.name}: two rows for one cell")

    def population(self, place: Place) -> Place:
        """The place of all the persons among whom those of a place are."""
        found = frozenset(coordinate for coordinate in place if coordinate[0] in POPULATION)
        if found not in self.row_at:
            raise ValueError(f"no total for {sorted(place)}")
        return found

    def _index(self) -> None:
        self.places = [self._place(row) for row in self.rows]
        self.row_at = dict(zip(self.places, self.rows, strict=True))

    def _complete(self) -> None:
        """Adds the categories of traits that nobody is in: a row that came only with the one person in it would tell of them."""
        populations = list(dict.fromkeys(self.population(place) for place in self.places))
        if TRAIT in self.axes:
            traits = {axis for place in self.places for axis, _ in place - self.population(place)}
            wanted = [[(axis, value)] for axis in sorted(traits) for value in _values(axis)]
        else:
            crossed = [axis for axis in self.axes if axis not in POPULATION]
            choices = [[(axis, value) for value in (TOTAL, *_values(axis))] for axis in crossed]
            wanted = [[pair for pair in pairs if pair[1] != TOTAL] for pairs in product(*choices)]
        for population in populations:
            missing = [pairs for pairs in wanted if population | set(pairs) not in self.row_at]
            self.rows += [self._nobody(population, pairs) for pairs in missing]
        rank = {population: n for n, population in enumerate(populations)}
        self.rows.sort(key=lambda row: (rank[self.population(self._place(row))], self._order(row)))

    def _order(self, row: Row) -> list[tuple[int, str]]:
        """Where a row goes within its population: totals first, then as lists of codes are, then what is not told."""
        place = dict(self._place(row))
        found = []
        for axis in sorted(place.keys() - POPULATION, key=self._rank_of_trait):
            values = _values(axis)
            number = values.index(place[axis]) if place[axis] in values else len(values) + (not place[axis])
            found += [(self._rank_of_trait(axis), axis), (number, place[axis])]
        return found

    def _rank_of_trait(self, axis: str) -> int:
        return self.axes.index(axis) if axis in self.axes else 0

    def _nobody(self, population: Place, pairs: list[tuple[str, str]]) -> Row:
        row = {**self.row_at[population], **dict.fromkeys(self.counts, 0), "persons_key": 0}
        for axis, value in pairs:
            row |= {TRAIT: axis, VALUE: value or None} if TRAIT in self.axes else {axis: value or None}
        if "is_total" in row and not any(name in POPULATION - {MOMENT} for name in self.axes):
            row["is_total"] = False
        return row if HOURS not in row else {**row, HOURS: 0}

    def _place(self, row: Row) -> Place:
        """Where a row stands. A trait and its value are one axis; `total` stands for all values of an axis."""
        over = [axis for axis in self.axes if row[axis] is None and axis in POPULATION and row.get("is_total")]
        values = {axis: "" if row[axis] is None else str(row[axis]) for axis in self.axes if axis not in over}
        trait, value = values.pop(TRAIT, TOTAL), values.pop(VALUE, "")
        if trait != TOTAL:
            values[trait] = value
        return frozenset((axis, value) for axis, value in values.items() if value != TOTAL)


def _values(axis: str) -> tuple[str, ...]:
    """All values of a trait, "" for one that is not told; none for a list that only the persons make."""
    if axis in _VALUES:
        return _VALUES[axis]
    if axis.startswith("is_"):
        return _YES_NO
    column = next((column for column in HOURS_TABLE.columns if column.name == axis and column.codes), None)
    return (*(str(code) for code in column.codes), "") if column and column.codes else ()
