"""What the browser keeps for its reader, and nobody else: the tour of the first visit, one commune or client."""

from playwright.sync_api import Page, expect

from tests.journeys.browser import settled, visit
from tests.journeys.conftest import OpenPage
from tests.journeys.server import Server

UNREAD = "() => localStorage.setItem('capTourSeen', '0')"


def kept_button(page: Page, name: str) -> None:
    page.locator(".cap-kept").get_by_role("button", name=name).click()


def test_the_tour_is_shown_once_and_again_from_the_help(server: Server, open_page: OpenPage) -> None:
    page = visit(open_page(server), "/")
    tour = page.get_by_role("region", name="Visite en cinq phrases")
    expect(tour).to_be_hidden()
    page.evaluate(UNREAD)
    settled(visit(page, "/"))
    expect(tour).to_be_visible()
    assert tour.get_by_role("listitem").count() == 5
    tour.get_by_role("button", name="Fermer la visite").focus()
    page.keyboard.press("Escape")
    expect(tour).to_be_hidden()
    visit(page, "/")
    expect(tour).to_be_hidden()
    visit(page, "/aide")
    expect(tour).to_be_hidden()
    again = page.get_by_role("button", name="Revoir la visite en cinq phrases")
    again.click()
    expect(tour.get_by_role("button", name="Fermer la visite")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tour).to_be_hidden()
    expect(again).to_be_focused()


def test_the_kept_commune_opens_the_bare_address_alone(server: Server, open_page: OpenPage) -> None:
    page = visit(open_page(server), "/annees?communes=76231")
    line = page.locator(".cap-kept")
    expect(line).to_contain_text("Vous regardez Elbeuf.")
    kept_button(page, "Retenir dans ce navigateur")
    expect(line.get_by_role("button", name="Oublier")).to_be_focused()
    # The bare address opens it, and says so; filters of a link win, and so does a page without any.
    settled(visit(page, "/"))
    assert page.url.endswith("/?communes=76231")
    expect(line).to_contain_text("Vous regardez Elbeuf, choix retenu dans ce navigateur.")
    visit(page, "/?communes=76540")
    assert page.url.endswith("/?communes=76540")
    expect(line).to_contain_text("Vous regardez Rouen.")
    visit(page, "/annees")
    assert page.url.endswith("/annees")
    expect(line.get_by_role("link", name="Elbeuf")).to_be_visible()
    kept_button(page, "Oublier")
    expect(line).to_be_hidden()
    settled(visit(page, "/"))
    assert page.url.endswith("/")


def test_nothing_of_it_is_sent(server: Server, open_page: OpenPage) -> None:
    page = visit(open_page(server), "/annees?communes=76231")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    kept_button(page, "Retenir dans ce navigateur")
    kept_button(page, "Oublier")
    assert asked == []
    assert page.context.cookies() == [] or all("cap" not in cookie["name"].lower() for cookie in page.context.cookies())
