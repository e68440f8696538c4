"""For those who do not see, who use no mouse, who print: axe in light and dark, names, headings, the keyboard, paper."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import axe_violations, settled
from tests.journeys.conftest import Tour
from tests.journeys.tour import MENU, every_list, first_of, unfold

FOCUSED = """
() => {
  const found = document.activeElement;
  return [found.dataset.testid ?? '', found.className.toString(), found.getAttribute('aria-label') ?? ''].join(' ');
}
"""
# A sheet of A4 laid across, its margins taken off, at 96 pixels an inch.
SHEET_WIDTH, SHEET_HEIGHT = 1047, 718
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


@pytest.fixture(scope="module", params=MENU)
def visited(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page of the menu in turn, with a filter that leaves nothing out; all tests below see it before the next."""
    return unfold(tour(f"{request.param}?annees=2003-"))


@pytest.fixture
def page(visited: Page) -> Iterator[Page]:
    """The page, on a light screen again at the end."""
    yield visited
    visited.emulate_media(color_scheme="light", media="null")


def faults(page: Page) -> list[str]:
    """What axe finds; in the dark, where nothing but colours differs, about colours."""
    found = axe_violations(page)
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {fault}" for fault in axe_violations(settled(page), only=("color-contrast",))]


def test_axe_finds_nothing(page: Page) -> None:
    assert faults(page) == []


@every_list
def test_axe_finds_nothing_on_the_page_of_one_line(tour: Tour, path: str) -> None:
    page = unfold(first_of(tour(path)))
    assert faults(page) == []
    page.emulate_media(color_scheme="light")


def test_axe_finds_nothing_in_open_filters(tour: Tour) -> None:
    page = tour("/?types=commune")
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_role("textbox", name="Chercher un maître d’ouvrage ou une commune").fill("rouen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rouen (76540)")).to_be_visible()
    assert faults(settled(page)) == []
    page.emulate_media(color_scheme="light")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_text("Ce lien ouvre la page avec les mêmes filtres.")).to_be_visible()
    assert faults(settled(page)) == []
    page.emulate_media(color_scheme="light")


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
    paper = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert all(float(width) > float(height) for width, height in sheets)
    # Nothing is lost below the first sheet.
    assert box is not None
    assert len(sheets) >= int(box["height"] / SHEET_HEIGHT)


def tab_to(page: Page, wanted: str, at_most: int = 60) -> None:
    """Presses Tab until the focused element is the wanted one."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if wanted in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{at_most} times Tab does not reach {wanted}")


def test_keyboard_reaches_filters_and_the_rest_of_a_wide_table(tour: Tour) -> None:
    page = tour("/annees", width=375, height=812)
    tab_to(page, "stSkipToContent")
    tab_to(page, "stPopoverButton")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    tab_to(page, "cap-table")
    expect(page.locator(".cap-table").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.cap-table').scrollLeft > 0")
