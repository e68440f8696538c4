"""A scope as the query of a link, and back.

`?annees=2019-2021&clients=CHU&communes=76540,76681`, or `?mois=2026-03..2026-08` in place of the years: French keys, codes separated by commas. `-` is an empty list. What is
neither letter, digit nor . _ ~ - in a code is written %2C. Keys and codes are kept for ever, because links are kept.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote, unquote

from queries.filters import FILTERS
from queries.scope import Scope

KEYS: Final = {field: declared.key for field, declared in FILTERS.items()}
YEARS: Final = "annees"
MONTHS: Final = "mois"
UNCOUNTED: Final = "hors_total"
ALL_KEYS: Final = (YEARS, MONTHS, *KEYS.values(), UNCOUNTED)
_NOTHING = "-"
_End = TypeVar("_End", int, dt.date)
_YEARS = re.compile(r"(?P<first>\d{4})?-(?P<last>\d{4})?|(?P<only>\d{4})")
_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_MONTHS = re.compile(rf"(?P<first>{_MONTH})?\.\.(?P<last>{_MONTH})?|(?P<only>{_MONTH})")


def codes_text(codes: Iterable[str]) -> str:
    """The codes as one text of a link; `-` for an empty list."""
    return ",".join("%2D" if code == _NOTHING else quote(code, safe="") for code in codes) or _NOTHING


def years_text(first: int | None, last: int | None) -> str:
    """The years as one text of a link: 2019-2021, 2019-, -2021."""
    return f"{'' if first is None else first}-{'' if last is None else last}"


def months_text(first: dt.date | None, last: dt.date | None) -> str:
    """The months as one text of a link: 2026-03..2026-08, 2026-03.., ..2026-08."""
    return f"{'' if first is None else f'{first:%Y-%m}'}..{'' if last is None else f'{last:%Y-%m}'}"


def month_of(text: str) -> dt.date:
    """The first day of a month written 2026-03. Raises ValueError for anything else."""
    if not re.fullmatch(_MONTH, text):
        raise ValueError(text)
    return dt.date(int(text[:4]), int(text[5:]), 1)


def sorted_ends(first: _End | None, last: _End | None) -> tuple[_End | None, _End | None]:
    """The ends of a range in their order: they may have been given in either."""
    return (last, first) if first is not None and last is not None and first > last else (first, last)


def to_query(scope: Scope, *, uncounted_by_default: bool = False) -> dict[str, str]:
    """Keys and texts of the link to this view; nothing for what is not filtered."""
    query: dict[str, str] = {}
    if scope.has_months:
        query[MONTHS] = months_text(scope.first_month, scope.last_month)
    elif scope.first_year is not None or scope.last_year is not None:
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
    fields |= _period(query, lost)
    uncounted = query.get(UNCOUNTED, "")
    if uncounted in ("true", "false"):
        fields["include_uncounted"] = uncounted == "true"
    elif uncounted:
        lost.append((UNCOUNTED, uncounted))
    return Scope(**fields), lost


def _period(query: Mapping[str, str], lost: list[tuple[str, str]]) -> dict[str, Any]:
    """The months of a link, or its years; years beside months are among its meaningless parts."""
    years, months = query.get(YEARS, ""), query.get(MONTHS, "")
    if months:
        if found := _ends(_MONTHS, months, ".."):
            lost += [(YEARS, years)] if years else []
            first, last = sorted_ends(*(None if end is None else month_of(end) for end in found))
            return {"first_month": first, "last_month": last}
        lost.append((MONTHS, months))
    if not years:
        return {}
    if found := _ends(_YEARS, years, "-"):
        first_year, last_year = sorted_ends(*(None if end is None else int(end) for end in found))
        return {"first_year": first_year, "last_year": last_year}
    lost.append((YEARS, years))
    return {}


def _ends(form: re.Pattern[str], text: str, nothing: str) -> tuple[str | None, str | None] | None:
    match = form.fullmatch(text)
    if match is None or text == nothing:
        return None
    return match["only"] or match["first"], match["only"] or match["last"]
