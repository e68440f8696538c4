"""From a click on a filter to a page at rest, in Chromium: our page, and the same page over constant frames.

Each click adds one more commune to the filter, so that nothing was asked before. Both servers run side by side and are clicked
through in turn, five times over: what else the machine does falls on both. The constant page is timed at its second time.
"""

from collections import defaultdict
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
RUNS: Final = 5
CLICKS: Final = 2  # of each run, on each page
MOST_RATIO: Final = 1.25
MOST_RATIO_FIRST_PAGE: Final = 1.2
_CONSTANT: Final = ROOT / "tests" / "bench" / "peers" / "constant_page.py"
_FIELD: Final = "Commune d’exécution"
# When the last click was, and the last change of the document after it.
_CLOCK: Final = """
window.bench = {click: 0, change: 0};
document.addEventListener('click', () => { window.bench.click = performance.now(); }, true);
new MutationObserver(() => { window.bench.change = performance.now(); })
  .observe(document, {childList: true, characterData: true, attributes: true, subtree: true});
"""


def measured(made: Made, folder: Path, pages: tuple[str, ...]) -> Part:
    """One row per page: median milliseconds of a click, ours and constant, asked anew and asked before."""
    communes = _communes(made, len(pages) * RUNS + CLICKS)
    took: dict[str, dict[str, list[float]]] = {
        kind: defaultdict(list) for kind in ("first", "anew", "before", "constant")
    }
    with (
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        running(folder / "servers" / "ours", CAP_EXTRACTS=str(made.extracts)) as ours,
        running(folder / "servers" / "constant", script=_CONSTANT, CAP_EXTRACTS=str(made.extracts)) as constant,
    ):
        for run in range(RUNS):
            # Never the same communes together: each run of each page begins one further down the list.
            chosen = {page: communes[run * len(pages) + n :][:CLICKS] for n, page in enumerate(pages)}
            turns = {"first": constant, "anew": ours, "constant": constant, "before": ours}
            for kind, server in turns.items():
                for page, clicks in _tour(browser, server, chosen).items():
                    took[kind][page] += clicks
    middle = {kind: {page: median(clicks) for page, clicks in found.items()} for kind, found in took.items()}
    rows: list[dict[str, Any]] = [
        {
            "page": page,
            "constant, ms": middle["constant"][page],
            "asked anew, ms": middle["anew"][page],
            "times": ratio(middle["anew"][page], middle["constant"][page]),
            "asked before, ms": middle["before"][page],
            "times, before": ratio(middle["before"][page], middle["constant"][page]),
        }
        for page in pages
    ]
    targets = [
        _target("click on the first page", rows[:1], MOST_RATIO_FIRST_PAGE, made),
        *([_target("click on another page", rows[1:], MOST_RATIO, made)] if rows[1:] else []),
    ]
    return Part(title=f"A click on a filter, {made.entries:,} lines", rows=rows, targets=targets)


def _target(what: str, rows: list[dict[str, Any]], most: float, made: Made) -> Target:
    found = ratio(sum(row["asked anew, ms"] for row in rows), sum(row["constant, ms"] for row in rows))
    return Target(what=f"{what}, against constant frames, {made.entries:,} lines", found=found, most=most)


def _communes(made: Made, wanted: int) -> list[str]:
    """Codes of communes with hours, those with most first."""
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT execution_commune FROM read_parquet(?) WHERE execution_commune IS NOT NULL AND counts_in_total"
            " GROUP BY ALL ORDER BY sum(hours_validated) DESC, 1 LIMIT ?",
            [str(made.release.file("hours_monthly.parquet")), wanted],
        ).fetchall()
    return [code for (code,) in found]


def _tour(browser: Browser, server: Server, chosen: dict[str, list[str]]) -> dict[str, list[float]]:
    """Milliseconds of each click, by page."""
    heard = Heard(server.url)
    page = opened(browser, heard)
    page.context.add_init_script(_CLOCK)
    found: dict[str, list[float]] = {}
    for path, communes in chosen.items():
        visit(page, path)
        page.get_by_role("button", name="Filtrer").click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        settled(page)
        found[path] = [_click(page, commune) for commune in communes]
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
