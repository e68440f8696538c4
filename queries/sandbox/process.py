"""The process in which one reader's SQL runs, alone. Started by queries/sandbox/sandbox.py, and only spoken to through its pipes.

It is given copies of what the reader may read, and no file: `SELECT repeat('x', 2000000000)` is neither interrupted by DuckDB
nor held by its memory limit (36 s and 2 GB, measured), so that the kernel stops what takes too long and refuses memory. It
imports nothing of ours: it starts faster, and holds nothing that a query could reach.
"""

import json
import os
import signal
import struct
import sys
from pathlib import Path
from typing import IO, Any, Final

import duckdb
import pyarrow as pa

Message = dict[str, Any]
_SIZES: Final = struct.Struct("!IQ")
_OPENING_SECONDS: Final = 60
_ROWS_OF_A_BATCH: Final = 1024
_NICE: Final = 10  # the dashboard goes first


def send(pipe: IO[bytes], message: Message, table: pa.Table | None = None) -> None:
    """Writes a message and the table that goes with it."""
    encoded = json.dumps(message).encode()
    payload = pa.BufferOutputStream()
    if table is not None:
        with pa.ipc.new_stream(payload, table.schema) as stream:
            stream.write_table(table)
    buffer = payload.getvalue()
    pipe.write(_SIZES.pack(len(encoded), buffer.size) + encoded)
    pipe.write(buffer)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Message, pa.Table | None]:
    """The next message and its table. Raises EOFError when the other side is gone."""
    sizes = pipe.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        raise EOFError
    length, size = _SIZES.unpack(sizes)
    encoded, payload = pipe.read(length), pipe.read(size)
    if len(encoded) < length or len(payload) < size:
        raise EOFError
    return json.loads(encoded), pa.ipc.open_stream(payload).read_all() if size else None


def main() -> None:
    """Opens the database with what comes first, then answers one query after the other until nobody asks."""
    asking, answering = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not stand between two messages.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    # The kernel's own alarm: it ends the process wherever it is, also within a function that DuckDB cannot interrupt.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(_OPENING_SECONDS)
    os.nice(_NICE)
    connection = duckdb.connect(config={"threads": 1, "temp_directory": ""})
    while True:
        message, table = receive(asking)
        if table is None:
            break
        _create_table(connection, message["name"], table)
    del table
    _lock(connection, message)
    send(answering, {})
    while True:
        signal.alarm(message["idle_seconds"])
        try:
            request, _ = receive(asking)
        except EOFError:
            return
        signal.alarm(request["seconds"])
        send(answering, *_answer(connection, request))


def _create_table(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("_given", table)
    connection.execute(f"CREATE TABLE {name} AS FROM _given")
    connection.unregister("_given")


def _lock(connection: duckdb.DuckDBPyConnection, message: Message) -> None:
    """Views and macros, then no more file, extension, setting or memory than there is."""
    for sql in message["views"]:
        connection.execute(sql)
    (held,) = connection.execute("SELECT sum(memory_usage_bytes) FROM duckdb_memory()").fetchone() or (0,)
    connection.execute(f"SET memory_limit = '{(int(held) + message['memory']) >> 10}KiB'")
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
        connection.execute(f"SET {setting} = false")
    connection.execute("SET lock_configuration = true")
    import resource  # only where this process can run: queries/sandbox/place.py

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    # Twice: DuckDB holds its own limit first, and says so; the second is for what it does not count.
    most = pages * resource.getpagesize() + 2 * message["memory"]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(connection: duckdb.DuckDBPyConnection, request: Message) -> tuple[Message, pa.Table | None]:
    """The rows of the answer, or the kind of refusal with what DuckDB says."""
    try:
        statements = connection.extract_statements(request["sql"])
        if len(statements) != 1:
            return {"refused": "many" if statements else "empty"}, None
        (statement,) = statements
        if not _is_select(statement):
            return {"refused": "not_reading"}, None
        if set(statement.named_parameters) - set(request["values"]):
            return {"refused": "parameters"}, None
        values = {name: request["values"][name] for name in statement.named_parameters}
        # A CTE may INSERT, UPDATE or DELETE, and the whole is a SELECT all the same: in a transaction that only reads, it is refused.
        cursor = connection.cursor()
        try:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            summary, kept = _first_rows(cursor.execute(statement, values), request)
        finally:
            cursor.close()
        return {**summary, "is_scoped": "scope" in values}, kept
    except (MemoryError, duckdb.OutOfMemoryException):
        return {"refused": "memory"}, None
    except duckdb.TransactionException:
        return {"refused": "writing"}, None
    except duckdb.PermissionException:
        return {"refused": "files"}, None
    except (duckdb.Error, pa.ArrowException) as error:
        return {"refused": "words", "detail": str(error)}, None


def _is_select(statement: duckdb.Statement) -> bool:
    """Whether a statement is a SELECT; its type has no name in Python for the newest ones (UPDATE EXTENSIONS)."""
    try:
        return bool(statement.type is duckdb.StatementType.SELECT)
    except ValueError:
        return False


def _first_rows(cursor: duckdb.DuckDBPyConnection, request: Message) -> tuple[Message, pa.Table | None]:
    """The rows within the limits, and whether there are more."""
    reader: Any = cursor.to_arrow_reader(_ROWS_OF_A_BATCH)
    batches: list[pa.RecordBatch] = []
    rows, size = 0, 0
    for batch in reader:
        size += batch.nbytes
        if size > request["bytes"]:
            if not batches:
                return {"refused": "large"}, None
            return {"is_cut": True}, pa.Table.from_batches(batches)
        batches.append(batch)
        rows += batch.num_rows
        if rows > request["rows"]:
            return {"is_cut": True}, pa.Table.from_batches(batches).slice(0, request["rows"])
    return {"is_cut": False}, pa.Table.from_batches(batches, reader.schema)


if __name__ == "__main__":
    main()
