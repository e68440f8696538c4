"""English throughout when the link says so, even to a browser that speaks French. French: test_every_page.py."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import settled
from tests.journeys.conftest import Tour
from tests.journeys.languages import foreign_numbers, foreign_words
from tests.journeys.tour import PLACES, shown_at, unfold


@pytest.fixture(scope="module", params=PLACES)
def page(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page, and that of one line of each list."""
    return unfold(shown_at(tour, str(request.param), "lang=en", locale="fr-FR"))


def test_no_french_word_is_left(page: Page) -> None:
    assert page.evaluate("[document.documentElement.lang, navigator.language]") == ["en", "en-GB"]
    expect(page.get_by_text("Skip to main content")).to_have_count(1)
    assert foreign_words(page, "en") == []


def test_numbers_and_months_are_english(page: Page) -> None:
    assert foreign_numbers(page, "en") == []


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
