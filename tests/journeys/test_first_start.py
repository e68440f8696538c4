"""From nothing to the first page, and a cold deep link as the very first request."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.browser import settled, visit
from tests.journeys.conftest import OpenPage
from tests.journeys.server import Server


def test_the_first_page_comes_up_from_nothing_and_a_second_start_serves_the_same(
    start: Callable[..., Server], open_page: OpenPage
) -> None:
    server = start(wait=False)
    server.await_ready()
    page = open_page(server)
    page.goto("/", wait_until="commit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("million d’heures")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    settled(page)
    assert server.said().count("the demonstration is now") == 1
    assert "Traceback" not in server.said()
    health = server.health()
    assert health is not None
    assert health["demo"] is True
    page.context.close()
    server.process.terminate()
    server.process.wait(timeout=10)
    assert start().health() == health


def test_very_first_request_may_be_a_cold_deep_link(
    start: Callable[..., Server], server: Server, open_page: OpenPage
) -> None:
    page = visit(open_page(start(CAP_EXTRACTS=str(server.extracts))), "/annees")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    # The page, within the frame: the menu, whose figures, the switch of languages.
    expect(page.get_by_role("button", name="Données")).to_be_visible()
    expect(page.locator(".cap-frame")).to_contain_text("Métropole Rouen Normandie")
    expect(page.get_by_role("heading", level=1)).to_contain_text("chaque année")


def test_servers_started_at_once_publish_once_and_serve_the_same(start: Callable[..., Server]) -> None:
    both = [start(wait=False), start(wait=False)]
    for server in both:
        server.await_ready()
    first, second = (server.health() for server in both)
    assert first == second
    assert sum(server.said().count("the demonstration is now") for server in both) == 1
