"""Demonstration extracts: the contracts and hours of an invented authority, enough to fill every page.

`write_demo` writes `contracts.parquet`, `hours.parquet` and `notified.parquet` (all contracts notified, as the DECP tell
them: `decp.py`) in the shape of the data contract, marked `cap_demo = true`.
The same seed and size give the same bytes (with the same versions of DuckDB and of the reference files).

The story is in `story.py` and `purchases.py`; `lots.py` draws the lots, `plan.py` says which crew works where and when,
`contracts.py` makes the contracts' rows; `seats.sql`, `people.sql` and `lines.sql` make the lines of hours.

Size. The default of 100 000 lines tells the story. A larger size repeats the lines of the same plan with other people,
a smaller one leaves some out, evenly: shares, seasons and (above the default) hours per person stay, while hours, amounts
and obligations grow or shrink in proportion. The opening balance and the milestones of the settings do not, so only the
default size passes the million in 2015.

Outcomes. `exit_on` stands on every line of the last work contract of a person's stay with an employer, once known. What
became of the person stands on the last lines of that work contract, one observation a line: the last line has
`outcome_point` exit, the one before m6, the one before that m12, when the outcome was recorded and enough time has passed.
So an outcome at a point is one line, and exits are counted as distinct `work_contract_id` with that `outcome_point`.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import duckdb

from data.demo.comments import COMMENTS_MADE
from data.demo.contracts import Row, contract_rows, siret, wrong_siret
from data.demo.decp import notified_rows
from data.demo.lots import OUTSIDE, LotMaker
from data.demo.plan import Plan, planned
from data.demo.story import DATA_DATE, MONTHS
from data.reference import communes
from data.schema import COMMENTS, CONTRACTS, HOURS, NOTIFIED, Table

DEFAULT_SEED = 1997
DEFAULT_ENTRIES = 100_000
MOST_ENTRIES = 100_000_000
CORRECTIONS, ORPHANS, DUPLICATES = 300, 12, 24
LINES = DEFAULT_ENTRIES - CORRECTIONS - ORPHANS - DUPLICATES
FOLDER = Path(__file__).parent
GROWING = ("amount_eur", "hours_planned", "hours_committed_initial", "hours_committed", "penalty_eur")


def write_demo(
    out: Path, seed: int = DEFAULT_SEED, entries: int = DEFAULT_ENTRIES, progress: Callable[[float], None] | None = None
) -> None:
    """Writes both extracts into the folder `out`, which is made when it is missing.

    ValueError for an impossible number of entries. `progress` receives the share written (0 to 1) from time to time.
    """
    if not 1 <= entries <= MOST_ENTRIES:
        raise ValueError(f"entries: {entries} is not between 1 and {MOST_ENTRIES}")
    out.mkdir(parents=True, exist_ok=True)
    lots = LotMaker(seed).made()
    plan = planned(lots, seed, LINES)
    rows = contract_rows(lots, plan.worked, seed)
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false")
        _write_contracts(database, rows, out, entries / DEFAULT_ENTRIES)
        _write_notified(database, notified_rows(rows, seed), out)
        _write_comments(database, out)
        _load(database, rows, plan, seed, entries)
        for script in ("seats.sql", "people.sql"):
            database.execute((FOLDER / script).read_text(encoding="utf-8"))
        # One thread and no sorting: the rows come out in the order of the table base, and stream whatever their number.
        # With the order kept over several threads DuckDB held all copies in memory: 7 GB for 10 million, 0.3 GB so.
        database.execute("SET threads = 1; SET preserve_insertion_order = false")
        _write(database, (FOLDER / "lines.sql").read_text(encoding="utf-8"), HOURS, out, progress)


def _write_contracts(database: duckdb.DuckDBPyConnection, rows: list[Row], out: Path, scale: float) -> None:
    ordered = sorted(rows, key=lambda row: (row["contract_id"], row["lot_id"]))
    _table(database, "contracts", [(c.name, c.sql_type, [row[c.name] for row in ordered]) for c in CONTRACTS.columns])
    if scale != 1:
        growth = ", ".join(
            # Nothing becomes 0 at the smallest sizes: an obligation of 0 hours would be no obligation.
            f"CASE WHEN {name} IS NOT NULL THEN greatest(round({name}::DOUBLE * {scale}, 2), 0.25) END AS {name}"
            for name in GROWING
        )
        database.execute(f"CREATE OR REPLACE TEMP TABLE contracts AS SELECT * REPLACE ({growth}) FROM contracts")
    _write(database, "SELECT * FROM contracts", CONTRACTS, out)


def _write_notified(database: duckdb.DuckDBPyConnection, rows: list[Row], out: Path) -> None:
    """The contracts notified, whatever the size: a longer list of hours is not a longer list of purchases."""
    columns = [(c.name, c.sql_type, [row[c.name] for row in rows]) for c in NOTIFIED.columns if not c.derived]
    _table(database, "notified", columns)
    _write(database, "SELECT * FROM notified", NOTIFIED, out)


def _write_comments(database: duckdb.DuckDBPyConnection, out: Path) -> None:
    columns = [
        (column.name, column.sql_type, [row[column.name] for row in COMMENTS_MADE]) for column in COMMENTS.columns
    ]
    _table(database, "comments", columns)
    _write(database, "SELECT * FROM comments", COMMENTS, out)


def _load(database: duckdb.DuckDBPyConnection, rows: list[Row], plan: Plan, seed: int, entries: int) -> None:
    """The tables and variables that the SQL files name."""
    whole, rest = divmod(entries, DEFAULT_ENTRIES)
    homes = [c.code for c in communes() for _ in range(max(1, round(c.population / 500)))]
    variables: dict[str, Any] = {
        "seed": seed,
        "months": MONTHS,
        "data_date": DATA_DATE,
        "default_entries": DEFAULT_ENTRIES,
        "lines": LINES,
        "corrections": CORRECTIONS,
        "orphans": ORPHANS,
        "duplicates": DUPLICATES,
        "whole": whole,
        "rest": rest,
        "homes": homes,
        "outside": list(OUTSIDE),
    }
    for name, value in variables.items():
        database.execute(f"SET VARIABLE {name} = $value", {"value": value})
    _table(
        database,
        "lots",
        [
            ("lot", "INTEGER", list(range(len(rows)))),
            ("contract_id", "VARCHAR", [row["contract_id"] for row in rows]),
            ("lot_id", "VARCHAR", [row["lot_id"] for row in rows]),
        ],
    )
    _table(
        database,
        "plan",
        [
            ("work", "INTEGER", list(range(len(plan.work)))),
            ("first_slot", "INTEGER", [work.first_slot for work in plan.work]),
            ("lot", "INTEGER", [work.lot for work in plan.work]),
            ("crew", "INTEGER", [work.crew for work in plan.work]),
            ("month", "INTEGER", [work.month for work in plan.work]),
            ("hours", "DOUBLE", [work.hours for work in plan.work]),
            ("lines", "INTEGER", [work.lines for work in plan.work]),
            ("alone", "BOOLEAN", [work.alone for work in plan.work]),
        ],
    )
    crews = plan.crews
    sirets = [None if crew.number % 29 == 0 else siret(crew.employer) for crew in crews]
    little = next(crew.number for crew in crews if crew.size == 2 and sirets[crew.number])
    sirets[little] = wrong_siret(sirets[little] or "")
    _table(
        database,
        "crews",
        [
            ("crew", "INTEGER", [crew.number for crew in crews]),
            ("kind", "VARCHAR", [crew.kind for crew in crews]),
            ("employer_siret", "VARCHAR", sirets),
            ("women", "INTEGER", [crew.women for crew in crews]),
            ("size", "INTEGER", [crew.size for crew in crews]),
            ("detailed", "BOOLEAN", [crew.detailed for crew in crews]),
            ("feeder", "INTEGER", [crew.feeder for crew in crews]),
            ("feeder_size", "INTEGER", [None if crew.feeder is None else crews[crew.feeder].size for crew in crews]),
        ],
    )


def _table(database: duckdb.DuckDBPyConnection, name: str, columns: list[tuple[str, str, list[Any]]]) -> None:
    """A table from Python lists, one per column; the type is DuckDB's."""
    selected = ", ".join(f"unnest(${column}::{sql_type}[]) AS {column}" for column, sql_type, _ in columns)
    database.execute(
        f"CREATE TEMP TABLE {name} AS SELECT {selected}", {column: values for column, _, values in columns}
    )


def _write(
    database: duckdb.DuckDBPyConnection,
    query: str,
    table: Table,
    out: Path,
    progress: Callable[[float], None] | None = None,
) -> None:
    """The query's rows as the table's Parquet file: complete, or not there at all."""
    file, writing = out / f"{table.name}.parquet", out / f".{table.name}.parquet.{os.getpid()}"
    target = str(writing).replace("'", "''")
    options = "FORMAT parquet, COMPRESSION zstd, KV_METADATA {cap_demo: 'true'}"
    copy = f"COPY ({query.rstrip().rstrip(';')}) TO '{target}' ({options})"
    try:
        if progress is None:
            database.execute(copy)
        else:
            _followed(database, copy, progress)
        writing.replace(file)
    finally:
        writing.unlink(missing_ok=True)


def _followed(database: duckdb.DuckDBPyConnection, statement: str, progress: Callable[[float], None]) -> None:
    """Runs the statement in a thread and tells how far DuckDB says it is."""
    database.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(database.execute, statement)
        try:
            while not wait([running], timeout=0.5).done:
                progress(max(database.query_progress(), 0) / 100)
        except KeyboardInterrupt:
            database.interrupt()
            raise
        running.result()
    progress(1.0)
