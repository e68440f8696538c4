"""Readers' own SQL: one statement that reads, in a process of its own, with an end to its time, rows and memory.

The dashboard's own connection never sees it. A failure becomes a message to the reader; no text of a query is kept.
"""

import subprocess
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from data.words import N_
from queries.errors import QueryError
from queries.rights.access import Access
from queries.rights.trace import Surface
from queries.sandbox.place import NEEDS_LINUX, runs_here
from queries.sandbox.process import receive, send
from queries.sandbox.refusals import refusal
from queries.sandbox.tables import held, views
from queries.scope import Scope

PROCESS: Final = Path(__file__).with_name("process.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a query may go: seconds, rows and bytes of its answer, bytes of memory beyond the tables, length of its text.

    A process that nobody asks for `idle_seconds` ends; at most `processes` are there at once, `of_one_reader` of them one reader's: somebody
    with many tabs leaves places to the others.
    """

    seconds: int = 20
    rows: int = 10_000
    bytes: int = 32_000_000
    memory: int = 256_000_000
    characters: int = 20_000
    idle_seconds: int = 600
    processes: int = 4
    of_one_reader: int = 2


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The rows of an answer. `is_cut`: the limit left out further rows. `is_scoped`: the query uses $scope."""

    table: pa.Table
    is_cut: bool
    is_scoped: bool
    seconds: float


class Sandbox:
    """The database of one reader. It opens with the first query, and again after one that had to be stopped.

    Closed when it is let go, when it is idle, or when another reader needs its place.
    """

    def __init__(self, access: Access, limits: Limits = LIMITS) -> None:
        self.access = access
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._last_asked = 0.0
        self._one_at_a_time = threading.Lock()
        self._stopped = False

    def ask(self, sql: str, scope: Scope) -> Answered:
        """The answer to one SELECT; `$scope` in it is the scope given. Waits; `stop`, from another thread, ends it.

        Raises QueryError with what the reader may mend: no single statement that reads, unknown names, too much time,
        memory or text, no place left.
        """
        with self._one_at_a_time:
            self._stopped = False
            try:
                answer = self._answered(sql, scope)
            except QueryError:
                self._trace(scope, None)
                raise
        self._trace(scope, answer.table.num_rows)
        return answer

    def _trace(self, scope: Scope, rows: int | None) -> None:
        self.access.trace("sql", scope, rows, surface=Surface.SQL)

    def _answered(self, sql: str, scope: Scope) -> Answered:
        if len(sql) > self.limits.characters:
            raise QueryError(N_("la requête dépasse {most} caractères."), most=self.limits.characters)
        process = self._opened()
        if self._stopped:
            raise self._refusal("stopped")
        started = time.monotonic()
        narrowed = self.access.rights.narrowed(scope)
        request = {
            "sql": sql,
            "values": {"scope": narrowed.bound(), "rights": narrowed.rights_bound()},
            "seconds": self.limits.seconds,
            "rows": self.limits.rows,
            "bytes": self.limits.bytes,
        }
        try:
            answer, table = self._exchange(process, request)
        except (EOFError, OSError):
            raise self._ended(process, time.monotonic() - started) from None
        finally:
            self._last_asked = time.monotonic()
        if table is None:
            if answer["refused"] not in _HARMLESS:
                self.close()  # whatever was tried, the next query starts afresh
            raise self._refusal(answer["refused"], answer.get("detail", ""))
        return Answered(
            table=table, is_cut=answer["is_cut"], is_scoped=answer["is_scoped"], seconds=time.monotonic() - started
        )

    @staticmethod
    def _exchange(
        process: "subprocess.Popen[bytes]", message: dict[str, Any]
    ) -> tuple[dict[str, Any], pa.Table | None]:
        assert process.stdin is not None
        assert process.stdout is not None
        send(process.stdin, message)
        return receive(process.stdout)

    def _opened(self) -> "subprocess.Popen[bytes]":
        """The process, with its tables in it; raises QueryError when there is no place."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        if not runs_here():
            raise QueryError(NEEDS_LINUX)
        with _PLACES:
            _make_room(self.access.reader, self.limits)
            # Its environment is empty and Python isolated: it holds nothing of the server's.
            process = self._process = subprocess.Popen(
                [sys.executable, "-I", str(PROCESS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={},
            )
            self._last_asked = time.monotonic() + 60  # it is being opened: not idle
            _OPEN.add(self)
        weakref.finalize(self, _end, process)
        structured = bool(self.access.release.structures)
        try:
            assert process.stdin is not None
            for name, table in held(self.access):
                send(process.stdin, {"name": name}, table)
            ready = {"views": views(structured), "memory": self.limits.memory, "idle_seconds": self.limits.idle_seconds}
            self._exchange(process, ready)
        except (EOFError, OSError) as error:
            _end(process)
            if self._stopped:
                raise self._refusal("stopped") from None
            raise RuntimeError("the process of a reader's SQL did not open") from error
        return process

    def _refusal(self, kind: str, detail: str = "") -> QueryError:
        limits = self.limits
        return refusal(
            kind,
            detail,
            seconds=limits.seconds,
            memory=limits.memory // 1_000_000,
            bytes=limits.bytes // 1_000_000,
        )

    def _ended(self, process: "subprocess.Popen[bytes]", seconds: float) -> QueryError:
        """Why the process is gone: stopped by the reader, by the time, else by the memory."""
        _end(process)
        if self._stopped:
            return self._refusal("stopped")
        return self._refusal("time" if seconds >= self.limits.seconds - 0.1 else "memory")

    def stop(self) -> None:
        """Ends the query that is under way; it raises QueryError in its caller."""
        self._stopped = True
        self.close()

    def close(self) -> None:
        """Ends the process; the next query opens another."""
        if self._process is not None:
            _end(self._process)

    @property
    def is_open(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def idle_since(self) -> float | None:
        """When it answered last, on the monotonic clock; None while it answers."""
        return None if self._one_at_a_time.locked() else self._last_asked


_OPEN: "weakref.WeakSet[Sandbox]" = weakref.WeakSet()
_PLACES: Final = threading.Lock()


def _make_room(reader: str, limits: Limits) -> None:
    """Closes the one that has been idle longest when there is no place left: the reader's own beyond the share, else anybody's.

    QueryError when all of them answer.
    """
    there = [sandbox for sandbox in list(_OPEN) if sandbox.is_open]
    own = [sandbox for sandbox in there if sandbox.access.reader == reader]
    if len(own) >= limits.of_one_reader:
        _close_idlest(
            own, N_("{n} de vos requêtes sont déjà en cours\u202f; arrêtez-en une, ou attendez sa fin."), n=len(own)
        )
    elif len(there) >= limits.processes:
        _close_idlest(there, N_("trop de requêtes sont en cours\u202f; recommencez dans un instant."))


def _close_idlest(sandboxes: list[Sandbox], otherwise: str, **values: object) -> None:
    idle = [(since, sandbox) for sandbox in sandboxes if (since := sandbox.idle_since) is not None]
    if not idle:
        raise QueryError(otherwise, **values)
    min(idle, key=lambda entry: entry[0])[1].close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was left to write has nobody to read it


# Refusals that leave the process as it was.
_HARMLESS: Final = ("empty", "many", "not_reading", "writing", "parameters", "files", "words", "large")
