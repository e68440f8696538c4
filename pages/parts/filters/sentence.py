"""The filters in words: beside the button that opens their form, and in the files."""

import datetime as dt
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from data.release.releases import Release
from data.words import Words
from pages.parts.filters.names import Names
from queries import answers
from queries.filters import FILTERS
from queries.scope import Scope


class Reads(Enum):
    """Which filters change a page: all; all but years; those of lots, and none of their lines (years, employer kinds); those of the
    notified contracts (years, and what cuts them); none.
    """

    ALL = auto()
    WITHOUT_YEARS = auto()
    OF_LOTS = auto()
    NOTIFIED = auto()
    NONE = auto()


def filters_text(scope: Scope, names: Names, *, sure: bool = True) -> str:
    """The filters in words: "années 2019 à 2021 ; maître d’ouvrage : CHU". Empty when there are none. `sure`: with the months that are provisional."""
    words = names.words
    parts = [sure_period_text(scope, names) if sure else period_text(scope, words)]
    for field, declared in FILTERS.items():
        values = getattr(scope, field)
        if values is not None:
            listed = words.listed([names.of(field, value) for value in values]) if values else words.say("aucun")
            label = words.say(declared.label)
            parts.append(words.say("{field}\u00a0: {values}", field=label.lower(), values=listed))
    if scope.include_uncounted:
        parts.append(words.say("lots hors du total compris"))
    return words.joined([part for part in parts if part])


def sure_period_text(scope: Scope, names: Names) -> str:
    """The period; of a range of months that ends after the last complete one, from which month on it is provisional."""
    words, period = names.words, period_text(scope, names.words)
    if not scope.has_months:
        return period
    complete: dt.date = answers.release_summary(names.access)["last_complete_month"]
    if scope.last_month is not None and scope.last_month <= complete:
        return period
    if scope.first_month is not None and scope.first_month > complete:
        return words.say("{period} (provisoire)", period=period)
    month = words.month((complete + dt.timedelta(days=31)).replace(day=1))
    return words.say("{period} (provisoire à partir de {month})", period=period, month=month)


def covered_text(scope: Scope, release: Release, words: Words) -> str:
    """The months of a scope that the data have: hours "until March 2003" would be those before the data too."""
    first = max(filter(None, [scope.first_month, release.first_month]), default=None)
    last = min(filter(None, [scope.last_month, release.last_month]), default=None)
    if first is None or last is None or first > last:
        return period_text(scope, words)
    return period_text(Scope(first_month=first, last_month=last), words)


def period_text(scope: Scope, words: Words) -> str:
    """The months or years of a scope: "de mars à août 2026", "en mars 2026", "années 2019 à 2021". Empty for all of them."""
    return _months(scope, words) if scope.has_months else _years(scope, words)


def _months(scope: Scope, words: Words) -> str:
    first, last = scope.first_month, scope.last_month
    if first is None:
        return words.say("jusqu’en {month}", month=words.month(last))
    if last is None:
        return words.say("à partir de {month}", month=words.month(first))
    if first == last:
        return words.say("en {month}", month=words.month(first))
    if first.year == last.year:
        return words.say("de {first} à {last}", first=words.month_name(first), last=words.month(last))
    return words.say("de {first} à {last}", first=words.month(first), last=words.month(last))


def _years(scope: Scope, words: Words) -> str:
    first, last = scope.first_year, scope.last_year
    if first is not None and first == last:
        return words.say("année {year}", year=first)
    if first is not None and last is not None:
        return words.say("années {first} à {last}", first=first, last=last)
    if first is not None:
        return words.say("à partir de {year}", year=first)
    return "" if last is None else words.say("jusqu’en {year}", year=last)


def filters_on_lines(words: Words) -> str:
    """The filters that cut hours and leave lots whole: "les années ou les mois et la modalité"."""
    return words.listed(
        [
            words.say("les années ou les mois"),
            *(words.say(declared.definite) for declared in FILTERS.values() if declared.of_line),
        ]
    )


def idle_text(scope: Scope, reads: Reads, names: Names, replaced: tuple[str, ...] = ()) -> str:
    """What the filters in force do not change on a page that reads only some of them: "sans effet sur cette page : …"; empty when nothing."""
    notified: dict[str, Any] = {field: None for field, declared in FILTERS.items() if declared.cuts_notified}
    years = _period_of(scope)
    of_lines: dict[str, Any] = {field: getattr(scope, field) for field, declared in FILTERS.items() if declared.of_line}
    idle = {
        Reads.ALL: Scope(),
        Reads.WITHOUT_YEARS: years,
        Reads.OF_LOTS: replace(years, **of_lines),
        Reads.NOTIFIED: replace(scope.without_years(), **notified),
        Reads.NONE: scope,
    }[reads]
    if replaced:
        values: dict[str, Any] = {name: getattr(scope, name) for name in replaced}
        idle = replace(idle, **values)
    text = filters_text(idle, names, sure=False)
    return names.words.say("sans effet sur cette page\u00a0: {filters}", filters=text) if text else ""


def _period_of(scope: Scope) -> Scope:
    if scope.has_months:
        return Scope(first_month=scope.first_month, last_month=scope.last_month)
    return Scope(first_year=scope.first_year, last_year=scope.last_year)


def whole_years_text(scope: Scope, words: Words) -> str:
    """Beside the filters of a page that is of whole years: which ones stand in the place of the months."""
    return words.say(
        "les mois choisis ne s’appliquent pas ici, années entières\u00a0: {years}",
        years=period_text(scope.of_whole_years(), words),
    )
