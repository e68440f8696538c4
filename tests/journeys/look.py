"""Pictures of pages, to look at: `python -m tests.journeys.look --out DIR [--base-url URL] PATH…`.

Each path at 1280 and 375 pixels wide, light and dark: the first screen at 1280 × 800, then the whole page. Without
--base-url a server is started on the extracts of CAP_EXTRACTS. Console errors and requests to strangers are printed.
"""

import argparse
import re
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from data.release.releases import extracts_folder
from tests.journeys.browser import Heard, Scheme, chromium, opened, settled, visit
from tests.journeys.server import running

SIZES = ((1280, 800), (375, 812))
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# Streamlit scrolls an inner container: its content's height, and what stands around it.
WHOLE_HEIGHT = """
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  if (main === null) return document.documentElement.scrollHeight;
  return Math.ceil(window.innerHeight - main.clientHeight + main.scrollHeight);
}
"""


def whole(page: Page, width: int) -> None:
    """The viewport grown to the content. A few rounds: a taller window can lay the content out anew."""
    for _ in range(4):
        height = page.evaluate(WHOLE_HEIGHT)
        if page.viewport_size == {"width": width, "height": height}:
            return
        page.set_viewport_size({"width": width, "height": height})
        settled(page)


def name_of(path: str) -> str:
    """A file name for a path: `annees`, or `index` for `/`."""
    return re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-") or "index"


def pictures(browser: Browser, origin: str, path: str, out: Path, wanted: argparse.Namespace) -> None:
    """Writes the pictures of one path and prints what went wrong on the way."""
    for width, height in SIZES:
        if width not in wanted.width:
            continue
        for scheme in wanted.scheme:
            heard = Heard(origin)
            page = opened(browser, heard, width=width, height=height, scheme=scheme, device_scale_factor=wanted.scale)
            visit(page, path)
            stem = f"{name_of(path)}-{width}-{scheme}"
            if width == 1280:
                page.screenshot(path=out / f"{stem}-first.png")
            whole(page, width)
            page.screenshot(path=out / f"{stem}.png")
            print(out / f"{stem}.png")  # noqa: T201
            for line in heard.complaints + heard.strangers:
                print(f"  {line}", file=sys.stderr)  # noqa: T201
            page.context.close()


def main() -> int:
    """The command; 0 when all pictures were made."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="/, /annees, /annees?lang=en …")
    parser.add_argument("--out", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--base-url", help="a running server; without it one is started")
    parser.add_argument("--width", type=int, action="append", choices=[size[0] for size in SIZES])
    parser.add_argument("--scheme", action="append", choices=SCHEMES)
    parser.add_argument("--scale", type=float, default=1, help="pixels of the picture per pixel of the page")
    wanted = parser.parse_args()
    wanted.width = wanted.width or [size[0] for size in SIZES]
    wanted.scheme = wanted.scheme or list(SCHEMES)
    wanted.out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        origin = wanted.base_url
        if origin is None:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            extracts = str(extracts_folder().resolve())
            origin = stack.enter_context(running(scratch, CAP_EXTRACTS=extracts)).url
        browser = stack.enter_context(chromium(stack.enter_context(sync_playwright())))
        for path in wanted.paths:
            pictures(browser, origin.rstrip("/"), path, wanted.out, wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
