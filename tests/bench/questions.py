"""Each question, asked anew, at each size; beside it DuckDB's bare aggregate of the same rollup."""

import multiprocessing
import time
from dataclasses import replace
from statistics import median
from typing import Any, Final

import duckdb

from data.codes import Role
from data.settings import load_settings
from queries.engine import BOUND
from queries.open_release import open_release
from queries.questions import Question, questions
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.bench.releases import Made
from tests.bench.told import Part, Target, p95, ratio

# What is counted from persons or from single lines grows with them; the rest comes from the rollup.
_NOT_ADDITIVE: Final = (
    "lines_found(",
    "anomalies_in_scope(",
)
_BARE: Final = "SELECT sector, sum(hours_validated) FROM read_parquet(?) GROUP BY sector ORDER BY sector"
# What a question asks for that is not found in a lot; what may be left out is left out.
_GIVEN: Final = {"compared_by": "clauses", "compared": "execution,insertion"}
MOST_RATIO: Final = 1.5
MOST_MILLISECONDS: Final = 60


def measured(releases: list[Made], runs: int) -> Part:
    """One row per question: median milliseconds at each size, and how many times the largest takes the smallest."""
    found: dict[str, dict[str, Any]] = {}
    context = multiprocessing.get_context("spawn")
    took: list[dict[str, list[float]]] = []
    for made in releases:
        with context.Pool(1) as pool:
            took.append(pool.apply(_times, (made, runs)))
    for name in took[0]:
        row: dict[str, Any] = {"question": name, "kind": _kind(name)}
        row |= {f"{made.entries:,} lines, ms": median(times[name]) for made, times in zip(releases, took, strict=True)}
        row["largest/smallest"] = ratio(median(took[-1][name]), median(took[0][name]))
        found[name] = row
    additive = [name for name in took[0] if _kind(name) == "additive"]
    targets = [
        Target(
            what=f"additive question at {made.entries:,} lines, p95",
            found=p95([milliseconds for name in additive for milliseconds in times[name]]),
            most=MOST_MILLISECONDS,
            unit="ms",
        )
        for made, times in zip(releases, took, strict=True)
    ]
    if len(releases) > 1:
        dearest = max(additive, key=lambda name: found[name]["largest/smallest"])
        targets.append(
            Target(
                what=f"additive question, {releases[-1].entries:,} against {releases[0].entries:,} lines ({dearest})",
                found=found[dearest]["largest/smallest"],
                most=MOST_RATIO,
            )
        )
    return Part(title="Questions, asked anew", rows=list(found.values()), targets=targets)


def _kind(name: str) -> str:
    if name == "bare aggregate":
        return "yardstick"
    sql = questions()[name].sql
    return "per person or line" if any(macro in sql for macro in _NOT_ADDITIVE) else "additive"


def _times(made: Made, runs: int) -> dict[str, list[float]]:
    """Milliseconds of each run, by question."""
    release = made.release
    database = open_release(release, load_settings())
    reader = Access(database=database, rights=Rights(role=Role.ADMINISTRATEUR))  # figures of participants are looked up
    lot = database.ask("lots", Scope()).slice(0, 1).to_pylist()[0]
    found: dict[str, list[float]] = {"bare aggregate": []}
    with duckdb.connect(config={"threads": database.settings.engine.threads}) as bare:
        rollup = str(release.file("hours_monthly.parquet"))
        for _ in range(runs + 1):
            started = time.perf_counter()
            bare.execute(_BARE, [rollup]).fetchall()
            found["bare aggregate"].append((time.perf_counter() - started) * 1000)
    for question in questions().values():
        found[question.name] = [_milliseconds(reader, question, lot) for _ in range(runs + 1)]
    return {name: times[1:] for name, times in found.items()}


def _milliseconds(reader: Access, question: Question, lot: dict[str, Any]) -> float:
    known = lot | _GIVEN
    wanted = {one.name: "" if one.optional else known[one.name] for one in question.parameters if one.name not in BOUND}
    if question.name == "detail_hours":
        wanted["rows"] = "50"  # what the page shows at once
    other = replace(question, note=str(time.time_ns()))  # answered once: never from the cache
    started = time.perf_counter()
    reader.ask(other, Scope(), **wanted)
    return (time.perf_counter() - started) * 1000
