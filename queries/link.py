"""A scope as the query of a link, and back.

`?annees=2019-2021&clients=CHU&communes=76540,76681`: French keys, codes separated by commas. `-` is an empty list. What is
neither letter, digit nor . _ ~ - in a code is written %2C. Keys and codes are kept for ever, because links are kept.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from queries.filters import FILTERS
from queries.scope import Scope

KEYS: Final = {field: declared.key for field, declared in FILTERS.items()}
YEARS: Final = "annees"
UNCOUNTED: Final = "hors_total"
ALL_KEYS: Final = (YEARS, *KEYS.values(), UNCOUNTED)
_NOTHING = "-"
_YEARS = re.compile(r"(?P<first>\d{4})?-(?P<last>\d{4})?|(?P<only>\d{4})")


def codes_text(codes: Iterable[str]) -> str:
    """The codes as one text of a link; `-` for an empty list."""
    return ",".join("%2D" if code == _NOTHING else quote(code, safe="") for code in codes) or _NOTHING


def years_text(first: int | None, last: int | None) -> str:
    """The years as one text of a link: 2019-2021, 2019-, -2021."""
    return f"{'' if first is None else first}-{'' if last is None else last}"


def to_query(scope: Scope, *, uncounted_by_default: bool = False) -> dict[str, str]:
    """Keys and texts of the link to this view; nothing for what is not filtered."""
    query: dict[str, str] = {}
    if scope.first_year is not None or scope.last_year is not None:
        query[YEARS] = years_text(scope.first_year, scope.last_year)
    for name, key in KEYS.items():
        codes = getattr(scope, name)
        if codes is not None:
            query[key] = codes_text(codes)
    if scope.include_uncounted != uncounted_by_default:
        query[UNCOUNTED] = "true" if scope.include_uncounted else "false"
    return query


def from_query(query: Mapping[str, str], *, uncounted_by_default: bool = False) -> tuple[Scope, list[tuple[str, str]]]:
    """The scope of a link, and its meaningless parts, for a notice to the reader."""
    fields: dict[str, Any] = {"include_uncounted": uncounted_by_default}
    lost: list[tuple[str, str]] = []
    for name, key in KEYS.items():
        text = query.get(key, "")
        if text == _NOTHING:
            fields[name] = ()
        elif text:
            codes = [unquote(code.strip()) for code in text.split(",")]
            good = tuple(code for code in codes if FILTERS[name].allows(code))
            lost += [(key, code) for code in codes if code not in good]
            if good:
                fields[name] = good
    years = query.get(YEARS, "")
    match = _YEARS.fullmatch(years)
    if match and years != "-":
        ends = [match["only"] or match["first"], match["only"] or match["last"]]
        first, last = (None if end is None else int(end) for end in ends)
        if first is not None and last is not None and first > last:
            first, last = last, first
        fields["first_year"], fields["last_year"] = first, last
    elif years:
        lost.append((YEARS, years))
    uncounted = query.get(UNCOUNTED, "")
    if uncounted in ("true", "false"):
        fields["include_uncounted"] = uncounted == "true"
    elif uncounted:
        lost.append((UNCOUNTED, uncounted))
    return Scope(**fields), lost
