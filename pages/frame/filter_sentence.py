"""The filters in words, beside the button that opens their form."""

from data.words import Words
from pages.parts.filters.names import Names
from queries.filters import FILTERS
from queries.scope import Scope


def filters_text(scope: Scope, names: Names) -> str:
    """The filters in words: "années 2019 à 2021 ; maître d’ouvrage : CHU". Empty when there are none."""
    words = names.words
    parts = [_years(scope, words)]
    for field, declared in FILTERS.items():
        values = getattr(scope, field)
        if values is not None:
            listed = words.listed([names.of(field, value) for value in values]) if values else words.say("aucun")
            label = words.say(declared.label)
            parts.append(words.say("{field}\u00a0: {values}", field=label.lower(), values=listed))
    if scope.include_uncounted:
        parts.append(words.say("lots hors du total compris"))
    return words.joined([part for part in parts if part])


def _years(scope: Scope, words: Words) -> str:
    first, last = scope.first_year, scope.last_year
    if first is not None and first == last:
        return words.say("année {year}", year=first)
    if first is not None and last is not None:
        return words.say("années {first} à {last}", first=first, last=last)
    if first is not None:
        return words.say("à partir de {year}", year=first)
    return "" if last is None else words.say("jusqu’en {year}", year=last)
