"""Journeys start the real server and drive a real Chromium; a failing one prints the server's log.

Without Chromium they are skipped, saying so; with CAP_REQUIRE_BROWSER=1 (the pipeline) they fail instead.
"""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.journeys.browser import CHROMIUM, Heard, chromium, lead, opened, visit
from tests.journeys.server import Server, demonstration, running

OpenPage = Callable[..., Page]
Tour = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def patient() -> None:
    """What is awaited comes late on a busy machine; the five seconds of Playwright are for a calm one."""
    expect.set_options(timeout=20_000)


# One browser per file: while Playwright runs, asyncio cannot be used otherwise in this thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"no Chromium at {CHROMIUM} (Debian's package chromium, or CAP_CHROMIUM)"
        if os.environ.get("CAP_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright, chromium(playwright) as found:
        yield found


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the demonstration, shared by journeys that change nothing."""
    with running(tmp_path_factory.mktemp("server"), CAP_EXTRACTS=demonstration(tmp_path_factory)) as found:
        yield found


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server of the test's own, stopped at the end: `start()`, `start(wait=False)`, `start(CAP_SETTINGS=…)`.

    `start(CAP_EXTRACTS=str(server.extracts))` has its release from the shared one.
    """
    stack: list[Any] = []

    def started(**options: Any) -> Server:
        context = running(tmp_path, **options)
        server = context.__enter__()
        stack.append(context)
        return server

    yield started
    for context in reversed(stack):
        context.__exit__(None, None, None)


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens pages: `open_page(server, width=375, height=812, scheme="dark")`, French proved by a browser in en-US.

    At the end no page may have asked anybody but its server, nor have complained, unless the test says
    `complaints_expected=True`.
    """
    watched: list[tuple[Heard, Page, bool]] = []

    def opened_page(server: Server, *, complaints_expected: bool = False, **options: Any) -> Page:
        heard = Heard(server.url)
        page = opened(browser, heard, **options)
        watched.append((heard, page, complaints_expected))
        return page

    yield opened_page
    for _, page, _ in watched:
        page.context.close()
    assert [stranger for heard, _, _ in watched for stranger in heard.strangers] == []
    assert [said for heard, _, expected in watched if not expected for said in heard.complaints] == []


@pytest.fixture(scope="module")
def tour(server: Server, browser: Browser) -> Iterator[Tour]:
    """Visits one page after the other: `tour("/annees", width=375)`. Held to what open_page is, at the end of the file.

    There is one window for each set of options, and one document: cold links are for open_page.
    """
    windows: dict[tuple[Any, ...], tuple[Heard, Page]] = {}

    def visited(path: str, **options: Any) -> Page:
        key = tuple(sorted(options.items()))
        if key in windows:
            page = lead(windows[key][1], path)
        else:
            heard = Heard(server.url)
            page = opened(browser, heard, **options)
            windows[key] = heard, page
            visit(page, path)
        # An incident has no title, and few faults besides.
        assert page.locator("h1").count() == 1, page.locator("main").inner_text()
        return page

    yield visited
    for _, page in windows.values():
        page.context.close()
    assert [stranger for heard, _ in windows.values() for stranger in heard.strangers] == []
    assert [said for heard, _ in windows.values() for said in heard.complaints] == []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Adds the logs of the servers that a failing test used."""
    outcome = yield
    report = outcome.get_result()
    if not report.failed:
        return
    arguments = getattr(item, "funcargs", {})
    logs = [arguments["server"].log] if "server" in arguments else []
    logs += sorted(arguments["tmp_path"].glob("server-*.log")) if "tmp_path" in arguments else []
    for log in logs:
        report.sections.append((f"server log {log}", log.read_text(encoding="utf-8", errors="replace")[-8000:]))
