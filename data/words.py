"""The words and numbers of a reader's language.

French is the source: the French text is the message id, so it is read and corrected where it is used. English lives in
`data/messages/en.po`, which the pipeline keeps complete. Numbers, dates and months follow the language chosen in the
product, never the browser's or the machine's locale.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from babel import dates, numbers
from babel.messages.pofile import read_po

Lang = Literal["fr", "en"]
LANGS: tuple[Lang, ...] = ("fr", "en")
MESSAGES = Path(__file__).parent / "messages"
# A no-break space glues a number to its unit; Babel already groups French thousands with U+202F.
UNIT_SPACE = "\u00a0"
NOTHING = "–"

type_of_number = int | float | Decimal


def N_(text: str) -> str:
    """The text itself; marks it for the catalogue when it is translated later, by `Words.say`."""
    return text


@cache
def _catalogue(lang: Lang) -> dict[str, str | tuple[str, ...]]:
    if lang == "fr":
        return {}
    with (MESSAGES / f"{lang}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    texts: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if message.id and message.string and not message.fuzzy:
            single = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            texts[str(single)] = tuple(message.string) if isinstance(message.string, (tuple, list)) else message.string
    return texts


@dataclass(frozen=True, slots=True)
class Words:
    """One language: texts, plurals, numbers, dates. Hashable, so that it can be part of a cache key."""

    lang: Lang = "fr"

    def say(self, text: str, /, **values: object) -> str:
        """The text in the reader's language with its values put in."""
        translated = _catalogue(self.lang).get(text, text)
        chosen = translated if isinstance(translated, str) else translated[0]
        return self._filled(chosen, values) if values else chosen

    def say_count(self, one: str, many: str, n: int | Decimal, /, **values: object) -> str:
        """The form that suits n as it is written, a whole number, which fills `{n}`. In French 0 and 1 are singular, in English only 1 is."""
        size = abs(rounded(str(n), 0))
        plural = size > 1 if self.lang == "fr" else size != 1
        forms = _catalogue(self.lang).get(one, (one, many))
        chosen = forms[int(plural)] if isinstance(forms, tuple) else (many if plural else one)
        return self._filled(chosen, {"n": self.number(n), **values})

    def _filled(self, template: str, values: Mapping[str, object]) -> str:
        """The template with its values; in French "de {month}" becomes "d’avril", "{hours} réalisées" "1 h réalisée"."""
        return (_agreed(_elided(template, values), values) if self.lang == "fr" else template).format(**values)

    @property
    def locale(self) -> str:
        """Babel's name of the locale: British English, where days come before months as in French."""
        return "fr" if self.lang == "fr" else "en_GB"

    def number(self, value: type_of_number | None, digits: int = 0) -> str:
        """1 234 567 (or 1 234 567,5 with one digit); a dash for nothing. A minus sign is U+2212."""
        if value is None:
            return NOTHING
        return _number(str(value), digits, self.locale)

    def hours(self, value: type_of_number | None, digits: int = 0) -> str:
        """1 234 567 h"""
        return NOTHING if value is None else f"{self.number(value, digits)}{UNIT_SPACE}h"

    def short(self, value: type_of_number) -> str:
        """51 500 or 1,2 million, three figures exact: for axes and other narrow places."""
        exact = Decimal(str(value))
        size = abs(exact)
        if size >= 1_000_000:
            scaled = exact / 1_000_000
            millions = self.number(scaled, 0 if scaled == scaled.to_integral_value() else 1)
            # In French two millions are a plural, one and a half are none.
            many = size >= 2_000_000
            return self.say("{n} millions", n=millions) if many else self.say("{n} million", n=millions)
        step = Decimal(10) ** max(0, exact.adjusted() - 2)
        return self.number((exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)

    def short_hours(self, value: type_of_number) -> str:
        """51 500 h or 1,2 million d’heures: for labels beside a mark."""
        if abs(float(value)) >= 1_000_000:
            return self.say("{millions} d’heures", millions=self.short(value))
        return f"{self.short(value)}{UNIT_SPACE}h"

    def percent(self, ratio: type_of_number | None, digits: int = 1, signed: bool = False, unit: bool = True) -> str:
        """42,1 % of a ratio 0.421; a dash for nothing. Without the sign where a table's header says it."""
        if ratio is None:
            return NOTHING
        # Binary fractions fall short of a half that is exact: -0.0775 is -7.75 %, not -7.7499….
        exact = Decimal(f"{ratio:.12f}" if isinstance(ratio, float) else str(ratio))
        text = self.number(exact * 100, digits)
        sign = "+" if signed and ratio > 0 else ""
        mark = f"{UNIT_SPACE}%" if self.lang == "fr" else "%"
        return f"{sign}{text}{mark if unit else ''}"

    def date(self, day: dt.date | None) -> str:
        """31 octobre 2026; the first of a month is written 1ᵉʳ in French."""
        if day is None:
            return NOTHING
        text = _date(day, "d MMMM y", self.locale)
        return "1ᵉʳ" + text[1:] if self.lang == "fr" and day.day == 1 else text

    def short_date(self, day: dt.date | None) -> str:
        """31/10/2026: for narrow columns."""
        return NOTHING if day is None else day.strftime("%d/%m/%Y")

    def month(self, day: dt.date | None) -> str:
        """mars 2015"""
        return NOTHING if day is None else _date(day, "MMMM y", self.locale)

    def short_month(self, day: dt.date | None) -> str:
        """janv. 2015"""
        return NOTHING if day is None else _date(day, "MMM y", self.locale)

    def month_name(self, day: dt.date) -> str:
        """mars"""
        return _date(day, "LLLL", self.locale)

    def short_month_name(self, day: dt.date) -> str:
        """janv."""
        return _date(day, "LLL", self.locale)

    def either(self, french: str, english: str) -> str:
        """A text of the settings, which give both languages; the French one where the English is missing."""
        return english or french if self.lang == "en" else french

    def named(self, name: str, text: str) -> str:
        """Nom : texte"""
        colon = "\u00a0: " if self.lang == "fr" else ": "
        return f"{name}{colon}{text}"

    def joined(self, parts: Iterable[str]) -> str:
        """a ; b ; c"""
        return ("\u202f; " if self.lang == "fr" else "; ").join(parts)

    def listed(self, items: list[str] | tuple[str, ...]) -> str:
        """a, b et c"""
        from babel.lists import format_list

        return str(format_list(list(items), locale=self.locale)) if items else NOTHING

    def listed_years(self, years: Sequence[int]) -> str:
        """2003, 2006 à 2025 et 2028: three years or more in a row are a range. `years`: from the first to the last."""
        runs: list[list[int]] = []
        for year in years:
            if runs and runs[-1][-1] == year - 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        pieces: list[str] = []
        for run in runs:
            whole = len(run) > 2
            pieces += [self.say("{first} à {last}", first=run[0], last=run[-1])] if whole else map(str, run)
        return self.listed(pieces)


def rounded(value: str, digits: int) -> Decimal:
    """The number as it is written with so many digits: a half is rounded up, as readers and spreadsheets do."""
    # Adding 0 takes the sign off a 0.
    return Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


# The same numbers and dates are written at each run of a page, hundreds of them: 0.3 µs instead of 25.
@lru_cache(maxsize=65_536)
def _number(value: str, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(rounded(value, digits), format=pattern, locale=locale).replace("-", "\u2212")


@lru_cache(maxsize=16_384)
def _date(day: dt.date, pattern: str, locale: str) -> str:
    return str(dates.format_date(day, format=pattern, locale=locale))


# Hours whose number is no plural: 0 h, 1 h, −1 h, 0,25 h.
_SINGULAR_HOURS = re.compile(r"[\u2212+]?[01](,\d+)?\u00a0h")


@cache
def _before_participle(template: str) -> tuple[tuple[str, str], ...]:
    """The places of a template that a plural participle of hours follows: the whole of it, and the name of the place."""
    return tuple(
        (match[0], match[1])
        for match in re.finditer(r"(?<!es )\{(\w+)\}(?: encore)? (?:\w+é|attendu|du)es\b", template)
    )


def _agreed(template: str, values: Mapping[str, object]) -> str:
    """The template with the participle in the singular where the hours before it are none: 1 h réalisée, 0 h engagée."""
    for whole, name in _before_participle(template):
        if _SINGULAR_HOURS.fullmatch(str(values[name])):
            template = template.replace(whole, whole.removesuffix("s"))
    return template


@cache
def _after_de(template: str) -> tuple[tuple[str, str], ...]:
    """The places of a template that follow "de" or "que": the whole of it, and the name of the place."""
    return tuple((match[0], match[1]) for match in re.finditer(r"\b(?:[Dd]e|[Qq]ue) \{(\w+)\}", template))


def _elided(template: str, values: Mapping[str, object]) -> str:
    """The template with d’ or qu’ where the value that follows begins with a vowel: d’avril, d’Elbeuf, de mars."""
    for whole, name in _after_de(template):
        if folded(str(values[name]))[:1] in tuple("aeiou"):
            template = template.replace(whole, whole.replace("e {", "’{"))
    return template


# What stands before a town's name, and is passed over in sorting: Ville d’Elbeuf comes after Ville de Canteleu.
_BEFORE_A_TOWN = re.compile(
    r"^(?:ville|commune|mairie|ccas)\s+(?:de\s+la\s+|de\s+l['’]|des\s+|du\s+|de\s+|d['’])", re.IGNORECASE
)


def sorting_name(text: str) -> str:
    """The text as names are sorted: on the town's name, without accents or capitals. As `sorting_name` in queries/_views.sql."""
    return folded(_BEFORE_A_TOWN.sub("", text))


def folded(text: str) -> str:
    """The text without accents or capitals, for searching: "reze" matches "Rezé"."""
    decomposed: Any = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
