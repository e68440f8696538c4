"""Every page, seen once in French and held to everything: its language, axe in light and dark, names, paper, a phone, its files.

To a browser that speaks American English, with a filter that leaves nothing out.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import axe_violations, settled
from tests.journeys.conftest import Tour
from tests.journeys.files import NUMBER, TABLE_BEFORE, controls, differences, downloaded, lines, number
from tests.journeys.languages import foreign_numbers, foreign_words, streamlits_words
from tests.journeys.phone import PHONE, lost_first_columns, overlaps, runs_out, small_targets
from tests.journeys.tour import PLACES, shown_at, unfold

SOURCE: Final = "Démonstration, chiffres inventés\u202f; données au 31/10/2026"
# A sheet of A4 laid across, its margins taken off, at 96 pixels an inch.
SHEET_WIDTH, SHEET_HEIGHT = 1031, 703  # an A4 laid across, within its margins
# What paper would cut: charts wider than the sheet (they keep the width they have on the screen), tables that need more
# than the sheet, and frames that scroll or hide what is in them.
CUT = """
(width) => {
  const seen = (element) => element.getClientRects().length > 0;
  const cut = [];
  const measure = (selector) => {
    for (const element of document.querySelectorAll(selector)) {
      const right = element.getBoundingClientRect().right;
      if (seen(element) && right > width) cut.push(`to ${right} of ${width}: ${element.parentElement.className}`);
    }
  };
  document.body.style.width = `${width}px`;
  measure('.js-plotly-plot .main-svg, .cap-table table, .cap-figures, .stHtml p');
  document.body.style.width = '';
  for (const frame of document.querySelectorAll('.cap-table, [data-testid="stMain"], [data-testid="stApp"]'))
    if (seen(frame) && getComputedStyle(frame).overflowY !== 'visible') cut.push(`in a frame: ${frame.className}`);
  return cut;
}
"""
# Every rule of style sheets about the sheets of paper, those within others too.
RULES_OF_SHEETS = """
() => {
  const all = (rules) => [...rules].flatMap((rule) => [rule, ...(rule.cssRules ? all(rule.cssRules) : [])]);
  return [...document.styleSheets].flatMap((sheet) => all(sheet.cssRules))
    .filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.cssText);
}
"""


@pytest.fixture(scope="module", params=PLACES)
def visited(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page in turn, and that of one line of each list; all tests below see it before the next."""
    return unfold(shown_at(tour, str(request.param), "annees=2003-"))


@pytest.fixture
def page(visited: Page) -> Iterator[Page]:
    """The page, on a light screen again at the end."""
    yield visited
    visited.emulate_media(color_scheme="light", media="null")


@pytest.fixture
def phone(visited: Page) -> Iterator[Page]:
    """The page on a phone, on a wide screen again at the end."""
    wide = visited.viewport_size
    assert wide is not None
    visited.set_viewport_size(PHONE)
    yield settled(visited)
    visited.set_viewport_size(wide)


def test_no_english_word_is_left(page: Page) -> None:
    assert page.evaluate("[document.documentElement.lang, navigator.language]") == ["fr", "fr-FR"]
    expect(page.get_by_text("Aller au contenu")).to_have_count(1)
    assert streamlits_words(page) == []
    assert foreign_words(page, "fr") == []


def test_numbers_and_months_are_french(page: Page) -> None:
    assert foreign_numbers(page, "fr") == []


def test_axe_finds_nothing(page: Page) -> None:
    assert axe_violations(page) == []
    # In the dark nothing but colours differs.
    page.emulate_media(color_scheme="dark")
    assert axe_violations(settled(page), only=("color-contrast",)) == []


def test_one_title_then_headings_without_a_gap(page: Page) -> None:
    headings = page.locator("main").locator("h1, h2, h3, h4, h5, h6").filter(visible=True)
    levels = [int(name[1]) for name in headings.evaluate_all("found => found.map((heading) => heading.tagName)")]
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert [level for before, level in pairwise(levels) if level > before + 1] == []


