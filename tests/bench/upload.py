"""A month of many lines by the page *Publier*: `python -m tests.bench.upload [--entries N] [--formats parquet,csv,xlsx]`.

The file is dropped in a Chromium on a running server, then checked until its figures stand beside those that serve. Beside it the
shell's own publish of the same files. Meanwhile another reader asks questions, and the memory of the server is sampled, with all
the processes that it starts. Stopped when a format takes longer than its bound.
"""

import argparse
import itertools
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb
import xlsxwriter
from playwright.sync_api import Browser, sync_playwright

from data.settings import DEFAULT_FILE
from tests.bench.__main__ import FOLDER
from tests.bench.releases import Made, made, resident_megabytes, run
from tests.bench.told import Part, Target, p95, ratio
from tests.journeys.browser import Heard, chromium, opened, visit
from tests.journeys.server import Server, running

MOST_TIMES_THE_SHELL: Final = 3
MOST_MEGABYTES: Final = 1_024
MOST_SECONDS_OF_READERS: Final = 1
MOST_SECONDS_OF_SILENCE: Final = 1.5  # a second, and the run that writes it
LONGEST_MS: Final = 900_000
# What a table of people has, without the columns that are empty throughout.
_COLUMNS: Final = (
    "entry_id, contract_id, lot_id, strftime(month, '%d/%m/%Y') AS month, hours_declared, hours_validated, status,"
    " employer_kind, work_contract_id, participant_id"
)
# Remembers when the line of progress changes, on the page itself.
_WATCH: Final = """
window.heard = [];
new MutationObserver(() => {
  const text = document.querySelector('.cap-check [role=status]')?.textContent;
  if (text && text !== window.heard.at(-1)?.text) window.heard.push({text, at: performance.now()});
}).observe(document, {childList: true, subtree: true, characterData: true});
"""


@dataclass(slots=True)
class Sampled:
    """What was seen while the file was on its way: seconds of each answer to a reader, megabytes of the server beyond what it had."""

    answers: list[float] = field(default_factory=list)
    megabytes: float = 0


