"""The usual page (peers/usual_page.py) beside our first page: a click at the server, and the memory of the process."""

import time
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.bench.peers import peer
from tests.bench.releases import Made, resident_megabytes
from tests.bench.told import Part, Target, ratio
from tests.journeys.server import running
from tests.journeys.wire import Wire

LEAST: Final = 5
_TYPES: Final = ("commune", "epci", "bailleur", "departement", "region", "etat", "hospitalier")


def measured(made: Made, folder: Path, clicks: int) -> Part:
    """One row per page: milliseconds from the change of a filter to the end of the run, asked anew; megabytes after that."""
    with running(folder / "servers" / "ours", CAP_EXTRACTS=str(made.extracts)) as server, Wire(server.url) as wire:
        first = wire.run()
        field = first.fields["types"]
        ours = [_click(wire, {field: kind}) for kind in _TYPES[:clicks]]
        ours_megabytes = resident_megabytes(server.process.pid)
    usual = peer(folder / "servers" / "usual", "usual_page.py", CAP_BENCH_SOURCES=str(made.sources))
    with usual as server, Wire(server.url) as wire:
        field = wire.run().choices["Type de maître d’ouvrage"]
        theirs = [_click(wire, {field: [kind]}) for kind in _TYPES[:clicks]]
        their_megabytes = resident_megabytes(server.process.pid)
    rows: list[dict[str, Any]] = [
        {"page": "ours", "click, ms": median(ours), "process, MB": ours_megabytes},
        {"page": "usual", "click, ms": median(theirs), "process, MB": their_megabytes},
    ]
    return Part(
        title=f"The usual page, {made.entries:,} lines",
        rows=rows,
        targets=[
            Target(
                what="click, ours against the usual page", found=ratio(median(ours), median(theirs)), most=1 / LEAST
            ),
            Target(
                what="memory, ours against the usual page", found=ratio(ours_megabytes, their_megabytes), most=1 / LEAST
            ),
        ],
    )


def _click(wire: Wire, widgets: dict[str, Any]) -> float:
    started = time.perf_counter()
    wire.run(widgets=widgets)
    return (time.perf_counter() - started) * 1000
