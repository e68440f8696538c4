"""On a phone, 375 pixels wide: nothing runs out of the page, texts of charts stay apart, tables keep their first column."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from data.words import Words
from pages.parts.menu import PAGES
from tests.journeys.browser import axe_violations, settled
from tests.journeys.conftest import Tour
from tests.journeys.tour import LISTS, MENU, first_of, unfold

PHONE: Final = {"width": 375, "height": 812}
# Where the page scrolls sideways, and what pushes it: visible elements that end right of the window, but for what is
# in the frame of a table, which scrolls, or drawn within a chart.
RUNS_OUT = """
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const wide = [main, document.scrollingElement].filter((box) => box.scrollWidth > box.clientWidth);
  const out = [...main.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > window.innerWidth + 1 && !element.closest('.cap-table table, svg svg, svg g');
  });
  return [...wide.map((box) => `${box.scrollWidth} wide: ${box.tagName}`), ...out.map((box) => box.outerHTML.slice(0, 120))];
}
"""
# Texts written in charts that overlap, or that the chart's edge cuts.
OVERLAPS = """
() => {
  const found = [];
  for (const chart of document.querySelectorAll('[data-testid="stPlotlyChart"]')) {
    if (!chart.getClientRects().length) continue;
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll('.annotation-text, .legendtext, .gtitle, .bartext')]
      .map((text) => ({words: text.textContent, box: text.getBoundingClientRect()}))
      .filter(({box}) => box.width > 0);
    for (const {words, box} of texts)
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1)
        found.push(`cut: ${words} (${Math.round(box.left - frame.left)} to ${Math.round(box.right - frame.left)} of ${frame.width})`);
    texts.forEach((one, index) => {
      for (const other of texts.slice(index + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // A pixel or two of line height is no letter.
        if (across > 1 && down > 2) found.push(`${one.words} / ${other.words}`);
      }
    });
  }
  return found;
}
"""
# The frames of tables that scroll sideways: scrolled to their end, whether their first column still stands at their left.
FIRST_COLUMNS = """
() => {
  const lost = [];
  for (const frame of document.querySelectorAll('.cap-table')) {
    if (!frame.getClientRects().length || frame.scrollWidth <= frame.clientWidth) continue;
    frame.scrollLeft = frame.scrollWidth;
    const left = frame.getBoundingClientRect().left;
    for (const cell of frame.querySelectorAll('tr > :first-child')) {
      const box = cell.getBoundingClientRect();
      // Standing there, and on top of what passes below it.
      if (Math.abs(box.left - left) > 1 || getComputedStyle(cell).backgroundColor === 'rgba(0, 0, 0, 0)') {
        lost.push(`${frame.ariaLabel}: ${cell.textContent}`);
        break;
      }
    }
    frame.scrollLeft = 0;
  }
  return lost;
}
"""


@pytest.fixture(scope="module", params=[*MENU, *(f"one line of {path}" for path in LISTS)])
def page(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page of the menu and of a line of its lists, in turn."""
    asked = str(request.param)
    path = asked.removeprefix("one line of ")
    shown = tour(path, **PHONE)
    return unfold(shown if path == asked else first_of(shown))


def test_page_does_not_scroll_sideways(page: Page) -> None:
    assert page.evaluate(RUNS_OUT) == []


def test_texts_of_charts_stay_apart(page: Page) -> None:
    assert page.evaluate(OVERLAPS) == []


def test_wide_tables_keep_their_first_column(page: Page) -> None:
    assert page.evaluate(FIRST_COLUMNS) == []


def test_fingers_find_their_target(page: Page) -> None:
    assert axe_violations(page, only=("target-size",)) == []


def test_menu_opens_and_leads(tour: Tour) -> None:
    page = tour("/?types=commune", **PHONE)
    words = Words("fr")
    second = PAGES[1]
    page.get_by_role("button", name="Ouvrir le menu").click()
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=words.say(second.title))
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url(f"**/{second.path}?types=commune")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("million")
    settled(page)
    # The menu makes room for the page that it led to.
    expect(link).not_to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
