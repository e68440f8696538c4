"""A page printed as soon as it has run, while the processors are busy: no chart is blank. `python -m tests.journeys.printing` prints all of them, ten times."""

from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.journeys.browser import Scheme
from tests.journeys.conftest import Tour
from tests.journeys.printing import busy, faults, ink
from tests.journeys.server import Server

# Curves, bars, a map, panels: each kind of chart once, a page in both themes. What a theme draws does not hang on the page.
PRINTED: Final[tuple[tuple[str, Scheme], ...]] = (
    ("/", "light"),
    ("/", "dark"),
    ("/publics", "dark"),
    ("/communes", "light"),
)


def test_no_chart_is_blank(server: Server, browser: Browser) -> None:
    with busy():
        assert [fault for path, scheme in PRINTED for fault in faults(browser, server.url, path, scheme)] == []


def test_a_blank_picture_is_found() -> None:
    picture = Image.new("RGB", (200, 100), "white")
    assert ink(picture) == 0
    picture.paste("navy", (0, 0, 20, 10))
    assert ink(picture) == 0.01


@pytest.mark.parametrize("path", ["/clients", "/clauses", "/lots"])
def test_bars_in_cells_are_printed(tour: Tour, path: str) -> None:
    page = tour(path)
    page.emulate_media(media="print")
    bars = page.locator(":is(.bar, .cap-bars) > span")
    colours = bars.evaluate_all("(bars) => bars.map((bar) => getComputedStyle(bar).backgroundColor)")
    page.emulate_media(media="screen")
    assert colours
    assert "rgba(0, 0, 0, 0)" not in colours
