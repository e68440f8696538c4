"""For those who do not see, who use no mouse: filters that are open, the keyboard. Every page: test_every_page.py."""

from playwright.sync_api import Page, expect

from tests.journeys.browser import axe_violations, settled
from tests.journeys.conftest import Tour

FOCUSED = """
() => {
  const found = document.activeElement;
  return [found.dataset.testid ?? '', found.className.toString(), found.getAttribute('aria-label') ?? ''].join(' ');
}
"""


def test_axe_finds_nothing_in_open_filters(tour: Tour) -> None:
    page = tour("/?types=commune")
    page.get_by_role("button", name="Filtrer").click()
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
    tab_to(page, "cap-table")
    expect(page.locator(".cap-table").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.cap-table').scrollLeft > 0")
