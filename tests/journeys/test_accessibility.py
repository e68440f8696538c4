"""For those who do not see, who use no mouse: filters that are open, the keyboard. Every page: test_every_page.py."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import awaited_run, axe_violations, open_form, settled, visit
from tests.journeys.conftest import OpenPage, Tour
from tests.journeys.phone import runs_out
from tests.journeys.server import Server
from tests.journeys.tour import unfold

FOCUSED = """
() => {
  const found = document.activeElement;
  return [found.dataset.testid ?? '', found.className.toString(), found.getAttribute('aria-label') ?? ''].join(' ');
}
"""


def test_axe_finds_nothing_in_open_filters(tour: Tour) -> None:
    page = tour("/?types=commune")
    open_form(page)
    page.get_by_role("textbox", name="Chercher un maître d’ouvrage, une commune ou un titulaire").fill("rouen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rouen (76540)")).to_be_visible()
    assert axe_violations(settled(page)) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.get_by_text("Ce lien ouvre la page avec les mêmes filtres.")).to_be_visible()
    assert axe_violations(settled(page)) == []


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
    unfold(page, at_most=1)
    tab_to(page, "cap-table")
    expect(page.locator(".cap-table").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.cap-table').scrollLeft > 0")


ACTIVE = "() => document.activeElement.dataset.testid ?? document.activeElement.tagName"
# Ratio of contrast of the ring around what has the focus with what is around it; 0 where there is none.
LIGHT = """
  const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([red, green, blue]) => [red, green, blue].map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const contrast = (one, other) => {
    const [high, low] = [one, other].map((colour) => light(numbers(colour))).sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
"""
RING = f"""
() => {{
  {LIGHT}
  const found = document.activeElement;
  const style = getComputedStyle(found);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return 0;
  let around = found.parentElement;
  while (around && numbers(getComputedStyle(around).backgroundColor)[3] === 0) around = around.parentElement;
  return contrast(style.outlineColor, around ? getComputedStyle(around).backgroundColor : 'rgb(255, 255, 255)');
}}
"""
# What is filled in, by name, with the contrast of its border and the page.
FIELDS = f"""
() => {{
  {LIGHT}
  const around = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
  const bordered = (element) => parseFloat(getComputedStyle(element).borderTopWidth) > 0 ? element : bordered(element.parentElement);
  return [...document.querySelectorAll('input:is([type=text], [type=search], [type=number]), textarea')]
    .filter((field) => field.getClientRects().length > 0)
    .map((field) => [field.getAttribute('aria-label'), contrast(getComputedStyle(bordered(field)).borderTopColor, around)]);
}}
"""
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
# Texts of ours that their own box cuts.
CUT_TEXTS = """
() => [...document.querySelectorAll('.stHtml p, .stHtml dd, .stHtml dt, .stHtml li, .stHtml th, .stHtml td, h1, h2, h3, .stButton button, .stPopover button')]
  .filter((element) => element.getClientRects().length > 0)
  .filter((element) => !['visible', 'clip'].includes(getComputedStyle(element).overflowX) || getComputedStyle(element).overflowY === 'hidden')
  .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
  .map((element) => element.textContent.slice(0, 60))
"""


def test_focus_goes_into_the_form_and_comes_back(server: Server, open_page: OpenPage) -> None:
    page = visit(open_page(server), "/communes")
    tab_to(page, "stPopoverButton", at_most=9)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody")).to_be_focused()
    expect(page.get_by_role("dialog", name="Filtrer")).to_be_visible()
    settled(page)
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("textbox", name="Chercher un maître d’ouvrage, une commune ou un titulaire")
    ).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(ACTIVE) == "stPopoverButton"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    assert page.evaluate(ACTIVE) == "stPopoverButton"


def test_the_new_answer_is_spoken(tour: Tour) -> None:
    page = tour("/annees")
    status = page.get_by_role("status").and_(page.locator(".cap-spoken"))
    before = status.text_content() or ""
    open_form(page)
    page.get_by_role("combobox", name="De l’année").click()
    page.get_by_role("option", name="2020").click()
    settled(page)
    answer = page.locator(".cap-answer").text_content() or ""
    assert answer != before
    expect(status).to_have_text(answer)


def test_title_and_description_are_those_of_the_page(tour: Tour) -> None:
    page = tour("/communes")
    expect(page).to_have_title("Communes – Cap Insertion – Métropole Rouen Normandie")
    description = page.locator('meta[name="description"]')
    expect(description).to_have_attribute(
        "content", "Les heures réalisées dans chaque commune, sur une carte et en tableau."
    )
    page.locator(".cap-foot").get_by_role("link", name="Plan du site").click()
    expect(page).to_have_title("Plan du site – Cap Insertion – Métropole Rouen Normandie")
    expect(description).to_have_attribute("content", "Toutes les pages, et la question à laquelle chacune répond.")
    assert description.count() == 1


def test_regions_and_the_menu_say_where_the_reader_is(tour: Tour) -> None:
    page = tour("/clauses")
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Pied de page")).to_be_visible()
    expect(page.locator('[data-testid="stTopNavSection"][aria-current="true"]')).to_have_text("Heures")
    page.locator(".cap-foot").get_by_role("link", name="Plan du site").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Où trouver chaque information\u202f?")
    expect(page.locator('[data-testid="stTopNavSection"][aria-current]')).to_have_count(0)


def test_icons_are_not_read_aloud(tour: Tour) -> None:
    page = tour("/communes")
    # The name of an icon is its text: it would be read as a word.
    assert page.get_by_test_id("stIconMaterial").count() > 0
    hidden = '[data-testid="stIconMaterial"][aria-hidden="true"], [aria-hidden="true"] [data-testid="stIconMaterial"]'
    assert page.locator('[data-testid="stIconMaterial"]').count() == page.locator(hidden).count()


def test_nothing_runs_out_at_320_pixels(tour: Tour) -> None:
    for path in ("/", "/communes", "/lots", "/accessibilite", "/plan"):
        page = tour(path, width=320, height=700)
        assert runs_out(page) == [], path


def test_wider_spacing_cuts_no_text(tour: Tour) -> None:
    page = tour("/communes")
    sheet = page.add_style_tag(content=SPACED)
    assert page.evaluate(CUT_TEXTS) == []
    sheet.evaluate("(sheet) => sheet.remove()")


def test_focus_is_seen(server: Server, open_page: OpenPage) -> None:
    for scheme in ("light", "dark"):
        page = visit(open_page(server, scheme=scheme), "/communes")
        page.keyboard.press("Tab")
        seen = []
        for _ in range(18):
            page.keyboard.press("Tab")
            seen.append((round(page.evaluate(RING), 1), page.evaluate(FOCUSED)[:60]))
        assert [ring for ring in seen if ring[0] < 3 and "stMain" not in ring[1]] == [], scheme


def test_borders_of_fields_are_seen(server: Server, open_page: OpenPage) -> None:
    for scheme in ("light", "dark"):
        page = visit(open_page(server, scheme=scheme), "/lots")
        open_form(page)
        fields = settled(page).evaluate(FIELDS)
        assert len(fields) > 8
        assert [field for field in fields if field[1] < 3] == [], scheme


def test_a_key_alone_does_nothing(tour: Tour) -> None:
    page = tour("/annees")
    run = page.locator(".cap-frame").get_attribute("data-run")
    page.get_by_role("heading", level=1).click()
    for key in ("r", "c"):
        page.keyboard.press(key)
    settled(page)
    assert page.locator(".cap-frame").get_attribute("data-run") == run
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_search_is_reached_by_its_key_and_answers(tour: Tour) -> None:
    page = tour("/annees")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("/")
    field = page.get_by_role("search").get_by_role("searchbox", name="Chercher dans toutes les pages")
    expect(field).to_be_focused()
    page.keyboard.type("elbeuf 2024")
    with awaited_run(page):
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche\?q=elbeuf\+2024$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator(".cap-answer")).to_contain_text("réalisées en 2024")


def test_the_key_of_the_search_can_be_switched_off(tour: Tour) -> None:
    page = tour("/aide")
    switch = page.get_by_role("button", name="Touche / active")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Chercher dans toutes les pages")).not_to_be_focused()
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")


def test_the_tooltip_of_a_chart_closes_with_escape(tour: Tour) -> None:
    page = tour("/annees")
    bar = page.locator(".js-plotly-plot .bars .point path").first
    bar.scroll_into_view_if_needed()
    bar.hover(force=True)
    tooltip = page.locator(".js-plotly-plot .hoverlayer .hovertext")
    expect(tooltip).to_have_count(1)
    page.keyboard.press("Escape")
    expect(tooltip).to_have_count(0)


def test_the_mouse_may_rest_on_the_tooltip_of_a_chart(tour: Tour) -> None:
    page = tour("/annees")
    bar = page.locator(".js-plotly-plot .bars .point path").first
    bar.scroll_into_view_if_needed()
    bar.hover(force=True)
    tooltip = page.locator(".js-plotly-plot .hoverlayer .hovertext")
    expect(tooltip).to_have_attribute("data-stays", "")
    said, box = tooltip.text_content(), tooltip.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    for x in (box["x"], box["x"] + box["width"] - 4):
        page.mouse.move(x, middle, steps=10)
        assert tooltip.text_content() == said
    page.mouse.move(2, 2)
    expect(tooltip).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/annees", "/lots", "/clients", "/comparer", "/definitions"])
def test_the_document_reads_as_it_was_built(tour: Tour, path: str) -> None:
    """Its HTML, read again by the browser, gives the same elements within one another: nothing is misnested or left open; ids are its own."""
    page = tour(path)
    built, read, twice = page.evaluate("""() => {
      const tree = (root) => [...root.querySelectorAll("*")].map((one) => `${one.parentElement?.localName}>${one.localName}`);
      const root = document.getElementById("root");
      const again = new DOMParser().parseFromString(root.outerHTML, "text/html").body.firstElementChild;
      const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
      return [tree(root), tree(again), ids.filter((id, n) => ids.indexOf(id) !== n)];
    }""")
    assert [pair for pair in zip(built, read, strict=False) if pair[0] != pair[1]][:3] == []
    assert len(built) == len(read)
    assert twice == []
