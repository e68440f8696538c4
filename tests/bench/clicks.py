"""From a click on a filter to a page at rest, in Chromium: our page, and the same page over constant frames.

Each click adds one more commune to the filter, so that nothing was asked before. The constant page is clicked through twice, and
timed at the second time.
"""

from pathlib import Path
from statistics import median
from typing import Any, Final

import duckdb
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bench.releases import ROOT, Made
from tests.bench.told import Part, Target, ratio
from tests.journeys.browser import Heard, chromium, opened, settled, visit
from tests.journeys.server import Server, running

PAGES: Final = ("/", "/annees", "/clauses", "/clients", "/communes", "/lots", "/publics", "/sorties")
MOST_RATIO: Final = 1.25
_CONSTANT: Final = ROOT / "tests" / "bench" / "peers" / "constant_page.py"
_FIELD: Final = "Commune d’exécution"
# When the last click was, and the last change of the document after it.
_CLOCK: Final = """
window.bench = {click: 0, change: 0};
document.addEventListener('click', () => { window.bench.click = performance.now(); }, true);
new MutationObserver(() => { window.bench.change = performance.now(); })
  .observe(document, {childList: true, characterData: true, attributes: true, subtree: true});
"""


def measured(made: Made, folder: Path, pages: tuple[str, ...], clicks: int) -> Part:
    """One row per page: median milliseconds of a click, ours and constant, asked anew and asked before."""
    communes = _communes(made, len(pages) * clicks)
    with sync_playwright() as playwright, chromium(playwright) as browser:
        with running(folder / "servers" / "ours", CAP_EXTRACTS=str(made.extracts)) as server:
            cold = _tour(browser, server, pages, clicks, communes)
            warm = _tour(browser, server, pages, clicks, communes)
        with running(folder / "servers" / "constant", script=_CONSTANT, CAP_EXTRACTS=str(made.extracts)) as server:
            _tour(browser, server, pages, clicks, communes)
            constant = _tour(browser, server, pages, clicks, communes)
    rows: list[dict[str, Any]] = [
        {
            "page": page,
            "constant, ms": median(constant[page]),
            "asked anew, ms": median(cold[page]),
            "times": ratio(median(cold[page]), median(constant[page])),
            "asked before, ms": median(warm[page]),
            "times, before": ratio(median(warm[page]), median(constant[page])),
        }
        for page in pages
    ]
    whole = ratio(sum(row["asked anew, ms"] for row in rows), sum(row["constant, ms"] for row in rows))
    return Part(
        title=f"A click on a filter, {made.entries:,} lines",
        rows=rows,
        targets=[Target(what=f"click, against constant frames, {made.entries:,} lines", found=whole, most=MOST_RATIO)],
    )


def _communes(made: Made, wanted: int) -> list[str]:
    """Codes of communes with hours, those with most first."""
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT execution_commune FROM read_parquet(?) WHERE execution_commune IS NOT NULL AND counts_in_total"
            " GROUP BY ALL ORDER BY sum(hours_validated) DESC, 1 LIMIT ?",
            [str(made.release.file("hours_monthly.parquet")), wanted],
        ).fetchall()
    return [code for (code,) in found]


def _tour(
    browser: Browser, server: Server, pages: tuple[str, ...], clicks: int, communes: list[str]
) -> dict[str, list[float]]:
    """Milliseconds of each click, by page; the communes of one page are not those of another."""
    heard = Heard(server.url)
    page = opened(browser, heard)
    page.context.add_init_script(_CLOCK)
    found: dict[str, list[float]] = {}
    for number, path in enumerate(pages):
        visit(page, path)
        page.get_by_role("button", name="Filtrer").click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        settled(page)
        found[path] = [_click(page, commune) for commune in communes[number * clicks : (number + 1) * clicks]]
    page.context.close()
    return found


def _click(page: Page, commune: str) -> float:
    """Milliseconds from the choice of a commune to rest."""
    box = page.get_by_role("combobox", name=_FIELD, exact=True)
    box.click()
    box.fill(commune)
    page.get_by_role("option", name=commune).first.click()
    settled(page)
    took: float = page.evaluate("window.bench.change - window.bench.click")
    return took
