"""Whether a page speaks one language: English throughout, or French throughout."""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from data.messages.update import texts as sources
from data.words import MESSAGES, Lang
from pages.parts.abbreviations import ABBREVIATIONS
from pages.parts.rgaa import CRITERIA
from pages.server.index_page import HERE
from tests.journeys.tour import texts

_PLACE: Final = re.compile(r"\{[^}]*\}")
# A piece of a text around its {values} is looked for within longer texts when it is long enough to be nothing else.
_LONG: Final = 12
_FRENCH_NUMBER: Final = re.compile(r"\d\u202f\d{3}|\d,\d{1,2}(?!\d)|\d[\u202f\u00a0]%")
_ENGLISH_NUMBER: Final = re.compile(r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?!\d)|\d%")
# What has points in any language: a version, a licence, a criterion.
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+|(?:Licence Ouverte|RGAA|[Cc]ritère) \d+\.\d+")
_FRENCH_MONTHS: Final = re.compile(
    r"\b(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janv|févr|avr|juil|déc)\b"
)
_ENGLISH_MONTHS: Final = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept|Sep|Oct|Nov|Dec)\b \d"
)


@cache
def _sides() -> tuple[frozenset[str], frozenset[str]]:
    """All texts of the product in French, translated or not, and all in English."""
    with (MESSAGES / "en.po").open("rb") as file:
        english = [form for message in read_po(file, locale="en") if message.id for form in _forms(message.string)]
    return frozenset(form for text in sources() for form in _forms(text)), frozenset(english)


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


@cache
def _foreign(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """What must not be read in a language: whole texts of the other one, and long pieces of its texts with values.

    A text that is the same in both, or a piece that the language has as well, says nothing.
    """
    french, english = _sides()
    others, own = (french, english) if lang == "en" else (english, french)
    # An abbreviation stands in either, with its full name in the page's language.
    whole = frozenset(text for text in others - own - ABBREVIATIONS.keys() if text and not _PLACE.search(text))
    pieces = {piece.strip(" ,.:;") for text in others - own if _PLACE.search(text) for piece in _PLACE.split(text)}
    allowed = "\n".join(own)
    return whole, tuple(sorted(piece for piece in pieces if len(piece) >= _LONG and piece not in allowed))


def foreign_words(page: Page, lang: Lang) -> list[str]:
    """The texts of the page that are in the other language."""
    whole, pieces = _foreign(lang)
    shown = texts(page)
    found = [text for text in shown if text in whole]
    return found + [f"{piece} in {text}" for text in shown for piece in pieces if piece in text]


def foreign_numbers(page: Page, lang: Lang) -> list[str]:
    """The texts of the page with a number or a month as the other language writes it; those of versions and criteria are none."""
    number, months = (_FRENCH_NUMBER, _FRENCH_MONTHS) if lang == "en" else (_ENGLISH_NUMBER, _ENGLISH_MONTHS)
    criteria = (
        {f"{sign}\u00a0{one.number}" for one in CRITERIA for sign in ("n°", "no.")}
        if "/accessibilite" in page.url
        else set()
    )
    shown = (_VERSION.sub("", text) for text in texts(page) if text not in criteria)
    return [text for text in shown if number.search(text) or months.search(text)]


def streamlits_words(page: Page) -> list[str]:
    """Streamlit's own words that are still English."""
    streamlits = json.loads((HERE / "streamlit_words.json").read_text(encoding="utf-8"))
    return [text for text in texts(page) if streamlits.get(text, text) != text]
