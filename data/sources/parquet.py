"""Reads a Parquet source: DuckDB queries the file where it lies."""

from pathlib import Path

import duckdb

from data.problems import ExtractError, Problem
from data.sources.raw_table import RawTable, file_literal
from data.sources.sheet import Sheet, bounded
from data.words import N_

DEMO_KEY = "cap_demo"


def read(path: Path, connection: duckdb.DuckDBPyConnection) -> Sheet:
    """The file's one table. ExtractError when the file is truncated or is not Parquet."""
    place = file_literal(path)
    try:
        columns = connection.execute(f"DESCRIBE FROM read_parquet({place}, hive_partitioning = false)").fetchall()
        notes = connection.execute(f"SELECT key, value FROM parquet_kv_metadata({place})").fetchall()
    except duckdb.Error as error:
        message = N_("fichier Parquet tronqué ou illisible\u202f; exportez-le de nouveau.")
        raise ExtractError(Problem(kind="broken_parquet", file=path.name, message=message)) from error
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
