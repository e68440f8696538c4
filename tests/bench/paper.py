"""What goes to the council: a sheet of each kind, the yearly report, one sheet for each commune in a zip.

Each in a process of its own, which has opened the release and asked one question. Seconds of the clock, seconds of the processors, and the memory
taken at most beyond what there was.
"""

import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from data.release.pointer import current_release
from data.settings import load_settings
from data.words import Words
from pages.reports.__main__ import main
from pages.reports.annual import annual_docx, annual_pdf
from pages.reports.sheets import sheet
from queries import answers
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.readers import LOCAL
from queries.scope import Scope
from tests.bench.releases import Made
from tests.bench.told import Part, Target

MOST_SHEET_SECONDS: Final = 1.0
MOST_SHEET_MEGABYTES: Final = 150.0
MOST_REPORT_SECONDS: Final = 10.0
MOST_ZIP_SECONDS: Final = 60.0
_YEAR: Final = 2025
_WORDS: Final = Words("fr")
_SCOPES: Final = {
    "whole": Scope(),
    "client": Scope(clients=("CHU",)),
    "commune": Scope(execution_communes=("76540",)),
    "clause": Scope(clause_categories=("execution",)),
}


def measured(made: Made, times: int) -> Part:
    """One row per thing that is made: the first one of a process, and the best of the next ones."""
    rows = []
    context = multiprocessing.get_context("spawn")
    for name in (*(f"sheet, {kind}" for kind in _SCOPES), "report, PDF", "report, DOCX", "71 sheets in a zip"):
        with context.Pool(1) as pool:
            runs = 1 if name.startswith("71") else times
            rows.append({"made": name, **pool.apply(_run, (name, made.extracts, runs))})
    sheets = [row for row in rows if row["made"].startswith("sheet")]
    reports = [row for row in rows if row["made"].startswith("report")]
    return Part(
        title=f"Sheets and reports, {made.entries:,} lines",
        rows=rows,
        targets=[
            Target(what="a sheet, the first one", found=max(row["first, s"] for row in sheets), most=MOST_SHEET_SECONDS, unit="s"),
            Target(what="a sheet, memory", found=max(row["memory, MB"] for row in sheets), most=MOST_SHEET_MEGABYTES, unit="MB"),
            Target(what="the yearly report", found=max(row["first, s"] for row in reports), most=MOST_REPORT_SECONDS, unit="s"),
            Target(what="71 sheets in a zip", found=rows[-1]["first, s"], most=MOST_ZIP_SECONDS, unit="s"),
        ],
    )  # fmt: skip


def _run(name: str, extracts: Path, times: int) -> dict[str, Any]:
    os.environ["CAP_EXTRACTS"] = str(extracts)
    make = _maker(name)
    before = _resident()
    peak, over = [before], threading.Event()

    def watch() -> None:
        while not over.wait(0.005):
            peak[0] = max(peak[0], _resident())

    watching = threading.Thread(target=watch)
    watching.start()
    took = []
    for _ in range(times):
        started, worked = time.perf_counter(), time.process_time()
        make()
        took.append((time.perf_counter() - started, time.process_time() - worked))
    over.set()
    watching.join()
    return {
        "first, s": took[0][0],
        "first, s of processors": took[0][1],
        "best of the next, s": min((seconds for seconds, _ in took[1:]), default=None),
        "memory, MB": (peak[0] - before) / 1e6,
    }


def _maker(name: str) -> Callable[[], object]:
    release = current_release()
    assert release is not None
    access = Access(database=open_release(release, load_settings()), rights=LOCAL.rights)
    answers.totals(access, Scope())
    if name == "report, PDF":
        return lambda: annual_pdf(access, Scope(), _WORDS, _YEAR)
    if name == "report, DOCX":
        return lambda: annual_docx(access, Scope(), _WORDS, _YEAR)
    if name.startswith("71"):
        out = Path(tempfile.mkdtemp()) / "sheets.zip"
        return lambda: main(["sheet", "--each", "commune", "--out", str(out)])
    return lambda: sheet(access, _SCOPES[name.removeprefix("sheet, ")], _WORDS)


def _resident() -> int:
    """Bytes of memory that this process holds, shared libraries included."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
