"""Many readers at once: websocket sessions that open pages and change filters, with time to think in between.

    python -m tests.bench.readers http://127.0.0.1:8501 --sessions 200     against a server that runs already

The readers run in threads of a process of their own, on the same machine: they take their share of its processors.
"""

import argparse
import multiprocessing
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.bench.releases import Made, resident_megabytes
from tests.bench.told import Part, Target, p95
from tests.journeys.server import running
from tests.journeys.wire import Wire

THINK_SECONDS: Final = 2.0
MOST_SECONDS: Final = 1.0
MOST_MEGABYTES: Final = 600
HELD: Final = 50  # the number of readers that the targets are about
PAGES: Final = ("", "annees", "clauses", "clients", "communes", "lots", "publics", "sorties", "donnees")
_YEARS: Final = range(2005, 2026)


@dataclass(slots=True)
class Waits:
    """Seconds of each wait of all readers, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def load(url: str, sessions: int, seconds: float) -> tuple[list[float], list[str]]:
    """Seconds of each wait of that many readers over some time, and the errors."""
    waits = Waits()
    end = time.monotonic() + seconds + THINK_SECONDS
    with ThreadPoolExecutor(sessions) as pool:
        list(pool.map(lambda number: _read(url, number, end, waits), range(sessions)))
    return waits.seconds, waits.errors


def _read(url: str, number: int, end: float, waits: Waits) -> None:
    """One reader: the first page, then pages and filters at random, always the same ones for a number."""
    chance = random.Random(number)
    # They do not all arrive at once.
    time.sleep(chance.uniform(0, THINK_SECONDS))
    try:
        with Wire(url) as wire:
            first = wire.run()
            filters = first.fields
            while time.monotonic() < end:
                time.sleep(chance.uniform(0.5, 1.5) * THINK_SECONDS)
                page = first.pages[chance.choice(PAGES)]
                year = chance.choice(_YEARS)
                chosen = chance.choice([{}, {filters["annees"]: f"{year}-2026"}, {filters["types"]: "commune"}])
                started = time.monotonic()
                got = wire.run(script=page, widgets=chosen)
                took = time.monotonic() - started
                with waits.lock:
                    waits.seconds.append(took)
                    if "incident" in got.content:
                        waits.errors.append("incident")
    except Exception as error:
        with waits.lock:
            waits.errors.append(repr(error))


def measured(made: Made, folder: Path, sessions: tuple[int, ...], seconds: float) -> Part:
    """One row per number of readers, all on one server."""
    rows: list[dict[str, Any]] = []
    targets: list[Target] = []
    context = multiprocessing.get_context("spawn")
    with running(folder / "servers" / "readers", CAP_EXTRACTS=str(made.extracts)) as server:
        for number in sessions:
            with context.Pool(1) as pool:
                waits, errors = pool.apply(load, (server.url, number, seconds))
            held = resident_megabytes(server.process.pid)
            rows.append(
                {
                    "readers": number,
                    "pages read": len(waits),
                    "p50, s": median(waits) if waits else float("nan"),
                    "p95, s": p95(waits) if waits else float("nan"),
                    "errors": len(errors),
                    "server, MB": held,
                }
            )
            if number == HELD:
                targets += [
                    Target(what=f"{number} readers, p95", found=rows[-1]["p95, s"], most=MOST_SECONDS, unit="s"),
                    Target(what=f"{number} readers, errors", found=len(errors), most=0, unit=""),
                    Target(what=f"{number} readers, memory of the server", found=held, most=MOST_MEGABYTES, unit="MB"),
                ]
    return Part(
        title=f"Readers at once, {made.entries:,} lines, {THINK_SECONDS:g} s to think", rows=rows, targets=targets
    )


def main() -> None:
    """Prints the waits of readers at a server that runs already, on this machine only."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.readers", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--sessions", type=int, default=HELD)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    if not given.url.startswith(("http://127.0.0.1", "http://localhost")):
        parser.error("loopback only")
    waits, errors = load(given.url, given.sessions, given.seconds)
    print(
        f"{given.sessions} readers, {len(waits)} pages: p50 {median(waits):.2f} s, p95 {p95(waits):.2f} s, {len(errors)} errors"
    )
    for error in sorted(set(errors)):
        print(f"  {error}")


if __name__ == "__main__":
    main()
