"""A temporary table made of rows in memory."""

from collections.abc import Sequence
from typing import Any

import duckdb


def create_small_table(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[Any, ...]], **columns: str
) -> None:
    """A temporary table of some thousand rows. Bound as lists: a registered Arrow table would import pandas, which takes seconds."""
    connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(f'{key} {kind}' for key, kind in columns.items())})")
    if rows:
        values = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
        unnested = ", ".join(f"unnest(CAST(${key} AS {kind}[]))" for key, kind in columns.items())
        connection.execute(f"INSERT INTO {name} SELECT {unnested}", values)
