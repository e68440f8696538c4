"""What the dimensions, values and measures of a built table are called, and in which order the values stand."""

import datetime as dt
from typing import Any

from data.settings import Settings
from data.words import Words, sorting_name
from pages.parts.filters.names import Names
from queries.scope import NONE, Scope
from queries.table_builder.builder import OTHERS
from queries.table_builder.parts import DIMENSIONS, MEASURES, Dimension


class TableNames:
    """Names in the reader's language. `scope`: of the table, whose months may cut a year or a quarter."""

    def __init__(self, names: Names, settings: Settings, scope: Scope) -> None:
        self.words: Words = names.words
        self._scope = scope
        self._names = names
        self._divisor = settings.counting.fte_divisor

    def dimension(self, code: str) -> str:
        """Maître d’ouvrage"""
        return self.words.say(DIMENSIONS[code].label)

    def measure(self, code: str) -> str:
        """Heures réalisées; an FTE says its divisor."""
        if code == "etp":
            return self.words.say("ETP ({divisor}\u00a0h)", divisor=self.words.number(self._divisor))
        return self.words.say(MEASURES[code].label)

    def header(self, code: str, share: bool = False) -> str:
        """The measure with its unit, or that its cells are shares."""
        if share:
            return self.words.say("{measure}, part (%)", measure=self.measure(code))
        sign = {"hours": "h", "percent": "%", "euros": "€"}.get(MEASURES[code].unit)
        return f"{self.measure(code)} ({sign})" if sign else self.measure(code)

    def value(self, code: str, key: str, others: int = 0) -> str:
        """2019, T1 2019, T1 2019 (en partie), mars 2019, Rouen (76540), Bâtiment, Non renseigné, Autres (12)."""
        words, dimension = self.words, DIMENSIONS[code]
        if key == OTHERS:
            return words.say("Autres ({n})", n=words.number(others))
        if dimension.field:
            return self._names.of(dimension.field, key)
        if key == NONE:
            return words.say("Non renseigné")
        if dimension.time == "year":
            return self._period(key, dt.date(int(key), 1, 1), 12)
        if dimension.time is not None:
            day = dt.date.fromisoformat(key)
            return words.short_month(day) if dimension.time == "month" else self._period(self._quarter(day), day, 3)
        if dimension.codes is not None:
            return words.say(dimension.codes.of(key).label)
        return key

    def name(self, code: str, key: str, others: int = 0) -> str:
        """The value without its code, which a file has in a column of its own: Rouen."""
        field = DIMENSIONS[code].field
        return self.value(code, key, others) if key in (OTHERS, NONE) else self._names.without_code(field, key)

    def _period(self, name: str, first: dt.date, months: int) -> str:
        """A year or a quarter; that it is there in part where a range of months cuts it."""
        last = first.replace(month=first.month + months - 1)
        begins, ends = self._scope.first_month or first, self._scope.last_month or last
        return name if begins <= first and last <= ends else self.words.say("{period} (en partie)", period=name)

    def tick(self, label: str) -> str:
        """The label without "(en partie)", for the axis of a small chart, which has no room for it at its end."""
        return label.removesuffix(self.words.say("{period} (en partie)", period=""))

    def _quarter(self, day: dt.date) -> str:
        return self.words.say("T{quarter} {year}", quarter=(day.month + 2) // 3, year=day.year)

    def order(self, code: str, key: str) -> tuple[Any, ...]:
        """For sorting values: dates and code lists in their own order, names alphabetically; the unknown, then the others last."""
        return key == OTHERS, key == NONE, _within(DIMENSIONS[code], key), sorting_name(self.value(code, key))


def _within(dimension: Dimension, key: str) -> str | int:
    if dimension.time is not None:
        return key
    if dimension.codes is not None and key not in (NONE, OTHERS):
        return [str(code) for code in dimension.codes].index(key)
    return 0
