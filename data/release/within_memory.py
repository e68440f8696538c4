"""Statements over all lines, which may need more than the memory that the settings give: DuckDB then works on disk."""

from collections.abc import Mapping

import duckdb


def execute(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None
) -> duckdb.DuckDBPyConnection:
    """`connection.execute`; what is refused for memory is tried once more, by one thread.

    Two threads that group many millions of names take memory from each other, and DuckDB refuses what it could have done on
    disk: it happened to some publishes of 100 million lines. One thread passed each time within the same memory, in up to twice
    the time. Raises duckdb.OutOfMemoryException when that is not enough either.
    """
    try:
        return connection.execute(sql, values)
    except duckdb.OutOfMemoryException:
        (threads,) = connection.execute("SELECT current_setting('threads')").fetchone() or (1,)
        connection.execute("SET threads = 1")
        try:
            return connection.execute(sql, values)
        finally:
            # Another cursor: the connection holds the answer.
            connection.cursor().execute(f"SET threads = {threads}")
