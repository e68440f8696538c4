"""The pages of the menu, all of them: a page that joins the menu is looked at by every journey that tours."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from data.words import Lang, Words
from pages.frame.menu import PAGES, MenuPage
from tests.journeys.browser import lead, settled

MENU: Final = tuple(f"/{page.path}" for page in PAGES)
# Pages whose tables lead to a page of each of their lines: a client's own, a lot's own.
LISTS: Final = tuple(path for path in MENU if path in ("/clients", "/lots"))

PLACES: Final = (*MENU, *(f"one line of {path}" for path in LISTS))

every_page = pytest.mark.parametrize("path", MENU)
every_list = pytest.mark.parametrize("path", LISTS)

# What can be read in the page or is said of it, piece by piece: texts (those of charts, folded tables and tips of the mouse
# included), labels, and what charts show under the mouse. Code is no text.
TEXTS = """
() => {
  const said = [];
  const root = document.querySelector('[data-testid="stApp"]');
  const skipped = 'style, script, pre, code, [data-testid="stIconMaterial"], .st-key-cap_address, [data-testid="stApp"] [lang="fr"]';
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (!holder.closest(skipped)) said.push(walker.currentNode.data);
  }
  for (const element of root.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (element.closest(skipped)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (element.getAttribute(name)) said.push(element.getAttribute(name));
  }
  const hovered = (value) => {
    if (typeof value === 'string') said.push(...value.split('<br>'));
    else if (Array.isArray(value)) value.forEach(hovered);
  };
  for (const chart of root.querySelectorAll('.js-plotly-plot'))
    for (const trace of chart.data)
      for (const name of ['text', 'hovertext', 'customdata', 'hovertemplate']) hovered(trace[name]);
  return said.map((text) => text.trim()).filter((text) => text !== '');
}
"""


def texts(page: Page) -> list[str]:
    """Every text of the page, folded ones included, in no order that matters."""
    found: list[str] = page.evaluate(TEXTS)
    return found


def unfold(page: Page, at_most: int = 3) -> Page:
    """The page, which is at rest, with what can be unfolded open, folds within folds too; the first ones only, since others are alike."""
    while folded := page.locator("details:not([open]) > summary:visible").all()[:at_most]:
        for summary in folded[::-1]:
            summary.click()
        settled(page)
        at_most -= len(folded)
    return page


def first_of(page: Page) -> Page:
    """The page of the first line of a list."""
    address = page.locator(".cap-table tbody a").first.get_attribute("href")
    assert address is not None
    return lead(page, address if address.startswith("/") else f"/{address}")


def shown_at(tour: Callable[..., Page], place: str, query: str = "", **options: Any) -> Page:
    """The page at one of PLACES: one of the menu, or that of the first line of a list."""
    path = place.removeprefix("one line of ")
    page = tour(f"{path}?{query}" if query else path, **options)
    return page if path == place else first_of(page)


def through_menu(page: Page, path: str, lang: Lang = "fr") -> None:
    """Clicks a page of the menu, having opened its group, or the link at the foot."""
    words = Words(lang)
    wanted: MenuPage = {f"/{entry.path}": entry for entry in PAGES}[path]
    banner = page.get_by_role("banner")
    if wanted.at_foot:
        page.locator(f'.cap-foot a[href^="{wanted.path}"]').first.click()
    elif wanted.group:
        banner.get_by_role("button", name=words.say(wanted.group), exact=True).click()
        page.get_by_role("menuitem", name=words.say(wanted.title), exact=True).click()
    else:
        banner.get_by_role("link", name=words.say(wanted.title), exact=True).click()
