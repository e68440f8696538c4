"""An observatory of five structures against one authority with the same lines: `python -m tests.bench.several [--entries N]`.

Each page is run on a period that was not asked before, on the one and on the five by turns. Both releases follow one that lacks the
fifth structure, so that *Changes* has as much to compare. *Communes* has 169 communes to draw instead of 71: 1.38 times, where all
pages together take 1.04 (30 November 2026).
"""

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

import duckdb
from streamlit.testing.v1 import AppTest

from data.demo import DEFAULT_SEED, write_demo
from data.demo.story import DATA_DATE
from data.demo.structures import write_structures
from data.publish import publish
from data.sources.raw_table import quoted
from pages.frame.menu import PAGES
from pages.parts.streamlit_internals import without_components
from tests.bench.told import Part, Target, ratio
from tests.pages.conftest import FRAME
from tests.streamlit_private import open_address

MOST_RATIO: Final = 1.25
STRUCTURES: Final = 5
YEARS: Final = range(2007, 2025)
# Pages of figures: those of a form alone show nothing of a release.
READ: Final = ("milestones", "years", "clauses", "clients", "communes", "lots", "considerations", "participants", "changes", "totals", "data_quality")  # fmt: skip
TABLES: Final = ("contracts", "hours", "notified")


def measured(folder: Path, entries: int) -> Part:
    """One row per page, milliseconds of a processor."""
    one, several = folder / "one", folder / "several"
    codes = write_structures(folder / "rows several", STRUCTURES, DEFAULT_SEED, entries)
    write_demo(folder / "rows one", DEFAULT_SEED, entries)
    _without(folder / "rows one", folder / "rows several" / codes[-1], folder / "rows before")
    for name in ("rows before", "rows one"):
        _publish(one, folder / name)
    for code in codes:
        _publish(several, folder / "rows several" / code, code)
    rows: list[dict[str, Any]] = []
    for page in PAGES:
        if page.script.split("/")[0] not in READ:
            continue
        took: dict[Path, list[float]] = {one: [], several: []}
        for extracts in took:
            _run(page.path, extracts)
        for year in YEARS:
            for extracts in (one, several) if year % 2 else (several, one):
                took[extracts].append(_run(page.path, extracts, annees=f"{year - 3}-{year}"))
        alone, together = (median(took[extracts]) * 1000 for extracts in (one, several))
        rows.append({"page": page.path or "/", "one, ms": alone, "five, ms": together, "times": ratio(together, alone)})
    alone, together = (sum(row[name] for row in rows) for name in ("one, ms", "five, ms"))
    what = "pages of five structures, against one authority with the same lines"
    return Part(
        title=f"Several structures, {entries:,} lines",
        rows=rows,
        targets=[Target(what=what, found=ratio(together, alone), most=MOST_RATIO)],
    )


def _without(rows: Path, gone: Path, out: Path) -> None:
    """The rows of the one authority but those of a structure."""
    out.mkdir()
    for table in TABLES:
        lots = f"(contract_id, lot_id) IN (SELECT (contract_id, lot_id) FROM read_parquet({quoted(str(gone / 'contracts.parquet'))}))"
        kept = "" if table == "notified" else f" WHERE NOT {lots}"
        source, target = quoted(str(rows / f"{table}.parquet")), quoted(str(out / f"{table}.parquet"))
        duckdb.execute(
            f"COPY (SELECT * FROM read_parquet({source}){kept}) TO {target} (FORMAT parquet, KV_METADATA {{cap_demo: 'true'}})"
        )


def _publish(extracts: Path, rows: Path, structure: str = "") -> None:
    os.environ["CAP_EXTRACTS"] = str(extracts)
    publish(
        [rows / f"{table}.parquet" for table in TABLES],
        today=DATA_DATE,
        structure=structure,
        accept_anomalies=True,
    )


def _run(path: str, extracts: Path, **query: str) -> float:
    """Seconds of the processor that a page takes."""
    os.environ["CAP_EXTRACTS"] = str(extracts)
    at = AppTest.from_file(FRAME, default_timeout=60)
    without_components(at)
    for key, value in query.items():
        at.query_params[key] = value
    open_address(at, path)
    started = time.process_time()
    at.run()
    took = time.process_time() - started
    assert not at.exception, at.exception[0].message
    return took


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.several", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="lines of hours")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(measured(Path(folder), given.entries).text())


if __name__ == "__main__":
    main()
