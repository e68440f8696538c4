"""A million rows as files, beside DuckDB's own COPY of the same query: `python -m tests.bench.exports [--rows N] [--xlsx]`.

Each file is written by a process of its own: seconds, and the memory that it takes beyond what it had before.
"""

import argparse
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

import duckdb
import pyarrow as pa

from queries.engine import ROWS_OF_A_BATCH
from queries.exports import FRENCH, Export, ExportColumn, Kind
from queries.write_csv import write_csv
from queries.write_data import write_parquet
from queries.write_xlsx import write_xlsx

ROWS: Final = 1_000_000
TIMES_COPY: Final = 2  # what a file may take, in times of DuckDB's COPY
MOST_MEGABYTES: Final = 300
_WRITERS: Final[dict[str, Callable[[Export, pa.RecordBatchReader, BinaryIO], None]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
_COPY: Final = {"csv": "(FORMAT csv, DELIMITER ';')", "parquet": "(FORMAT parquet, COMPRESSION zstd)"}
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
    "completion_ratio": "percent",
    "months_late": "count",
}


def measured(rows: int, formats: tuple[str, ...] = ("csv", "parquet")) -> list[dict[str, object]]:
    """One row per format: seconds and extra megabytes of ours and of COPY, and the ratio of the seconds."""
    found: list[dict[str, object]] = []
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({_LINES.format(rows=rows)}) TO '{folder / 'lines.parquet'}'")
        for format in formats:
            row: dict[str, object] = {"format": format, "rows": rows}
            for whose in ("copy", "ours") if format in _COPY else ("ours",):
                with context.Pool(1) as pool:
                    seconds, megabytes = pool.apply(_run, (whose, format, folder))
                row |= {f"{whose}_seconds": seconds, f"{whose}_megabytes": megabytes}
            found.append(row)
    return found


def _run(whose: str, format: str, folder: Path) -> tuple[float, float]:
    """Seconds, the best of three, and the memory taken at most beyond what there was."""
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")
    query = f"SELECT * FROM '{folder / 'lines.parquet'}'"
    before = _resident()
    peak, over = [before], threading.Event()

    def watch() -> None:
        while not over.wait(0.005):
            peak[0] = max(peak[0], _resident())

    watching = threading.Thread(target=watch)
    watching.start()
    took = []
    for _ in range(3 if format in _COPY else 1):
        file = folder / f"{whose}.{format}"
        started = time.perf_counter()
        if whose == "copy":
            connection.execute(f"COPY ({query}) TO '{file}' {_COPY[format]}")
        else:
            batches = connection.cursor().sql(query).to_arrow_reader(ROWS_OF_A_BATCH)
            with file.open("wb") as out:
                _WRITERS[format](_described(batches.schema), batches, out)
        took.append(time.perf_counter() - started)
    over.set()
    watching.join()
    return min(took), (peak[0] - before) / 1e6


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
    parser.add_argument("--xlsx", action="store_true", help="XLSX as well, a minute and more")
    given = parser.parse_args()
    formats = ("csv", "parquet", "xlsx") if given.xlsx else ("csv", "parquet")
    print(f"{'format':8} {'rows':>9} {'ours s':>8} {'COPY s':>8} {'times':>6} {'ours +MB':>9} {'COPY +MB':>9}")
    for row in measured(given.rows, formats):
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
