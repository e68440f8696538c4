"""What Chromium prints: each chart of a page is on the paper, drawn, in either theme, upright and across, while the processors are busy.

    python -m tests.journeys.printing              # every page, ten times: about half an hour
    python -m tests.journeys.printing --times 1

It publishes the demonstration and starts its server itself. Exit code 1 when a chart was blank or a sheet lay wrong.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdf
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browser import SETTLE_LIMIT_MS, Heard, Scheme, chromium, opened
from tests.journeys.server import running
from tests.journeys.tour import MENU

SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
_BUSY: Final = 2  # processes that do nothing but count
_LONGEST: Final = 3600  # seconds after which they stop by themselves
_INK: Final = 0.002  # of the points of a picture: a map of few hours has more
_WHITE: Final = 245  # of 255: lighter is paper
# Chromium prints a picture as shapes, which nothing here can look at; with a filter, as points.
_AS_POINTS: Final = ".cap-paper img { filter: grayscale(0.01); }"
# What a reader waits for before printing: the page has run. Its interactive charts may still be on their way.
_HAS_RUN: Final = """
() => document.querySelector('.cap-frame') && document.querySelector('h1')
  && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
"""


def faults(browser: Browser, url: str, path: str, scheme: Scheme) -> list[str]:
    """What is wrong with the paper of a page that was opened just before, upright and across."""
    page = opened(browser, Heard(url), scheme=scheme)
    try:
        page.goto(path, wait_until="commit")
        page.wait_for_function(_HAS_RUN, timeout=SETTLE_LIMIT_MS)
        page.add_style_tag(content=_AS_POINTS)
        # Those that are folded away are not printed.
        charts = page.locator(".cap-paper").evaluate_all(
            "found => found.filter((one) => one.closest('details:not([open])') === null).length"
        )
        return [
            f"{path}, {scheme}, {'across' if across else 'upright'}: {fault}"
            for across in (False, True)
            for fault in paper_faults(page.pdf(format="A4", landscape=across), charts, across=across)
        ]
    finally:
        page.context.close()


def paper_faults(paper: bytes, charts: int, *, across: bool) -> list[str]:
    """Sheets that lie wrong, charts that are missing or blank."""
    sheets: list[Any] = list(pypdf.PdfReader(BytesIO(paper)).pages)
    found = [
        f"sheet {n} lies wrong"
        for n, sheet in enumerate(sheets)
        if (sheet.mediabox.width > sheet.mediabox.height) is not across
    ]
    pictures = [picture.image for sheet in sheets for picture in sheet.images]
    if len(pictures) < charts:
        found.append(f"{len(pictures)} pictures for {charts} charts")
    return [*found, *(f"picture {n} is blank" for n, picture in enumerate(pictures) if ink(picture) < _INK)]


def ink(picture: Image.Image) -> float:
    """The part of a picture that is not paper."""
    grey = Image.new("L", picture.size, 255)
    grey.paste(picture.convert("L"), mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    dark = sum(grey.histogram()[:_WHITE])
    return float(dark / (grey.width * grey.height))


@contextmanager
def busy() -> Iterator[None]:
    """Within, the processors have other work. It ends with the block, and by itself after an hour."""
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_count, args=(_LONGEST,), daemon=True) for _ in range(_BUSY)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _count(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(10_000))


def main(arguments: list[str] | None = None) -> int:
    """Prints every page so many times, and what was wrong; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.journeys.printing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--pages", default=",".join(MENU), metavar="/PATH,/PATH…")
    given = parser.parse_args(arguments)
    found, prints = [], 0
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as server,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        busy(),
    ):
        for _ in range(given.times):
            for path in given.pages.split(","):
                for scheme in SCHEMES:
                    wrong = faults(browser, server.url, path, scheme)
                    prints += 2
                    found += wrong
                    for line in wrong:
                        print(line, flush=True)  # noqa: T201
    print(f"{prints} prints, {len(found)} faults")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
