"""What all server processes of a machine know together: the sessions that were closed, the requests of the last minute.

A file of SQLite in the folder of the extracts, which only the server's own account can read. It holds no name, address or
session: only hashes, keyed with a random number of that file. Deleting it forgets both, and harms nothing else.
"""

import hashlib
import logging
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from data.release.releases import extracts_folder

log = logging.getLogger("cap_insertion.shared_state")

FILE: Final = "state.sqlite3"
MINUTE: Final = 60.0
# A cookie of Streamlit's lives 30 days: a session that was closed stays so even where `session_hours` is made longer.
CLOSED_FOR: Final = 31 * 86_400
# Beyond, the oldest rows go: 100 000 rows of each weigh 15 MB.
ROWS_KEPT: Final = 100_000
_BUSY_SECONDS: Final = 2.0
_COMPLAIN_EVERY: Final = 60
_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS key (only INTEGER PRIMARY KEY CHECK (only = 1), bytes BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS closed (session BLOB PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS closed_at ON closed (at);
    CREATE TABLE IF NOT EXISTS requests (who BLOB NOT NULL, at REAL NOT NULL);
    CREATE INDEX IF NOT EXISTS requests_of ON requests (who, at);
    CREATE INDEX IF NOT EXISTS requests_at ON requests (at);
"""


class StateError(Exception):
    """The file cannot be read or written; the server's log says so."""


class SharedState:
    """One file, shared by processes; safe for threads. Nothing is written before something is to be remembered."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._key = b""
        self._complained: float | None = None

    def close_session(self, session: str, now: float) -> None:
        """From now on that session is closed in every process. `now`: seconds since 1970. StateError when it cannot be written."""
        with self._open() as connection, _lasting(connection), _transaction(connection):
            connection.execute("DELETE FROM closed WHERE at < ?", (now - CLOSED_FOR,))
            connection.execute("INSERT OR REPLACE INTO closed VALUES (?, ?)", (self._hash(session), now))
            _bound(connection, "closed")

    def is_closed(self, session: str) -> bool:
        """Whether some process closed that session. StateError when the file is there and cannot be read."""
        if not self._file.exists():
            return False
        with self._open() as connection:
            row = connection.execute("SELECT 1 FROM closed WHERE session = ?", (self._hash(session),)).fetchone()
        return row is not None

    def wait(self, who: str, per_minute: int, now: float) -> int:
        """Seconds before the next request of that reader, over all processes; 0 when this one is let through, and then it counts.

        `now`: seconds of the machine's monotonic clock, which all processes share and which no change of date moves. Times
        of before a restart of the machine are later than `now`: they are forgotten. StateError when it cannot be counted.
        """
        with self._open() as connection, _transaction(connection):
            connection.execute("DELETE FROM requests WHERE at <= ? OR at > ?", (now - MINUTE, now))
            reader = self._hash(who)
            full = connection.execute(
                "SELECT at FROM requests WHERE who = ? ORDER BY at DESC LIMIT 1 OFFSET ?",
                (reader, max(per_minute, 1) - 1),
            ).fetchone()
            if full is not None:
                return int(MINUTE - (now - full[0])) + 1
            connection.execute("INSERT INTO requests VALUES (?, ?)", (reader, now))
            _bound(connection, "requests")
            return 0

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time. A file that was replaced (a backup restored) is opened again."""
        with self._lock:
            try:
                if self._connection is None or self._file.stat().st_ino != self._inode:
                    self._connect()
                assert self._connection is not None
                yield self._connection
            except (sqlite3.Error, OSError) as error:
                self._forget_connection()
                self._complain(error)
                raise StateError from error

    def _connect(self) -> None:
        self._forget_connection()
        # Made by us, so that nobody else reads it; SQLite gives its side files the same mode.
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(
            self._file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=16
        )
        self._connection = connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_size_limit = 4000000")
        connection.executescript(_TABLES)
        connection.execute("INSERT OR IGNORE INTO key VALUES (1, ?)", (secrets.token_bytes(32),))
        self._key = connection.execute("SELECT bytes FROM key").fetchone()[0]
        self._inode = self._file.stat().st_ino

    def _forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _hash(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()

    def _complain(self, error: Exception) -> None:
        now = time.monotonic()
        if self._complained is None or now - self._complained >= _COMPLAIN_EVERY:
            self._complained = now
            log.error("sign-outs and rates hold for this process alone: %s cannot be used: %s", self._file, error)


@contextmanager
def _lasting(connection: sqlite3.Connection) -> Iterator[None]:
    """What is committed within survives a power cut; elsewhere only the end of a process, which spares a disk's wait a request."""
    connection.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Whoever begins to write waits for the one who writes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _bound(connection: sqlite3.Connection, table: str) -> None:
    """The oldest rows of a table go, a tenth at once, when there are too many."""
    (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    if rows > ROWS_KEPT:
        connection.execute(
            f"DELETE FROM {table} WHERE at <= (SELECT at FROM {table} ORDER BY at LIMIT 1 OFFSET ?)",
            (rows - ROWS_KEPT * 9 // 10,),
        )


@lru_cache(maxsize=8)
def _state(file: Path) -> SharedState:
    return SharedState(file)


def shared_state() -> SharedState:
    """The state of the servers of these extracts."""
    return _state(extracts_folder() / FILE)
