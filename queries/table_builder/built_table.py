"""A built table: its cells and totals as the SQL answers them, its shares, the first ones and the others."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from queries.rights.access import Access
from queries.rights.rights import Right
from queries.scope import Scope
from queries.secrecy.companies import Amounts, Hidden, Place, shown_amounts
from queries.table_builder.builder import KEYS, TOTAL, companies_question, levels, table_question
from queries.table_builder.definition import BY_COLUMN, BY_ROW, TableDefinition
from queries.table_builder.parts import MEASURES, PENALTIES, Time

Value = Decimal | float | Hidden | None
_MONTHS: Final[Mapping[Time, int]] = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltTable:
    """The values of a table. `rows` and `columns`: its keys, in the order of the keys; `others`: how many stand together.

    A row is one key for each dimension down; the first alone stands for all of its group, none for the total.
    """

    definition: TableDefinition
    rows: tuple[Place, ...]
    columns: tuple[str, ...]
    values: Mapping[Place, Mapping[str, Value]]
    others: int = 0

    def value(self, row: Place, column: str, measure: str) -> Value:
        """A cell or a total; None where there is nothing, HIDDEN for a hidden value."""
        return self.values.get(self._place(row, column), {}).get(measure)

    def has(self, row: Place) -> bool:
        """Whether a row has anything; that of a month without lines does not."""
        return self._place(row, TOTAL) in self.values

    def share(self, row: Place, column: str, measure: str) -> float | None:
        """The part of its row, of its column or of the whole, as the description asks; None of a total of zero."""
        kind = self.definition.share
        whole = self.value(row if kind == BY_ROW else (), column if kind == BY_COLUMN else TOTAL, measure)
        part = self.value(row, column, measure)
        if not whole or part is None or isinstance(whole, Hidden) or isinstance(part, Hidden):
            return None
        return float(part) / float(whole)

    def _place(self, row: Place, column: str) -> Place:
        down = (*row, *[TOTAL] * (len(self.definition.rows) - len(row)))
        return down if self.definition.columns is None else (*down, column)


def build(database: Access, scope: Scope, definition: TableDefinition) -> BuiltTable:
    """The table of a description within the reader's rights. Raises QueryError as every question does."""
    if definition.top is None:
        return _built(database, scope, definition)
    # Ranked on the very totals that the whole table shows, then computed again with the others under one key.
    whole = _built(database, scope, replace(definition, top=None))
    measure = definition.order or definition.measures[0]
    # A month that stands there only because a series has no holes is neither among the first nor another.
    rows = tuple(row for row in whole.rows if whole.has((row[0],)))
    firsts = sorted({row[0] for row in rows}, key=lambda key: (_rank(whole.value((key,), TOTAL, measure)), key))
    others = len(firsts) - definition.top
    if others <= 0:
        return replace(whole, rows=rows)
    return replace(_built(database, scope, definition, kept=tuple(firsts[: definition.top])), others=others)


def _rank(value: Value) -> tuple[bool, float]:
    """Largest first, what has no value last."""
    missing = value is None or isinstance(value, Hidden)
    return missing, 0.0 if value is None or isinstance(value, Hidden) else -float(value)


def _built(
    database: Access, scope: Scope, definition: TableDefinition, kept: tuple[str, ...] | None = None
) -> BuiltTable:
    parameters = {} if kept is None else {"kept": kept}
    answer = database.ask(table_question(definition), scope, **parameters).to_pylist()
    names = [name for name in KEYS if name in answer[0]]
    values = {
        tuple(row[name] for name in names): {
            code: row[MEASURES[code].column] for code in definition.measures if code != PENALTIES
        }
        for row in answer
    }
    if PENALTIES in definition.measures and database.rights.may(Right.PENALTIES):
        for place, amount in _penalties(database, scope, definition, names).items():
            values[place][PENALTIES] = amount
    down = len(definition.rows)
    rows = {place[:down] for place in values if all(place[:down])}
    columns = {place[down] for place in values if place[down]} if definition.columns else set()
    times = [dimension.time for dimension in definition.dimensions]
    if down == 1 and times[0] is not None and definition.top is None:
        rows = {(key,) for key in _complete({row[0] for row in rows}, times[0])}
    if definition.columns and (time := times[-1]) is not None:
        columns = set(_complete(columns, time))
    return BuiltTable(definition=definition, rows=tuple(sorted(rows)), columns=tuple(sorted(columns)), values=values)


def _penalties(
    database: Access, scope: Scope, definition: TableDefinition, names: list[str]
) -> dict[Place, Decimal | Hidden]:
    cells: dict[Place, dict[str, Decimal]] = {}
    for row in database.ask(companies_question(definition), scope).to_pylist():
        cells.setdefault(tuple(row[name] for name in names), {})[row["company"]] = row["penalty_eur"]
    amounts: Mapping[Place, Amounts] = cells
    privacy = database.settings.privacy
    return shown_amounts(amounts, levels(definition), units=privacy.company_units, share=privacy.company_share)


def _complete(keys: Iterable[str], time: Time) -> list[str]:
    """Every year, quarter or month from the first to the last: a series has no holes."""
    ordered = sorted(keys)
    if not ordered:
        return []
    first, last = (_month(key) for key in (ordered[0], ordered[-1]))
    numbers = range(first, last + 1, _MONTHS[time])
    days = [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
    return [str(day.year) if time == "year" else day.isoformat() for day in days]


def _month(key: str) -> int:
    """The number of the month of a key, counted from year 0."""
    return int(key[:4]) * 12 + (int(key[5:7]) - 1 if len(key) > 4 else 0)
