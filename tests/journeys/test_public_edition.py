"""The public edition in a browser without scripts: the keyboard goes through menu, folds and tables; axe finds nothing; nothing runs out of a phone."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import axe_violations
from tests.pages.public.conftest import edition as edition

KINDS = ("index.html", "annees.html", "clients/C1.html", "communes/76540.html", "en/clauses.html", "definitions.html")
_RUNS_OUT = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address(edition: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=edition))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def focused(page: Page) -> str:
    return page.locator(":focus").inner_text() if page.locator(":focus").count() else ""


def tab_to(page: Page, wanted: str, at_most: int = 40) -> None:
    """Presses Tab until what has the focus says it."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if focused(page).strip() == wanted:
            return
    raise AssertionError(f"{at_most} times Tab does not reach {wanted}")


def test_the_keyboard_needs_no_script(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False, base_url=address)
    page.goto("/index.html")
    page.keyboard.press("Tab")
    assert focused(page) == "Aller au contenu"
    tab_to(page, "Heures")
    page.keyboard.press("Enter")
    tab_to(page, "Année par année")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Combien d’heures chaque année\u202f?")
    tab_to(page, "Voir le tableau", at_most=60)
    expect(page.locator("details.cap-details[open] table")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("details.cap-details[open] table")).to_be_visible()
    page.goto("/index.html")
    tab_to(page, "English")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_runs_out(browser: Browser, address: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    found = {}
    for kind in KINDS:
        page.goto(f"/{kind}")
        page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
        found[kind] = [*axe_violations(page), *filter(None, [page.evaluate(_RUNS_OUT)])]
    page.close()
    assert found == {kind: [] for kind in KINDS}
