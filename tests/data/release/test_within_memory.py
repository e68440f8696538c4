"""What two threads have no memory for, one does; what one has none for either is refused."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from data.release.within_memory import execute


class Cramped:
    """A connection on which a statement passes with one thread only."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, large: str) -> None:
        self._connection, self._large = connection, large
        self.refused = 0

    def execute(self, sql: str, values: Any = None) -> duckdb.DuckDBPyConnection:
        """As the connection does."""
        if sql == self._large and threads(self._connection) > 1:
            self.refused += 1
            raise duckdb.OutOfMemoryException("failed to pin block")
        return self._connection.execute(sql, values)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """As the connection does."""
        return self._connection.cursor()


def threads(connection: duckdb.DuckDBPyConnection) -> int:
    """How many threads the engine has."""
    (found,) = connection.cursor().execute("SELECT current_setting('threads')").fetchone() or (0,)
    return int(found)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config={"threads": 2}) as opened:
        yield opened


def test_what_is_refused_for_memory_is_tried_by_one_thread(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT sum(x) + $more FROM range(10) AS numbers (x)"
    cramped = Cramped(connection, sql)
    assert execute(cramped, sql, {"more": 5}).fetchone() == (50,)  # type: ignore[arg-type]  # as much of a connection as is used
    assert (cramped.refused, threads(connection)) == (1, 2)


def test_what_one_thread_has_no_memory_for_is_refused(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET memory_limit = '20MB'; SET temp_directory = ''")
    with pytest.raises(duckdb.OutOfMemoryException):
        execute(connection, "CREATE TABLE large AS SELECT list(md5(x::VARCHAR)) FROM range(5_000_000) AS numbers (x)")
    assert threads(connection) == 2
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'large'").fetchone() == (0,)
