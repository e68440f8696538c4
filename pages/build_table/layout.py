"""A built table as it is read: lines and columns in their order, their names, what each cell says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from data.words import NOTHING, Words
from pages.build_table.names import TableNames
from pages.parts.sorting import Order
from queries.secrecy.companies import Hidden, Place
from queries.table_builder.builder import OTHERS, TOTAL
from queries.table_builder.built_table import BuiltTable, Value
from queries.table_builder.parts import MEASURES

BY_NAME: Final = "nom"
MOST_COLUMNS: Final = 24
_MOST_ROWS: Final = 300
_MOST_CELLS: Final = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: its name, its keys; `is_group`: it stands above the lines that it is the total of."""

    label: str
    row: Place
    is_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """A column: its key (empty: the total of the line), what its cells say; `apart`: a total that stands beside others."""

    key: str
    label: str
    measure: str
    share: bool = False
    apart: bool = False

    @property
    def name(self) -> str:
        """Its name for programs, and for the order of the lines: hours_validated__2019."""
        measure = MEASURES[self.measure].column + ("_share" if self.share else "")
        return measure if self.key == TOTAL else f"{measure}__{self.key}"


class Layout:
    """A built table in the reader's order and words. `order`: by a column, or by the names of the lines; None: as described."""

    def __init__(self, table: BuiltTable, names: TableNames, order: Order | None = None) -> None:
        self.table = table
        self.names = names
        self.words: Words = names.words
        self.definition = table.definition
        self.columns = tuple(self._columns())
        self.order = order or self.usual_order
        self.lines = tuple(self._lines())

    @property
    def usual_order(self) -> Order:
        """The order of the description: by its measure, most first, or by name."""
        if self.definition.order is None:
            return Order(key=BY_NAME)
        return Order(key=MEASURES[self.definition.order].column, descending=True)

    def _sorted(self, code: str, rows: Sequence[Place]) -> list[Place]:
        """Rows that differ by their last key, in the order in force; without a value to compare, then the others, last."""
        in_order = sorted(rows, key=lambda row: self.names.order(code, row[-1]))
        if self.order.key == BY_NAME:
            values: dict[Place, Any] = {row: place for place, row in enumerate(in_order)}
        else:
            column = next(column for column in self.columns if column.name == self.order.key)
            values = {row: amount(self.cell(row, column)) for row in in_order}
        known = [row for row in in_order if values[row] is not None and row[-1] != OTHERS]
        known.sort(key=lambda row: values[row], reverse=self.order.descending)
        placed = set(known)
        return [*known, *(row for row in in_order if row not in placed)]

    def _lines(self) -> Iterator[Line]:
        first, *second = self.definition.rows
        others = self.table.others
        for group in self._sorted(first, sorted({row[:1] for row in self.table.rows})):
            yield Line(label=self.names.value(first, group[0], others), row=group, is_group=bool(second))
            if second:
                inside = [row for row in self.table.rows if row[:1] == group]
                for row in self._sorted(second[0], inside):
                    yield Line(label=self.names.value(second[0], row[1]), row=row)

    def _columns(self) -> Iterator[Across]:
        across = self.definition.columns
        keys = [] if across is None else sorted(self.table.columns, key=lambda key: self.names.order(across, key))
        for key in [*keys, TOTAL]:
            label = self.words.say("Total") if key == TOTAL or across is None else self.names.value(across, key)
            for measure in self.definition.measures:
                apart = key == TOTAL and across is not None
                shared = self.definition.share is not None and self.definition.adds_up(measure)
                # Across, shares stand in the place of the values; a table without columns has room for both.
                if not shared or across is None:
                    yield Across(key=key, label=label, measure=measure, apart=apart)
                if shared:
                    yield Across(key=key, label=label, measure=measure, share=True, apart=apart)

    @property
    def visible_columns(self) -> tuple[Across, ...]:
        """The columns that the screen has room for, whole keys: the last ones of a series, the first ones of the others; the total."""
        keys = list(dict.fromkeys(column.key for column in self.columns if column.key != TOTAL))
        most = max(1, MOST_COLUMNS // len(self.definition.measures))
        in_time = self.definition.columns is not None and self.definition.dimensions[-1].time is not None
        kept = {TOTAL, *(keys[-most:] if in_time else keys[:most])}
        return tuple(column for column in self.columns if column.key in kept)

    @property
    def visible_lines(self) -> tuple[Line, ...]:
        """The lines that the screen has room for."""
        return self.lines[: min(_MOST_ROWS, max(20, _MOST_CELLS // len(self.visible_columns)))]

    def cell(self, row: Place, column: Across) -> Value:
        """What a cell says; no line is the total."""
        if column.share:
            return self.table.share(row, column.key, column.measure)
        return self.table.value(row, column.key, column.measure)

    def text(self, value: Value, column: Across) -> str:
        """The text of a cell on screen: – for nothing, n.c. for a hidden number."""
        unit = "percent" if column.share else MEASURES[column.measure].unit
        if isinstance(value, Hidden):
            return self.words.say("n.c.")
        if value is None:
            return NOTHING
        if unit == "percent":
            return self.words.percent(value, unit=False)
        # Whole hours, as in every table on screen: the file has the hundredths.
        return self.words.number(value, 1 if unit == "decimal" else 0)

    def full_text(self, value: Value, measure: str) -> str:
        """A value with its unit, for a sentence."""
        unit = MEASURES[measure].unit
        if isinstance(value, Hidden):
            return self.words.say("n.c.")
        if unit == "hours":
            return self.words.hours(value)
        if unit == "percent":
            return self.words.percent(value)
        return self.words.number(value, 1 if unit == "decimal" else 0) + ("\u00a0€" if unit == "euros" else "")

    @property
    def caption(self) -> str:
        """Heures réalisées par maître d’ouvrage et par année."""
        codes = [*self.definition.rows, *([] if self.definition.columns is None else [self.definition.columns])]
        by = [self.words.say("par {dimension}", dimension=_small(self.names.dimension(code))) for code in codes]
        first, *more = (self.names.measure(code) for code in self.definition.measures)
        return f"{self.words.listed([first, *map(_small, more)])} {self.words.listed(by)}"


def _small(text: str) -> str:
    """Without its capital, but for the initials of a name: "ETP" stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def amount(value: Value) -> Decimal | float | None:
    """The value when it is one that can be drawn."""
    return None if isinstance(value, Hidden) else value
