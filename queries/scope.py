"""What a reader looks at: the filters, as one frozen value.

Field for field the STRUCT that the macros of `_scope.sql` take, so that Python and SQL check each other: a missing,
extra, misspelt or wrongly typed field is refused by DuckDB before anything runs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from data import codes
from data.words import N_
from queries.errors import QueryError

NONE = "none"  # in a filter: the rows where the column is empty

# Field → the key of a link. French, because readers see them; kept for ever, because links are kept.
URL_KEYS = {
    "clients": "clients",
    "client_types": "types",
    "clause_categories": "clauses",
    "execution_communes": "communes",
    "sectors": "secteurs",
    "employer_kinds": "modalites",
    "programmes": "programmes",
    "facilitators": "facilitateurs",
}
YEARS_KEY = "annees"
UNCOUNTED_KEY = "hors_total"
LISTS = tuple(URL_KEYS)
LINE_FILTERS = ("first_year", "last_year", "employer_kinds")

_CODES: dict[str, type[codes.Code]] = {
    "client_types": codes.ClientType,
    "clause_categories": codes.ClauseCategory,
    "sectors": codes.Sector,
    "employer_kinds": codes.EmployerKind,
    "programmes": codes.Programme,
}
_MAY_BE_EMPTY = ("execution_communes", "sectors", "employer_kinds", "programmes", "facilitators")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """None means everything, an empty tuple means nothing. Hashable: part of the key of every cache.

    Raises QueryError when years are reversed or a code is not one of the contract's.
    """

    first_year: int | None = None
    last_year: int | None = None
    clients: tuple[str, ...] | None = None
    client_types: tuple[str, ...] | None = None
    clause_categories: tuple[str, ...] | None = None
    execution_communes: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None
    employer_kinds: tuple[str, ...] | None = None
    programmes: tuple[str, ...] | None = None
    facilitators: tuple[str, ...] | None = None
    include_uncounted: bool = False

    def __post_init__(self) -> None:
        if self.first_year is not None and self.last_year is not None and self.first_year > self.last_year:
            raise QueryError(
                N_("la première année ({first}) vient après la dernière ({last})."),
                first=self.first_year,
                last=self.last_year,
            )
        for name in LISTS:
            values = getattr(self, name)
            if values is None:
                continue
            # Sorted and without repeats: the same filter is the same key, however it was picked.
            object.__setattr__(self, name, tuple(sorted(set(values))))
            for value in values:
                if not is_possible(name, value):
                    raise QueryError(N_("{value} n’est pas une valeur possible de {field}."), value=value, field=name)

    def bound(self) -> dict[str, Any]:
        """The value bound to `$scope`."""
        return {
            field.name: list(value) if isinstance(value := getattr(self, field.name), tuple) else value
            for field in fields(self)
        }

    def narrowed(self, **allowed: tuple[str, ...]) -> "Scope":
        """The part of the scope that rights allow: lists are intersected, and an empty list stays empty."""
        kept: dict[str, Any] = {}
        for name, values in allowed.items():
            mine = getattr(self, name)
            kept[name] = values if mine is None else tuple(value for value in mine if value in values)
        return replace(self, **kept)

    def without_years(self) -> "Scope":
        """The same scope over its whole history."""
        return replace(self, first_year=None, last_year=None)

    @property
    def is_whole(self) -> bool:
        """Whether nothing but years is filtered: the opening balance counts only then."""
        return all(getattr(self, name) is None for name in LISTS)

    def to_query(self) -> list[tuple[str, str]]:
        """Keys and values of the link to this view; nothing for what is not filtered."""
        pairs: list[tuple[str, str]] = []
        if self.first_year is not None or self.last_year is not None:
            years = (self.first_year, self.last_year)
            pairs += [(YEARS_KEY, "" if year is None else str(year)) for year in years]
        for name, key in URL_KEYS.items():
            values = getattr(self, name)
            if values is not None:
                pairs += [(key, value) for value in values or ("",)]
        if self.include_uncounted:
            pairs.append((UNCOUNTED_KEY, "true"))
        return pairs


def is_possible(field: str, value: str) -> bool:
    """Whether a filter may hold that value: a code of the contract, or `none` where the column may be empty."""
    if value == NONE:
        return field in _MAY_BE_EMPTY
    known = _CODES.get(field)
    return bool(value) and (known is None or value in [str(code) for code in known])


def from_query(query: Mapping[str, Iterable[str]]) -> tuple[Scope, list[tuple[str, str]]]:
    """The scope of a link and the parts of it that mean nothing, for the reader to be told."""
    found: dict[str, Any] = {}
    lost: list[tuple[str, str]] = []
    for name, key in URL_KEYS.items():
        values = list(query.get(key, ()))
        if not values:
            continue
        good = [value for value in values if is_possible(name, value)]
        lost += [(key, value) for value in values if value and value not in good]
        if good or values == [""]:
            found[name] = tuple(good)
    years = list(query.get(YEARS_KEY, ()))
    if years:
        read = [int(year) if year.isdecimal() and len(year) == 4 else None for year in years]
        if len(read) == 2 and all(number is not None or not text for number, text in zip(read, years, strict=True)):
            first, last = read
            if first is not None and last is not None and first > last:
                first, last = last, first
            found["first_year"], found["last_year"] = first, last
        else:
            lost += [(YEARS_KEY, year) for year in years]
    uncounted = list(query.get(UNCOUNTED_KEY, ()))
    if uncounted == ["true"]:
        found["include_uncounted"] = True
    elif uncounted and uncounted != ["false"]:
        lost += [(UNCOUNTED_KEY, value) for value in uncounted]
    return Scope(**found), lost
