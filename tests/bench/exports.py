"""Files beside DuckDB's own COPY of the same query: `python -m tests.bench.exports [--rows N] [--detail] [--xlsx]`.

Made-up lines, or with `--detail` the whole list of the question detail_hours over a demonstration of that many entries. Each file
is written by a process of its own: seconds, and the memory that it takes beyond what it had before.
"""

import argparse
import datetime as dt
import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import duckdb
import pyarrow as pa

from data.demo import write_demo
from data.publish import publish
from data.release.pointer import current_release
from data.settings import load_settings
from queries.engine import FILES, OPTIONAL_FILES, ROWS_OF_A_BATCH, Database, named_parameters
from queries.files.csv import write_csv
from queries.files.data import write_parquet
from queries.files.exports import FRENCH, Export, ExportColumn, Kind
from queries.files.xlsx import write_xlsx
from queries.open_release import VIEW_FILES, open_release
from queries.questions import FOLDER, question
from queries.scope import Scope

ROWS: Final = 1_000_000
TIMES_COPY: Final = 2  # what a file may take, in times of DuckDB's COPY
MOST_MEGABYTES: Final = 300
_WRITERS: Final[dict[str, Callable[[Export, pa.RecordBatchReader, BinaryIO], None]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
_COPY: Final = {"csv": "(FORMAT csv, DELIMITER ';')", "parquet": "(FORMAT parquet, COMPRESSION zstd)"}
_DETAIL: Final = "detail_hours"
# Lines of hours with their lot, as the detail has them: a cell in fifty needs quotes, one in a thousand is a formula.
_LINES: Final = """
    SELECT
      'M' || (i % 5000) AS contract_id,
      lpad((i % 7)::VARCHAR, 2, '0') AS lot_id,
      CASE WHEN i % 1000 = 0 THEN '=1+1' ELSE 'Réfection de la voirie ' || (i % 977) END
        || CASE WHEN i % 50 = 0 THEN ' ; lot "2"' ELSE '' END AS subject,
      'Commune de ' || (i % 71) AS client_name,
      (DATE '2010-01-01' + to_months((i // 6000)::INTEGER))::DATE AS month,
      ((i % 20000) * 0.25)::DECIMAL(9, 2) AS hours_declared,
      CASE WHEN i % 9 > 0 THEN ((i % 20000) * 0.25)::DECIMAL(9, 2) END AS hours_validated,
      CASE WHEN i % 3 = 0 THEN 'validated' ELSE 'declared' END AS status,
      (i % 1000) / 1000.0 AS completion_ratio,
      (i % 12)::INTEGER AS months_late
    FROM range({rows}) AS t (i)
"""
_KINDS: Final[dict[str, Kind]] = {
    "month": "month",
    "hours_declared": "hours",
    "hours_validated": "hours",
    "hours_pending": "hours",
    "completion_ratio": "percent",
    "months_late": "count",
    "line_number": "count",
    "declared_on": "date",
    "validated_on": "date",
}


def measured(
    rows: int, formats: tuple[str, ...] = ("csv", "parquet"), *, detail: bool = False
) -> list[dict[str, object]]:
    """One row per format: seconds and extra megabytes of ours and of COPY, and the ratio of the seconds."""
    found: list[dict[str, object]] = []
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["CAP_EXTRACTS"] = str(folder / "extracts")
        if detail:
            write_demo(folder / "demo", entries=rows)
            publish(sorted((folder / "demo").glob("*.parquet")), today=dt.datetime.now(dt.UTC).date())
        else:
            with duckdb.connect() as connection:
                connection.execute(f"COPY ({_LINES.format(rows=rows)}) TO '{folder / 'lines.parquet'}'")
        for format in formats:
            row: dict[str, object] = {"format": format}
            for whose in ("copy", "ours") if format in _COPY else ("ours",):
                with context.Pool(1) as pool:
                    rows_written, seconds, megabytes = pool.apply(_run, (whose, format, folder, detail))
                row |= {"rows": rows_written, f"{whose}_seconds": seconds, f"{whose}_megabytes": megabytes}
            found.append(row)
    return found


def _run(whose: str, format: str, folder: Path, detail: bool) -> tuple[int, float, float]:
    """Rows; seconds, the best of three; the memory taken at most beyond what there was."""
    file = folder / f"{whose}.{format}"
    # Only the engine under trial is opened in the process.
    copied = _copying(folder, detail) if whose == "copy" else None
    streamed = _streaming(folder, detail) if copied is None else None
    before = _resident()
    peak, over = [before], threading.Event()

    def watch() -> None:
        while not over.wait(0.005):
            peak[0] = max(peak[0], _resident())

    watching = threading.Thread(target=watch)
    watching.start()
    took, rows = [], 0
    for _ in range(3 if format in _COPY else 1):
        started = time.perf_counter()
        if copied is not None:
            rows = copied(file, _COPY[format])
        elif streamed is not None:
            with streamed() as batches, file.open("wb") as out:
                counting = _Counting(batches)
                _WRITERS[format](_described(batches.schema), counting.batches, out)
            rows = counting.rows
        took.append(time.perf_counter() - started)
    over.set()
    watching.join()
    return rows, min(took), (peak[0] - before) / 1e6


class _Counting:
    """Batches, and how many rows went by."""

    def __init__(self, batches: pa.RecordBatchReader) -> None:
        self.rows = 0
        self.batches = pa.RecordBatchReader.from_batches(batches.schema, self._counted(batches))

    def _counted(self, batches: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            self.rows += batch.num_rows
            yield batch


def _streaming(folder: Path, detail: bool) -> Callable[[], AbstractContextManager[pa.RecordBatchReader]]:
    """What opens the rows as the dashboard reads them."""
    if detail:
        database = _release()
        return lambda: database.stream(_DETAIL, Scope())
    connection = _connection()

    @contextmanager
    def lines() -> Iterator[pa.RecordBatchReader]:
        yield (connection.cursor().sql(f"SELECT * FROM '{folder / 'lines.parquet'}'").to_arrow_reader(ROWS_OF_A_BATCH))

    return lines


def _copying(folder: Path, detail: bool) -> Callable[[Path, str], int]:
    """What writes the same rows with COPY."""
    connection = _unlocked(_release()) if detail else _connection()
    sql, values = f"SELECT * FROM '{folder / 'lines.parquet'}'", {}
    if detail:
        one_question = question(_DETAIL)
        sql = one_question.sql.rstrip().removesuffix(";")
        given = {"scope": Scope().bound(), **one_question.values({})}
        values = {name: given[name] for name in named_parameters(one_question.sql)}

    def copy(file: Path, format: str) -> int:
        (rows,) = connection.execute(f"COPY ({sql}) TO '{file}' {format}", values or None).fetchone() or (0,)
        return int(rows)

    return copy


def _release() -> Database:
    release = current_release()
    assert release is not None
    return open_release(release, load_settings())


def _unlocked(database: Database) -> duckdb.DuckDBPyConnection:
    """The release with its views in a database that may write files, which the dashboard's may not."""
    connection = _connection()
    files = FILES if database.release.notified is None else FILES | OPTIONAL_FILES
    for name, file in files.items():
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{database.release.file(file)}')")
    views = [(FOLDER / name).read_text(encoding="utf-8") for name in VIEW_FILES]
    for (name,) in database.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        if f"CREATE TABLE {name} " not in "".join(views):
            connection.register("given", database.connection.cursor().sql(f"FROM {name}").to_arrow_table())
            connection.execute(f"CREATE TABLE {name} AS FROM given")
    for sql in views:
        connection.execute(sql)
    return connection


def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")
    return connection


def _described(schema: pa.Schema) -> Export:
    columns = tuple(
        ExportColumn(name=name, header=name, kind=_KINDS.get(name), adds=name.startswith("hours"))
        for name in schema.names
    )
    source = "Démonstration, chiffres inventés ; données au 31/10/2026"
    return Export(title="Lignes d’heures", columns=columns, source=source, words=FRENCH)


def _resident() -> int:
    """Bytes of memory that this process holds, shared libraries included."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.exports", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--detail", action="store_true", help="the lines of hours of a demonstration of --rows entries")
    parser.add_argument("--xlsx", action="store_true", help="XLSX as well, a minute and more")
    given = parser.parse_args()
    formats = ("csv", "parquet", "xlsx") if given.xlsx else ("csv", "parquet")
    print(f"{'format':8} {'rows':>9} {'ours s':>8} {'COPY s':>8} {'times':>6} {'ours +MB':>9} {'COPY +MB':>9}")
    for row in measured(given.rows, formats, detail=given.detail):
        ours, copy = row["ours_seconds"], row.get("copy_seconds")
        times = f"{ours / copy:.2f}" if isinstance(ours, float) and isinstance(copy, float) else "–"
        cells = [f"{value:.2f}" if isinstance(value, float) else "–" for value in (ours, copy)]
        memory = [
            f"{value:.0f}" if isinstance(value, float) else "–"
            for value in (row["ours_megabytes"], row.get("copy_megabytes"))
        ]
        print(
            f"{row['format']:8} {row['rows']:>9} {cells[0]:>8} {cells[1]:>8} {times:>6} {memory[0]:>9} {memory[1]:>9}"
        )
    print(f"bounds: {TIMES_COPY} times COPY, {MOST_MEGABYTES} MB")


if __name__ == "__main__":
    main()
