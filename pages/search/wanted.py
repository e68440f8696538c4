"""What a reader looks for: words and years, out of a question as it is typed."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from data.words import Words, folded
from queries.scope import Scope

QUERY: Final = "q"
LONGEST: Final = 200  # characters of a search
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SINCE: Final = frozenset({"depuis", "since"})


@cache
def _empty_words() -> frozenset[str]:
    """Words of a question that name nothing."""
    return frozenset(Path(__file__).with_name("empty_words.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Words without accents, all of which are looked for; the years that the question names. `text`: as it was typed."""

    text: str
    words: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None

    @property
    def names_several(self) -> bool:
        """Whether it sets names side by side: "Rouen et Sotteville", "comparer Rouen, Sotteville"."""
        return re.search(r",|\b(et|and|ou|or|vs|compar\w*)\b", folded(self.text)) is not None

    @property
    def joined(self) -> str:
        """The words as one text; digits alone are one number, however they are spaced."""
        return "".join(self.words) if all(word.isdecimal() for word in self.words) else " ".join(self.words)

    def matches(self, text: str) -> bool:
        """Whether words of a text begin with all the words: Belbeuf is not Elbeuf."""
        plain = f" {plain_text(text)}"
        return bool(self.words) and all(f" {word}" in plain for word in self.joined.split())

    @property
    def scope(self) -> Scope:
        """Everything in those years."""
        return Scope(first_year=self.first_year, last_year=self.last_year)

    def years_text(self, words: Words) -> str:
        """In 2024, since 2019, from 2019 to 2021; empty without years."""
        first, last = self.first_year, self.last_year
        if first is None:
            return ""
        if first == last:
            return words.say("en {year}", year=first)
        return (
            words.say("depuis {year}", year=first)
            if last is None
            else words.say("de {first} à {last}", first=first, last=last)
        )


def plain_text(text: str) -> str:
    """Words in small letters without accents, one space between them."""
    return " ".join(re.findall(r"\w+", folded(text)))


def _singular(word: str) -> str:
    """The word without the s of a plural: what has the one has the other."""
    return word[:-1] if len(word) > 4 and word.isalpha() and word.endswith("s") else word


def wanted(text: str) -> Wanted:
    """A question, taken apart. Years stand for years, but in a number: "2009-CHU-081", a SIRET."""
    text = text.strip()[:LONGEST]
    parts = plain_text(text).split()
    rest = [word for word in parts if not _YEAR.fullmatch(word)]
    years = sorted({int(word) for word in parts if _YEAR.fullmatch(word)})
    is_number = (not rest and len(parts) > 2) or any(any(sign.isdecimal() for sign in word) for word in rest)
    if is_number or not years:
        kept = tuple(_singular(word) for word in parts if word not in _empty_words() or is_number) or tuple(parts)
        return Wanted(text=text, words=kept)
    since = len(years) == 1 and not _SINCE.isdisjoint(parts)
    return Wanted(
        text=text,
        words=tuple(_singular(word) for word in rest if word not in _empty_words()),
        first_year=years[0],
        last_year=None if since else years[-1],
    )
