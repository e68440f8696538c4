"""The map of communes in a browser: a click and a key filter, nothing is asked of anybody, it draws without WebGL."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import axe_violations, settled, visit
from tests.journeys.conftest import OpenPage, Tour
from tests.journeys.server import Server

# The middle of the first number, which stands inside the first commune; and a script that takes WebGL away.
FIRST = ".st-key-cap_map .scatterlayer .textpoint text >> nth=0"
NO_WEBGL = """
const asked = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return String(kind).startsWith('webgl') ? null : asked.call(this, kind, ...rest);
};
"""
# How far the drawing stays from the left and the right of the window, and from the bottom of its frame.
BLANKS = """
() => {
  const boxes = [...document.querySelectorAll('.st-key-cap_map .js-fill')].map((fill) => fill.getBoundingClientRect());
  const frame = document.querySelector('.st-key-cap_map').getBoundingClientRect();
  return [
    Math.min(...boxes.map((box) => box.left)),
    window.innerWidth - Math.max(...boxes.map((box) => box.right)),
    frame.bottom - Math.max(...boxes.map((box) => box.bottom)),
  ];
}
"""


def click_first(page: Page) -> None:
    box = page.locator(FIRST).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] - 6, box["y"] - 6)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_the_map_filters_and_a_second_one_undoes_it(tour: Tour) -> None:
    page = tour("/communes", height=1400)
    title = page.locator(".cap-answer")
    expect(title).to_contain_text("communes sur 71 ont accueilli des heures")
    click_first(page)
    expect(page).to_have_url(re.compile(r"\?communes=76540$"))
    expect(title).to_contain_text("Rouen a accueilli")
    settled(page)
    click_first(page)
    expect(page).not_to_have_url(re.compile("communes=76540"))
    expect(title).to_contain_text("communes sur 71")


def test_back_undoes_a_click(tour: Tour) -> None:
    page = tour("/communes?mesure=habitants", height=1400)
    click_first(page)
    expect(page).to_have_url(re.compile("communes="))
    settled(page)
    page.go_back()
    expect(page).not_to_have_url(re.compile("communes="))
    expect(page.locator(".cap-answer")).to_contain_text("communes sur 71")


def test_the_keyboard_does_what_a_click_does(tour: Tour) -> None:
    page = tour("/communes", height=1400)
    link = page.get_by_role("link", name="Bihorel", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cap-answer")).to_contain_text("Bihorel a accueilli")
    assert "communes=76095" in page.url


def test_the_map_draws_without_webgl_and_fits_a_phone(server: Server, open_page: OpenPage) -> None:
    page = open_page(server, width=375, height=812, scheme="dark")
    page.add_init_script(NO_WEBGL)
    visit(page, "/communes")
    assert page.locator(".st-key-cap_map .js-fill").count() == 5
    left, right, below = page.evaluate(BLANKS)
    assert left >= 0
    assert right >= 0
    # The map fills its frame: two lines at most are left below.
    assert 0 <= below < 60


def test_the_page_has_no_fault_that_axe_finds(tour: Tour) -> None:
    page = tour("/communes?communes=76540", height=1400)
    assert axe_violations(page) == []
