"""What a reader looks at: the filters, as one frozen value.

Field for field the STRUCT that the macros of `_scope.sql` take (but for `within`): a missing, misspelt or wrongly typed field is
refused by DuckDB before anything runs, and a test holds that the macros read every field.
"""

import datetime as dt
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any

from data.words import N_
from queries.errors import QueryError
from queries.filters import FILTERS, NONE, Filters

__all__ = ["NONE", "Scope"]

UNKNOWN = "unknown"


class Reading(Enum):
    """The reading of participants: counted on the lines, for holders of the files; or as published, for a kind of reader."""

    EXACT = "exact"
    ACCOUNT = "account"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Filters):
    """The filters of `queries/filters.py`, the years or months, what counts in the total. None means everything, an empty tuple nothing.

    Hashable: part of the key of every cache.
    `first_month`, `last_month`: the first days of a range of months. The years are then those that it touches: what is only known by
    whole years goes by them.
    `within`: all that the reader may see, whatever the question: rights set it, questions that no filter cuts read it. `reading`: how
    participants are counted: rights set it too.

    Raises QueryError when years or months are reversed, when years are not those of the months, or a code is not one of the contract's.
    """

    first_year: int | None = None
    last_year: int | None = None
    first_month: dt.date | None = None
    last_month: dt.date | None = None
    include_uncounted: bool = False
    within: "Scope | None" = None
    reading: Reading = Reading.EXACT

    def __post_init__(self) -> None:
        self._take_months()
        if self.first_year is not None and self.last_year is not None and self.first_year > self.last_year:
            raise QueryError(
                N_("la première année ({first}) vient après la dernière ({last})."),
                first=self.first_year,
                last=self.last_year,
            )
        for name, declared in FILTERS.items():
            values = getattr(self, name)
            if values is None:
                continue
            # A code of what is not known is empty in a release: that of old links means the same. A name may be any text.
            if declared.may_be_empty and declared.codes is not None:
                values = tuple(NONE if value == UNKNOWN else value for value in values)
            # Sorted and without repeats: the same filter is the same key, however it was picked.
            object.__setattr__(self, name, tuple(sorted(set(values))))
            for value in values:
                if not declared.allows(value):
                    raise QueryError(N_("{value} n’est pas une valeur possible de {field}."), value=value, field=name)

    def _take_months(self) -> None:
        """First days of months; the years that they touch."""
        first, last = self.first_month, self.last_month
        if first is not None and last is not None and first > last:
            raise QueryError(
                N_("le premier mois ({first}) vient après le dernier ({last})."),
                first=f"{first:%Y-%m}",
                last=f"{last:%Y-%m}",
            )
        for month, name, of_year in ((first, "first_month", "first_year"), (last, "last_month", "last_year")):
            year = getattr(self, of_year)
            if month is not None:
                object.__setattr__(self, name, month.replace(day=1))
                object.__setattr__(self, of_year, month.year)
            if self.has_months and year is not None and (month is None or year != month.year):
                raise QueryError(N_("l’année {year} n’est pas celle des mois demandés."), year=year)

    def bound(self) -> dict[str, Any]:
        """The value bound to `$scope`."""
        return {
            field.name: list(value) if isinstance(value := getattr(self, field.name), tuple) else value
            for field in fields(self)
            if field.name not in ("within", "reading")
        }

    def rights_bound(self) -> dict[str, Any]:
        """The value bound to `$rights`: of the same type, with no filter of the reader in it."""
        return (self.within or Scope(include_uncounted=True)).bound()

    @property
    def fields_set(self) -> frozenset[str]:
        """The filters, years and months that the scope or its rights set: no other can leave a row out."""
        names = (*FILTERS, "first_year", "last_year", "first_month", "last_month")
        return frozenset(name for one in (self, self.within) for name in names if getattr(one, name, None) is not None)

    def narrowed(self, **allowed: tuple[str, ...]) -> "Scope":
        """The part of the scope that rights allow: lists are intersected, and an empty list stays empty."""
        kept: dict[str, Any] = {}
        for name, values in allowed.items():
            mine = getattr(self, name)
            kept[name] = values if mine is None else tuple(value for value in mine if value in values)
        return replace(self, **kept)

    def without_years(self) -> "Scope":
        """The same filters over the whole history."""
        return self.in_years(None, None)

    def in_years(self, first: int | None, last: int | None) -> "Scope":
        """The same filters over these whole years."""
        return replace(self, first_year=first, last_year=last, first_month=None, last_month=None)

    def of_whole_years(self) -> "Scope":
        """The same filters over the whole years that the months touch."""
        return self.in_years(self.first_year, self.last_year)

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day of the years, or of the months; None without that end."""
        if self.has_months:
            last = self.last_month and (self.last_month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
            return self.first_month, last
        first, end = self.first_year, self.last_year
        return None if first is None else dt.date(first, 1, 1), None if end is None else dt.date(end, 12, 31)

    @property
    def has_months(self) -> bool:
        """Whether a range of months is set, which begins or ends within the years."""
        return self.first_month is not None or self.last_month is not None

    def of_whole_lots(self) -> "Scope":
        """The same filters on lots, over all their lines of hours."""
        lines: dict[str, Any] = {name: None for name, declared in FILTERS.items() if declared.of_line}
        return replace(self.without_years(), **lines)

    @property
    def is_of_clients(self) -> bool:
        """Whether nothing but years and clients is filtered: opening balances count only then."""
        return replace(self, clients=None).is_whole

    @property
    def is_whole(self) -> bool:
        """Whether nothing but years is filtered."""
        return all(getattr(self, name) is None for name in FILTERS)