def names(page: Page, selector: str) -> list[str]:
    """What elements are called for those who listen: their label, or the text of the element that labels them."""
    found: list[str] = page.locator(selector).evaluate_all(
        """found => found.map((element) => element.getAttribute('aria-label')
             ?? document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? '')"""
    )
    return found


def test_every_chart_and_table_has_its_own_name(page: Page) -> None:
    # A frame that may scroll is a place of its own for the keyboard and for those who listen.
    assert page.locator(".cap-table:not([role=region][tabindex='0'])").count() == 0
    for selector in ('[data-testid="stPlotlyChart"]', ".cap-table"):
        found = names(page, selector)
        assert all(found)
        assert len(set(found)) == len(found), found


def test_paper_shows_all_but_the_tools(page: Page) -> None:
    tables = page.locator(".cap-table").filter(visible=True).count()
    page.emulate_media(media="print")
    assert page.evaluate(CUT, SHEET_WIDTH) == []
    assert page.locator(".cap-table").filter(visible=True).count() == tables
    for gone in ("stPopoverButton", "stDownloadButton", "stButton", "stButtonGroup", "stToolbar"):
        assert page.get_by_test_id(gone).filter(visible=True).count() == 0, gone
    expect(page.get_by_text("Filtres\u00a0: à partir de 2003")).to_be_visible()
    expect(page.locator(".cap-frame")).to_be_visible()
    box = page.locator("main").bounding_box()
    # Every chart is a picture there, which is whole before anything is printed.
    pictures = page.locator(".cap-paper img")
    assert pictures.count() == page.get_by_test_id("stPlotlyChart").count()
    assert page.get_by_test_id("stPlotlyChart").filter(visible=True).count() == 0
    assert pictures.evaluate_all("found => found.every((one) => one.complete && one.naturalWidth > 0)")
    # The reader chooses how the sheet lies: no rule lays it. Upright: test_printing.py.
    assert page.evaluate(RULES_OF_SHEETS) == ["@page { margin: 12mm; }"]
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(format="A4", landscape=True))
    assert all(float(width) > float(height) for width, height in sheets)
    # Nothing is lost below the first sheet.
    assert box is not None
    assert len(sheets) >= int(box["height"] / SHEET_HEIGHT)


def test_a_phone_shows_all_of_it(phone: Page) -> None:
    assert runs_out(phone) == []
    assert overlaps(phone) == []
    assert lost_first_columns(phone) == []
    assert small_targets(phone) == []


def test_every_file_is_french_excels_and_holds_what_the_screen_shows(page: Page) -> None:
    # The last test of a page: here all of it is unfolded, but for the definitions, whose folds have no file.
    if "/definitions" not in page.url:
        unfold(page, at_most=50)
    names = [control.inner_text() for control in controls(page)]
    assert len(set(names)) == len(names)
    for button in controls(page):
        name, content = downloaded(page, button)
        assert re.fullmatch(r"demonstration_[a-z0-9_]+_2026-10-31\.csv", name)
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in content
        head, *rows = lines(content)
        assert rows
        assert {len(row) for row in rows} == {len(head)}
        assert all(title[:1].isupper() or title[:1].isdigit() for title in head)
        assert head[-1] == "Source"
        (source,) = {row[-1] for row in rows}
        assert source in (SOURCE, f"{SOURCE}\u202f; à partir de 2003")
        # No number with a point, no thousands.
        assert [
            cell for row in rows for cell in row if re.fullmatch(r"-?\d+\.\d+|\d{1,3}([ \u202f\u00a0]\d{3})+", cell)
        ] == []

        table = button.evaluate(TABLE_BEFORE)
        if table["head"] == head[:-1]:
            assert differences(head, table["body"], rows) == []
            for title, text, *column in zip(head, table["foot"], *rows, strict=False):
                if title.endswith("(h)") and "habitants" not in title and NUMBER.fullmatch(text):
                    shown = Decimal("0.01") if "," in text else Decimal(1)  # a foot may be in whole hours
                    total = sum(map(number, filter(None, column)), Decimal(0))
                    assert total.quantize(shown, ROUND_HALF_UP) == number(text), title
