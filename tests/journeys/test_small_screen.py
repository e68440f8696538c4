"""On a phone the menu is folded away; what else a phone shows is looked at on every page (test_every_page.py)."""

from playwright.sync_api import expect

from data.words import Words
from pages.frame.menu import PAGES
from tests.journeys.browser import settled
from tests.journeys.conftest import Tour
from tests.journeys.phone import PHONE


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
