"""One block of a page in a frame of another site: by its short link, and by the code that the page gives to copy."""

from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, expect

from tests.journeys.browser import visit
from tests.journeys.conftest import OpenPage
from tests.journeys.server import Server, running

ANSWER = ".st-key-cap_embedded .cap-summary"


class Intranet:
    """Another site: one page, which holds whatever it is given. `url`: where it is named in the settings; `other`: its other name."""

    def __init__(self) -> None:
        intranet = self
        self.body = ""

        class Pages(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(f"<!DOCTYPE html><title>Intranet</title>{intranet.body}".encode())

            def log_message(self, format: str, *given: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        port = self.server.server_address[1]
        self.url, self.other = f"http://127.0.0.1:{port}", f"http://localhost:{port}"


@pytest.fixture(scope="module")
def intranet() -> Iterator[Intranet]:
    found = Intranet()
    Thread(target=found.server.serve_forever, daemon=True).start()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(scope="module")
def dashboard(server: Server, intranet: Intranet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("embedded")
    settings = (Path(__file__).parents[2] / "data" / "settings.toml").read_text(encoding="utf-8")
    (folder / "settings.toml").write_text(
        settings.replace("sites = []", f'sites = ["{intranet.url}"]'), encoding="utf-8"
    )
    assert intranet.url in (folder / "settings.toml").read_text(encoding="utf-8")
    with running(folder, CAP_EXTRACTS=str(server.extracts), CAP_SETTINGS=str(folder / "settings.toml")) as found:
        yield found


def alone(frame: FrameLocator, answer: str, block: str) -> None:
    """The sentence, the chart or the table and the source are there, and nothing of the frame."""
    expect(frame.locator(ANSWER).first).to_have_text(answer)
    expect(frame.locator(block).first).to_be_visible()
    expect(frame.locator(".st-key-cap_embedded .cap-notes").last).to_contain_text("Source\u00a0:")
    expect(frame.locator("h1")).not_to_be_visible()
    expect(frame.locator("footer.cap-foot")).not_to_be_visible()
    expect(frame.get_by_test_id("stDownloadButton").filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize(("path", "block"), [("clients", ".cap-marked table"), ("annees", ".js-plotly-plot .main-svg")])
def test_the_short_link_is_the_first_block(
    dashboard: Server, intranet: Intranet, open_page: OpenPage, browser: Browser, path: str, block: str
) -> None:
    page = open_page(dashboard)
    visit(page, f"/{path}")
    answer = page.locator(".cap-answer").first.inner_text()
    intranet.body = f'<iframe src="{dashboard.url}/{path}?embed=1" title="Bloc" width="100%" height="560"></iframe>'
    alone(framed(browser, intranet.url), answer, block)


def test_the_code_to_copy_works_where_the_settings_let_it(
    dashboard: Server, intranet: Intranet, open_page: OpenPage, browser: Browser
) -> None:
    page = open_page(dashboard)
    visit(page, "/annees")
    page.locator(".st-key-images_annees button").first.click()
    code = page.locator('[data-testid="stCode"] code').first
    expect(code).to_contain_text("<iframe")
    intranet.body = unescape(code.inner_text()) if "&lt;" in code.inner_text() else code.inner_text()
    assert "/annees?" in intranet.body
    frame = framed(browser, intranet.url)
    expect(frame.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(frame.locator("h1")).not_to_be_visible()
    refused = framed(browser, intranet.other)
    expect(refused.locator(".cap-frame")).to_have_count(0)


def framed(browser: Browser, site: str) -> FrameLocator:
    """The frame in the page of the other site."""
    page = browser.new_page(locale="fr-FR")
    page.goto(site)
    page.wait_for_load_state("networkidle")
    return page.frame_locator("iframe")
