"""Reads a Parquet source: DuckDB queries the file where it lies."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.problems import ExtractError, Problem
from data.sources.raw_table import RawTable, file_literal
from data.sources.sheet import Sheet, bounded
from data.words import N_

DEMO_KEY = "cap_demo"
# A hundred million lines of fifty columns are described in 10 MB.
_LARGEST_FOOTER = 64 << 20
_BROKEN = N_("fichier Parquet tronqué ou illisible\u202f; exportez-le de nouveau.")


def read(path: Path, connection: duckdb.DuckDBPyConnection) -> Sheet:
    """The file's one table. ExtractError when the file is truncated or is not Parquet."""
    place = file_literal(path)
    _check_footer(path)
    try:
        columns = connection.execute(f"DESCRIBE FROM read_parquet({place}, hive_partitioning = false)").fetchall()
        notes = connection.execute(f"SELECT key, value FROM parquet_kv_metadata({place})").fetchall()
    except duckdb.Error as error:
        raise ExtractError(Problem(kind="broken_parquet", file=path.name, message=_BROKEN)) from error
    names = [name for name, *_ in columns]
    # A file that has a column of this name of its own counts its rows as they come.
    numbered = "file_row_number" not in names
    bounded(path.name, names)
    table = RawTable(
        file=path.name,
        relation=f"read_parquet({place}, hive_partitioning = false, file_row_number = {str(numbered).lower()})",
        row="file_row_number + 1" if numbered else "row_number() OVER ()",
        headers=tuple(names),
        fields=tuple('"' + name.replace('"', '""') + '"' for name in names),
        types=tuple(kind for _, kind, *_ in columns),
        lasting=True,
        demo=(DEMO_KEY.encode(), b"true") in notes,
    )
    return Sheet(file=path.name, table=table)


def _check_footer(path: Path) -> None:
    """ExtractError when the description at the end of the file is cut, or larger than that of any table of people.

    The engine reads it whole, with each column that it names, before any check is possible.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - 8, 0))
        end = file.read(8)
    length = int.from_bytes(end[:4], "little")
    if end[4:] != b"PAR1" or length > size - 12:
        raise ExtractError(Problem(kind="broken_parquet", file=path.name, message=_BROKEN))
    if length > _LARGEST_FOOTER:
        message = N_("description du fichier Parquet démesurée\u202f; exportez-le de nouveau.")
        raise ExtractError(Problem(kind="too_large", file=path.name, message=message))
    # DuckDB takes a minute to describe 200 000 columns.
    try:
        columns = pq.read_metadata(path).num_columns
    except (pa.ArrowException, OSError) as error:
        raise ExtractError(Problem(kind="broken_parquet", file=path.name, message=_BROKEN)) from error
    bounded(path.name, range(columns))
