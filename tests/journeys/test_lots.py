"""From the list of lots to one of them and back: by a click, by the keyboard, by the menu, without loading anew."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import settled
from tests.journeys.conftest import Tour
from tests.journeys.tour import through_menu

LINKS = ".cap-lots tbody th a"
SCROLLED = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop"
FOCUSED = "() => document.activeElement.tagName"


def list_of_a_client(tour: Tour) -> Page:
    """All lots of a client; the window remembers as long as the document is not loaded anew."""
    page = tour("/lots?clients=CHU&alerte=all")
    page.evaluate("() => { window.kept = true; }")
    return page


def test_a_link_leads_to_its_lot_and_back_to_where_the_reader_was(tour: Tour) -> None:
    page = list_of_a_client(tour)
    link = page.locator(LINKS).nth(20)
    link.scroll_into_view_if_needed()
    before = page.evaluate(SCROLLED)
    assert before > 0
    link.click()
    expect(page.locator("h1")).to_contain_text("Où en est ce lot")
    assert re.search(r"/lots\?marche=[^&]+&lot=[^&]+&clients=CHU$", page.url)
    settled(page)
    assert (page.evaluate(SCROLLED), page.evaluate(FOCUSED)) == (0, "H1")
    expect(page.locator(".cap-facts")).to_contain_text("CHU de Rouen")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Quels lots appellent une relance")
    settled(page)
    expect(page).to_have_url(re.compile(r"/lots\?clients=CHU&alerte=all$"))
    expect(page.get_by_role("radio", name="Tous")).to_be_checked()
    page.wait_for_function(f"(before) => ({SCROLLED})() === before", arg=before)
    page.go_forward()
    expect(page.locator("h1")).to_contain_text("Où en est ce lot")
    assert page.evaluate("() => window.kept") is True


def test_a_lot_is_reached_by_keyboard_and_left_by_the_menu(tour: Tour) -> None:
    page = list_of_a_client(tour)
    page.locator(LINKS).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Où en est ce lot")
    settled(page)
    through_menu(page, "/lots")
    expect(page.locator("h1")).to_contain_text("Quels lots appellent une relance")
    expect(page).to_have_url(re.compile(r"/lots\?clients=CHU$"))
    assert page.evaluate("() => window.kept") is True


def test_a_click_with_a_key_is_the_browser_s_own(tour: Tour) -> None:
    page = list_of_a_client(tour)
    with page.context.expect_page() as tab:
        page.locator(LINKS).first.click(modifiers=["Control"])
    expect(tab.value.locator("h1")).to_contain_text("Où en est ce lot")
    tab.value.close()
    expect(page.locator("h1")).to_contain_text("Quels lots appellent une relance")


def test_a_row_leads_to_its_lot_but_names_can_be_selected(tour: Tour) -> None:
    page = list_of_a_client(tour)
    page.locator(".cap-lots tbody tr").first.locator("td").nth(2).locator("span").dblclick()
    assert page.evaluate("() => getSelection().toString()") != ""
    expect(page.locator("h1")).to_contain_text("Quels lots appellent une relance")
    # Below a number, where nothing is written.
    cell = page.locator(".cap-lots tbody tr").first.locator("td").nth(4)
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] - 4)
    expect(page.locator("h1")).to_contain_text("Où en est ce lot")


def test_a_search_and_a_page_live_in_the_address(tour: Tour) -> None:
    page = tour("/lots?alerte=all")
    page.get_by_role("navigation", name="Pages de la liste").get_by_role("link", name="Lignes suivantes").click()
    expect(page.locator(".cap-lots caption")).to_contain_text("Lots 51 à 100")
    expect(page).to_have_url(re.compile(r"/lots\?alerte=all&page=2$"))
    settled(page)
    assert page.evaluate(FOCUSED) == "DIV"  # the list, whose next page is read from its beginning
    search = page.get_by_label("Chercher un lot")
    search.fill("elagage")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"/lots\?alerte=all&recherche=elagage$"))
    expect(page.locator(LINKS).first).to_contain_text("lagage")
    settled(page)
    page.go_back()
    expect(page.locator(".cap-lots caption")).to_contain_text(re.compile("Lots (1|51) à"))
    expect(search).to_have_value("")


def test_on_a_phone_a_lot_is_a_sheet_and_nothing_scrolls_sideways(tour: Tour) -> None:
    page = tour("/lots?alerte=all", width=375, height=812)
    assert page.evaluate(
        "() => document.querySelector('.cap-lots').scrollWidth <= document.querySelector('.cap-lots').clientWidth"
    )
    assert page.evaluate("() => getComputedStyle(document.querySelector('.cap-lots tbody tr')).display") == "grid"