def sources(one: Made, kind: str, folder: Path) -> list[Path]:
    """The contracts, and the hours in a format, with the columns that people have."""
    contracts, hours = one.sources / "contracts.parquet", one.sources / "hours.parquet"
    made_file = folder / f"heures.{kind}"
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "marches.csv"
    duckdb.execute(f"COPY (FROM '{contracts}') TO '{plain}' (DELIMITER ';')")
    select = f"SELECT {_COLUMNS} FROM '{hours}'"
    if kind == "csv":
        duckdb.execute(f"COPY ({select}) TO '{made_file}' (DELIMITER ';')")
    elif kind == "parquet":
        duckdb.execute(f"COPY (SELECT * FROM '{hours}') TO '{made_file}' (FORMAT parquet)")
    else:
        answer = duckdb.execute(select)
        with xlsxwriter.Workbook(made_file, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Heures")
            sheet.write_row(0, 0, [column[0] for column in answer.description or ()])
            line = 0
            while rows := answer.fetchmany(10_000):
                for row in rows:
                    line += 1
                    sheet.write_row(
                        line,
                        0,
                        [float(cell) if n in (4, 5) and cell is not None else cell for n, cell in enumerate(row)],
                    )
    return [plain, made_file]


def measured(one: Made, kind: str, folder: Path, browser: Browser, readers_of: Made) -> Part:
    """One row: seconds of the page and of the shell, the longest silence of the progress, memory, a reader's answers."""
    files = sources(one, kind, folder / kind)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        shell = run("data.publish", *map(str, files), CAP_EXTRACTS=str(Path(name) / "extracts"))
    with tempfile.TemporaryDirectory(dir=folder) as name:
        extracts = Path(name) / "extracts"
        run("data.publish", *map(str, sorted(readers_of.sources.glob("*.parquet"))), CAP_EXTRACTS=str(extracts))
        settings = Path(name) / "settings.toml"
        settings.write_text(
            DEFAULT_FILE.read_text("utf-8").replace("per_minute = 60 ", "per_minute = 100_000 "), "utf-8"
        )
        with running(
            Path(name) / "server", wait=False, CAP_EXTRACTS=str(extracts), CAP_SETTINGS=str(settings)
        ) as server:
            while server.health() is None:
                time.sleep(0.5)
            row = _dropped(browser, server, files)
    row = {"format": kind, "megabytes": files[-1].stat().st_size / 1e6, "shell, s": shell.seconds, **row}
    times = ratio(row["page, s"], row["shell, s"])
    title = f"{kind}, {one.entries:,} lines"
    return Part(
        title=f"Dropped on the page: {title}",
        rows=[row],
        targets=[
            Target(what=f"{title}, against the shell", found=times, most=MOST_TIMES_THE_SHELL),
            Target(what=f"{title}, longest silence", found=row["silence, s"], most=MOST_SECONDS_OF_SILENCE, unit="s"),
            Target(what=f"{title}, server's memory", found=row["server, MB more"], most=MOST_MEGABYTES, unit="MB"),
            Target(what=f"{title}, other readers", found=row["readers p95, s"], most=MOST_SECONDS_OF_READERS, unit="s"),
        ],
    )


def _dropped(browser: Browser, server: Server, files: list[Path]) -> dict[str, Any]:
    """The files from the drop to the figures that stand beside those that serve."""
    page = opened(browser, Heard(server.url))
    page.set_default_timeout(LONGEST_MS)
    page.context.add_init_script(_WATCH)
    visit(page, "/publier")
    with _sampled(server) as sampled:
        started = time.perf_counter()
        page.locator("input[type=file]").set_input_files(files)
        page.locator("main").get_by_text(f"{files[-1].name} (").wait_for()
        sent = time.perf_counter()
        page.get_by_role("button", name="Vérifier ces fichiers", exact=True).click()
        page.locator(".cap-summary").wait_for()
        ended = time.perf_counter()
    heard = page.evaluate("window.heard.map((entry) => entry.at)")
    page.context.close()
    return {
        "sent, s": sent - started,
        "page, s": ended - started,
        "progress": len(heard),
        "silence, s": max((after - before for before, after in itertools.pairwise(heard)), default=0) / 1000,
        "server, MB more": sampled.megabytes,
        "readers p95, s": p95(sampled.answers),
        "answers": len(sampled.answers),
    }


@contextmanager
def _sampled(server: Server) -> Iterator[Sampled]:
    """Samples the server, and is a reader of it, until the block ends."""
    sampled, over = Sampled(), threading.Event()
    before = _of_all(server.process.pid)

    def weigh() -> None:
        while not over.wait(0.2):
            sampled.megabytes = max(sampled.megabytes, _of_all(server.process.pid) - before)

    def read() -> None:
        year = 0
        while not over.wait(0.1):
            year += 1
            started = time.perf_counter()
            # Another year each time: no answer is kept from before.
            for route in ("hours_by_client", "lots"):
                address = f"{server.url}/api/v1/questions/{route}.json?annees={2003 + year % 22}-2026"
                with urllib.request.urlopen(address, timeout=60) as answer:
                    answer.read()
                sampled.answers.append(time.perf_counter() - started)
                started = time.perf_counter()

    threads = [threading.Thread(target=weigh), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    try:
        yield sampled
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _of_all(process_id: int) -> float:
    """Megabytes that a process and all that it started hold now."""
    total = 0.0
    try:
        total += resident_megabytes(process_id)
        tasks = Path(f"/proc/{process_id}/task")
        children = [child for task in tasks.iterdir() for child in (task / "children").read_text().split()]
    except (OSError, RuntimeError):
        return total
    return total + sum(_of_all(int(child)) for child in children)


def main() -> None:
    """Measures each format and prints what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--formats", default="parquet,csv,xlsx")
    arguments = parser.parse_args()
    one, small = made(FOLDER, arguments.entries), made(FOLDER, 100_000)
    with sync_playwright() as playwright, chromium(playwright) as browser:
        for kind in arguments.formats.split(","):
            print(measured(one, kind, FOLDER / "dropped", browser, small).text(), flush=True)


if __name__ == "__main__":
    main()
