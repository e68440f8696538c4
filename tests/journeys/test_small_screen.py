"""On a phone the menu is folded away; what else a phone shows is looked at on every page (test_every_page.py)."""

from typing import Final

import pytest
from playwright.sync_api import expect

from data.words import Words
from pages.frame.menu import PAGES
from tests.journeys.browser import settled
from tests.journeys.conftest import Tour
from tests.journeys.phone import PHONE
from tests.journeys.tour import unfold


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


# What stands between the first column, which stays, and the right edge: headers whole in sight, and those that one of the two cuts.
_SEEN: Final = """
(box) => {
  const [first, ...others] = box.querySelectorAll("thead tr:last-child > *");
  const left = first.getBoundingClientRect().right, right = box.getBoundingClientRect().right;
  const at = others.map((header) => ({ text: header.textContent.trim(), box: header.getBoundingClientRect() }));
  const whole = at.filter(({ box }) => box.left >= left - 1 && box.right <= right + 1);
  const cut = at.filter(({ box }) => !(box.left >= left - 1 && box.right <= right + 1) && box.right > left + 1 && box.left < right - 1);
  return [whole.map(({ text }) => text), cut.map(({ text }) => text)];
}
"""


@pytest.mark.parametrize("path", ["/tableau", "/clients"])
def test_years_across_open_on_the_newest_and_none_is_cut(tour: Tour, path: str) -> None:
    page = unfold(tour(path, **PHONE))
    box = page.locator(".cap-newest").first
    box.scroll_into_view_if_needed()
    settled(page)
    whole, cut = box.evaluate(_SEEN)
    assert whole[-2:] == ["2026", "Total"]
    assert cut == []


@pytest.mark.parametrize("path", ["/clauses", "/clients", "/lots"])
def test_a_table_of_sheets_fits_at_every_width(tour: Tour, path: str) -> None:
    page = tour(path, width=320, height=812)
    box = page.locator(":is(.cap-marked, .cap-lots)").first
    for width in (320, 375, 768, 901, 1100, 1101):
        page.set_viewport_size({"width": width, "height": 812})
        settled(page)
        assert box.evaluate("(box) => box.scrollWidth - box.clientWidth") == 0, width
