"""A first visit: bytes, requests, time to the sentence, to the picture of the first chart and to the chart itself.

Beside it a bare Streamlit page with one chart.
"""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from tests.bench.peers import peer
from tests.bench.releases import Made
from tests.bench.told import Part, Target, ratio
from tests.journeys.browser import Heard, chromium, opened, settled
from tests.journeys.server import Server, running

MOST_MEGABYTES: Final = 2.6
MOST_RATIO: Final = 1.3
MOST_AFTER_SENTENCE: Final = 1.1
_CLOCK: Final = """
window.bench = {};
const told = {heading: 'h1', sentence: '.cap-answer', picture: '.cap-paper img', chart: '.js-plotly-plot .main-svg .trace'};
new MutationObserver(() => {
  for (const [name, selector] of Object.entries(told)) {
    const found = name in window.bench ? null : document.querySelector(selector);
    if (found && found.getClientRects().length > 0) window.bench[name] = performance.now();
  }
}).observe(document, {childList: true, subtree: true});
"""


def measured(made: Made, folder: Path, visits: int) -> Part:
    """One row per visitor: the very first one after a start, later ones, and the one of the bare page."""
    rows: list[dict[str, Any]] = []
    with sync_playwright() as playwright, chromium(playwright) as browser:
        with running(folder / "servers" / "visited", CAP_EXTRACTS=str(made.extracts)) as server:
            rows.append({"visitor": "very first after a start", **_visit(browser, server)})
            later = [_visit(browser, server) for _ in range(visits)]
        with peer(folder / "servers" / "bare", "bare_page.py") as server:
            bare = [_visit(browser, server) for _ in range(visits + 1)][1:]
    for name, found in (("later", later), ("bare page", bare)):
        best = min(found, key=lambda visit: visit["first chart, ms"])
        rows.append({"visitor": name, **best})
    _, ours, yardstick = rows
    return Part(
        title=f"First visit, {made.entries:,} lines",
        rows=rows,
        targets=[
            Target(what="first visit, weight", found=ours["megabytes"], most=MOST_MEGABYTES, unit="MB"),
            Target(what="first visit, requests to others", found=ours["to others"], most=0, unit=""),
            Target(
                what="first chart seen, against the sentence",
                found=ratio(ours["chart seen, ms"], ours["sentence, ms"]),
                most=MOST_AFTER_SENTENCE,
            ),
            Target(
                what="first chart, against the bare page",
                found=ratio(ours["first chart, ms"], yardstick["first chart, ms"]),
                most=MOST_RATIO,
            ),
        ],
    )


def _visit(browser: Browser, server: Server) -> dict[str, Any]:
    """A visit with an empty cache."""
    heard = Heard(server.url)
    page = opened(browser, heard)
    page.context.add_init_script(_CLOCK)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    weight = [0.0]

    def add(size: float) -> None:
        weight[0] += size

    network.on("Network.loadingFinished", lambda event: add(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: add(len(event["response"]["payloadData"]) * 0.75))
    page.goto("/", wait_until="commit")
    settled(page)
    result = page.evaluate("window.bench")
    found = {
        "megabytes": weight[0] / 1e6,
        "requests": len(heard.requests),
        "to others": len(heard.strangers),
        "sentence, ms": result.get("sentence", result["heading"]),
        "chart seen, ms": min(result.get("picture", result["chart"]), result["chart"]),
        "first chart, ms": result["chart"],
    }
    page.context.close()
    return found
