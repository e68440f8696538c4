"""A Chromium that can reach nothing but the server, and the conditions under which a page has come to rest."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, ViewportSize, expect

CHROMIUM = Path(os.environ.get("CAP_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name but the server's own is resolved: a third-party request fails, and is recorded.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
SETTLE_LIMIT_MS = 60_000
LEAD = """
(path) => {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate', {state: {}}));
}
"""
AXE = Axe().axe_script
# Which run drew the line above the page; nothing where there is none.
RUN = "() => document.querySelector('.cap-frame')?.dataset.run"
OPEN_FORM = ".st-key-cap_form button[aria-expanded=true]"

Scheme = Literal["light", "dark"]

# Runs before the page's own scripts: counts changes of the document, so that rest can be told from a pause, and hides
# the file picker, without which downloads become download events; the tour of a first visit was read, unless a test says otherwise.
PREPARE = """
try { localStorage.capTourSeen ??= '1'; } catch { /* about:blank keeps nothing */ }
delete window.showSaveFilePicker;
window.showSaveFilePicker = undefined;
window.journey = {changes: 0, calm: 0, last: -1};
new MutationObserver((records) => { window.journey.changes += records.length; })
  .observe(document, {childList: true, characterData: true, subtree: true});
"""

# True when: Streamlit is connected and no run is going on or waiting; nothing is stale or a placeholder; every visible
# chart is drawn; fonts are in; nothing moves; and all this has held, without a change of the document, for 15 frames in a
# row (a click asks for its run within a few frames).
AT_REST = """
() => {
  const seen = (element) => element.getClientRects().length > 0;
  const app = document.querySelector('[data-testid="stApp"]');
  const rest = app !== null
    && app.dataset.testConnectionState === 'CONNECTED'
    && app.dataset.testScriptState === 'notRunning'
    && document.querySelector('[data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]') === null
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
      .every((chart) => !seen(chart) || chart.querySelector('.js-plotly-plot .main-svg') !== null)
    && [...document.querySelectorAll('[data-testid="stDataFrame"]')]
      .every((table) => !seen(table) || table.querySelector('canvas') !== null)
    && document.fonts.status === 'loaded'
    && document.getAnimations().every((animation) => animation.playState !== 'running');
  const journey = window.journey;
  journey.calm = rest && journey.changes === journey.last ? journey.calm + 1 : 0;
  journey.last = journey.changes;
  return journey.calm >= 15;
}
"""


@dataclass(slots=True)
class Heard:
    """What a page asked for and complained about while it was watched."""

    origin: str
    requests: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Records the page's requests, websockets, console errors and uncaught errors from now on."""
        page.on("request", lambda request: self._asked(request.url, request))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("console", lambda message: self._said(message))
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def _asked(self, url: str, request: Request | None = None) -> None:
        self.requests.append(url)
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != urlsplit(self.origin).netloc:
            self.strangers.append(f"{url} (from {request.frame.url if request else 'a websocket'})")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, headless; nothing is downloaded."""
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()


def opened(
    browser: Browser, heard: Heard, *, width: int = 1280, height: int = 800, scheme: Scheme = "light", **options: Any
) -> Page:
    """A page of its own context, watched. Its locale is en-US, so that French shown is the product's own doing."""
    viewport: ViewportSize = {"width": width, "height": height}
    context = browser.new_context(
        viewport=viewport, color_scheme=scheme, base_url=heard.origin, **{"locale": "en-US", **options}
    )
    context.add_init_script(PREPARE)
    page = context.new_page()
    heard.watch(page)
    return page


def settled(page: Page) -> Page:
    """The page once its run has ended and its charts are drawn."""
    page.evaluate("() => { window.journey.calm = 0; }")
    page.wait_for_function(AT_REST, polling="raf", timeout=SETTLE_LIMIT_MS)
    return page


def visit(page: Page, path: str) -> Page:
    """The page at rest at a path, the document loaded anew."""
    page.goto(path, wait_until="commit")
    return settled(page)


@contextmanager
def awaited_run(page: Page) -> Iterator[None]:
    """Ends with the page at rest after the run that what is done inside asks for, however late a busy server begins it.

    A page without the line above, of which each run draws another, is only waited for as `settled` does.
    """
    before = page.evaluate(RUN)
    yield
    if before is not None:
        page.wait_for_function(f"(before) => ({RUN})() !== before", arg=before, timeout=SETTLE_LIMIT_MS)
    settled(page)


def open_form(page: Page) -> Page:
    """The page with its filters open, once the run that draws their fields has ended."""
    with awaited_run(page):
        page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    return page


def lead(page: Page, path: str) -> Page:
    """`visit` for a document that is there: as Back and Forward do it, in half the time."""
    if page.locator(OPEN_FORM).count() > 0:
        with awaited_run(page):  # of the page before
            page.locator(OPEN_FORM).click()
    page.keyboard.press("Escape")
    with awaited_run(page):
        page.evaluate(LEAD, path)
    return page


def axe_violations(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong on the page, one line per rule: its id, what it asks for, where. No network; read once a document."""
    options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": list(only)} if only else {})
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: "
        + ", ".join(str(node["target"]) for node in found["nodes"][:5])
        for found in page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
    ]
