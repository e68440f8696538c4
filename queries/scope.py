"""What a reader looks at: the filters, as one frozen value.

Field for field the STRUCT that the macros of `_scope.sql` take (but for `within`): a missing, misspelt or wrongly typed field is
refused by DuckDB before anything runs, and a test holds that the macros read every field.
"""

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
    """The filters of `queries/filters.py`, the years, what counts in the total. None means everything, an empty tuple means nothing.

    Hashable: part of the key of every cache.
    `within`: all that the reader may see, whatever the question: rights set it, questions that no filter cuts read it. `reading`: how
    participants are counted: rights set it too.

    Raises QueryError when years are reversed or a code is not one of the contract's.
    """

    first_year: int | None = None
    last_year: int | None = None
    include_uncounted: bool = False
    within: "Scope | None" = None
    reading: Reading = Reading.EXACT

    def __post_init__(self) -> None:
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
        """The filters and years that the scope or its rights set: no other can leave a row out."""
        names = (*FILTERS, "first_year", "last_year")
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
        return replace(self, first_year=None, last_year=None)

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
