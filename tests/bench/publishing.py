"""A publish, beside DuckDB's bare sort-and-COPY of the same file of hours within the same limits."""

import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from data.settings import load_settings
from tests.bench.releases import Made, run, run_command
from tests.bench.told import Part, Target, ratio

MOST_RATIO: Final = 3
MOST_MEGABYTES: Final = 2_048
RATIO_FROM: Final = 10_000_000  # below, the start of the process and the checks weigh more than the lines
_BARE: Final = """
import duckdb
duckdb.execute("SET threads = {threads}")
duckdb.execute("SET memory_limit = '{memory}'")
duckdb.execute("SET temp_directory = '{target}.tmp'")
duckdb.execute("SET preserve_insertion_order = false")
duckdb.execute('''
    COPY (FROM '{source}' ORDER BY month, contract_id, lot_id, entry_id)
    TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
''')
"""


def measured(releases: list[Made]) -> Part:
    """One row per size: seconds and megabytes of a publish and of the yardstick."""
    rows: list[dict[str, Any]] = []
    targets: list[Target] = []
    for made in releases:
        with tempfile.TemporaryDirectory(dir=made.sources.parent) as name:
            bare = run_command(
                [
                    sys.executable,
                    "-c",
                    _bare(made.sources / "hours.parquet", Path(name) / "bare.parquet"),
                ]
            )
            sources = map(str, sorted(made.sources.glob("*.parquet")))
            ours = run("data.publish", *sources, CAP_EXTRACTS=str(Path(name) / "extracts"))
        rows.append(
            {
                "lines": made.entries,
                "publish, s": ours.seconds,
                "sort and COPY, s": bare.seconds,
                "times": ratio(ours.seconds, bare.seconds),
                "processor times": ratio(ours.cpu_seconds, bare.cpu_seconds),
                "publish, MB at most": ours.megabytes,
                "sort and COPY, MB at most": bare.megabytes,
            }
        )
        size = f"publish of {made.entries:,} lines"
        if made.entries >= RATIO_FROM:
            targets.append(Target(what=f"{size}, against sort and COPY", found=rows[-1]["times"], most=MOST_RATIO))
        targets.append(Target(what=f"{size}, memory", found=ours.megabytes, most=MOST_MEGABYTES, unit="MB"))
    return Part(title="Publish", rows=rows, targets=targets)


def _bare(source: Path, target: Path) -> str:
    engine = load_settings().engine
    return _BARE.format(source=source, target=target, threads=engine.threads, memory=engine.memory)
