"""One language a page: English throughout when the link says so, French throughout even to a browser that speaks English."""

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from data.messages.update import texts as sources
from data.words import MESSAGES
from pages.server.index_page import HERE
from tests.journeys.browser import settled
from tests.journeys.conftest import Tour
from tests.journeys.tour import LISTS, MENU, first_of, texts, unfold

PLACES: Final = (*MENU, *(f"one line of {path}" for path in LISTS))
_PLACE: Final = re.compile(r"\{[^}]*\}")
# A piece of a text around its {values} is looked for within longer texts when it is long enough to be nothing else.
_LONG: Final = 12
FRENCH_NUMBER: Final = re.compile(r"\d\u202f\d{3}|\d,\d{1,2}(?!\d)|\d[\u202f\u00a0]%")
ENGLISH_NUMBER: Final = re.compile(r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?!\d)|\d%")
FRENCH_MONTHS: Final = re.compile(
    r"\b(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janv|févr|avr|juil|déc)\b"
)
ENGLISH_MONTHS: Final = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sept|Sep|Oct|Nov|Dec)\b \d"
)


@cache
def sides() -> tuple[frozenset[str], frozenset[str]]:
    """All texts of the product in French, translated or not, and all in English."""
    with (MESSAGES / "en.po").open("rb") as file:
        english = [form for message in read_po(file, locale="en") if message.id for form in forms(message.string)]
    return frozenset(form for text in sources() for form in forms(text)), frozenset(english)


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


@cache
def foreign(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """What must not be read in a language: whole texts of the other one, and long pieces of its texts with values.

    A text that is the same in both, or a piece that the language has as well, says nothing.
    """
    french, english = sides()
    others, own = (french, english) if lang == "en" else (english, french)
    whole = frozenset(text for text in others - own if text and not _PLACE.search(text))
    pieces = {piece.strip(" ,.:;") for text in others - own if _PLACE.search(text) for piece in _PLACE.split(text)}
    allowed = "\n".join(own)
    return whole, tuple(sorted(piece for piece in pieces if len(piece) >= _LONG and piece not in allowed))


def foreign_words(page: Page, lang: str) -> list[str]:
    """The texts of the page that are in the other language."""
    whole, pieces = foreign(lang)
    shown = texts(page)
    found = [text for text in shown if text in whole]
    return found + [f"{piece} in {text}" for text in shown for piece in pieces if piece in text]


@pytest.fixture(scope="module", params=PLACES)
def english(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page in English, to a browser that speaks French."""
    return place(tour, str(request.param), lang="en", locale="fr-FR")


@pytest.fixture(scope="module", params=PLACES)
def french(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page in French, to a browser that speaks American English."""
    return place(tour, str(request.param), lang="fr", locale="en-US")


def place(tour: Tour, asked: str, *, lang: str, locale: str) -> Page:
    """A page of the menu, or of the first line of a list, unfolded."""
    path = asked.removeprefix("one line of ")
    page = tour(f"{path}?lang=en" if lang == "en" else path, locale=locale)
    return unfold(page if path == asked else first_of(page))


def test_no_french_word_is_left_in_english(english: Page) -> None:
    assert foreign_words(english, "en") == []


def test_numbers_and_months_are_english(english: Page) -> None:
    shown = texts(english)
    assert [text for text in shown if FRENCH_NUMBER.search(text)] == []
    assert [text for text in shown if FRENCH_MONTHS.search(text)] == []


def test_no_english_word_is_in_french(french: Page) -> None:
    streamlits = json.loads((HERE / "streamlit_words.json").read_text(encoding="utf-8"))
    assert [text for text in texts(french) if streamlits.get(text, text) != text] == []
    assert foreign_words(french, "fr") == []


def test_numbers_and_months_are_french(french: Page) -> None:
    shown = texts(french)
    assert [text for text in shown if ENGLISH_NUMBER.search(text)] == []
    assert [text for text in shown if ENGLISH_MONTHS.search(text)] == []


def test_the_switch_changes_all_at_once_and_keeps_the_filters(tour: Tour) -> None:
    page = tour("/?types=commune")
    said = page.get_by_text("Filtres\u00a0: type de maître d’ouvrage\u00a0: Commune")
    assert said.count() == 1
    page.get_by_role("radio", name="en").click()
    page.wait_for_url(lambda url: "lang=en" in url)
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    settled(page)
    assert "types=commune" in page.url
    assert said.count() == 0
    assert foreign_words(page, "en") == []
