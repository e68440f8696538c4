"""The trace of questions: reader, time, door, number of rows. Never a value of a row.

One line of JSON per question, in files of one day (UTC) that only the server's own account can read. Several processes may
write: a line is one write at the end of the file, and full files are followed by the next number rather than renamed.
"""

import datetime as dt
import errno
import json
import logging
import os
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from data.settings_server import TraceKept
from data.words import N_
from queries.errors import QueryError
from queries.scope import Scope

log = logging.getLogger("cap_insertion.trace")

FILE_BYTES: Final = 16_000_000  # an editor still opens it
_NAME: Final = re.compile(r"access-(?P<day>\d{4}-\d{2}-\d{2})\.(?P<number>\d{3})\.jsonl")
_LAST: Final = 999
_BINARY: Final[int] = getattr(os, "O_BINARY", 0)  # on Windows, where ends of lines are otherwise changed
# A link can name thousands of values, and a parameter can be any text: a line stays short.
_VALUES_TOLD: Final = 20
_CHARACTERS_TOLD: Final = 200
_COMPLAIN_EVERY: Final = 60  # seconds


class Surface(StrEnum):
    """By which door an answer leaves."""

    PAGE = "page"
    EXPORT = "export"
    ROUTE = "route"
    SQL = "sql"
    SHELL = "shell"


class Trace:
    """The trace in one folder. A line that cannot be written is a line of the server's log; it stops nobody, unless the settings require it."""

    def __init__(self, folder: Path, kept: TraceKept) -> None:
        self._folder = folder
        self._kept = kept
        self._lock = threading.Lock()
        self._day = ""
        self._number = 0
        self._handle: int | None = None
        self._complained: float | None = None

    def write(self, now: dt.datetime, values: Mapping[str, Any]) -> None:
        """One line: the time (`now` is in UTC), then the values.

        Raises QueryError when it cannot be written and the settings require it.
        """
        if self._kept.days <= 0:
            return
        line = {"at": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"), **values}
        # In ASCII: no name can forge a line, an escape of the terminal or an order of reading.
        content = json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            with self._lock:
                if os.write(self._file(now.date()), content) < len(content):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            self._complain(error)
            if self._kept.required:
                raise QueryError(
                    N_(
                        "la trace de cette question ne peut pas être écrite, et sans elle rien n’est répondu\u202f; prévenez la"
                        " personne qui gère l’outil."
                    )
                ) from error

    def _file(self, day: dt.date) -> int:
        """The file to append to: of that day, and not full. Opening one is the occasion to delete old ones."""
        handle = self._handle
        if handle is None or self._day != day.isoformat():
            handle = self._opened(day, 1)
        while os.fstat(handle).st_size >= FILE_BYTES and self._number < _LAST:
            handle = self._opened(day, self._number + 1)
        return handle

    def _opened(self, day: dt.date, number: int) -> int:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._folder / f"access-{day.isoformat()}.{number:03}.jsonl"
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        if self._handle is not None:
            os.close(self._handle)
        self._handle, self._day, self._number = handle, day.isoformat(), number
        self._forget(day, file.name)
        return handle

    def _forget(self, today: dt.date, in_use: str) -> None:
        """Deletes the files that are too old, then the oldest of them while they weigh too much together."""
        first = (today - dt.timedelta(days=self._kept.days)).isoformat()
        files = sorted((file for file in self._folder.iterdir() if _NAME.fullmatch(file.name)), reverse=True)
        weight = 0
        for file in files:
            try:
                weight += file.stat().st_size
                too_old = file.name < f"access-{first}"
                too_much = weight > self._kept.max_megabytes * 1_000_000
                if file.name == in_use or not (too_old or too_much):
                    continue
                file.unlink()
            except (FileNotFoundError, PermissionError):
                continue  # another process was faster or, on Windows, has it open
            if not too_old:
                log.warning("the trace is over %s MB: %s is deleted early", self._kept.max_megabytes, file.name)

    def _complain(self, error: OSError) -> None:
        """Once a minute: a full disk would otherwise fill the log as well."""
        now = time.monotonic()
        if self._complained is None or now - self._complained >= _COMPLAIN_EVERY:
            self._complained = now
            log.error("the trace cannot be written in %s: %s", self._folder, error.strerror)


@lru_cache(maxsize=16)
def trace_of(extracts: Path, kept: TraceKept) -> Trace:
    """The trace that goes with a folder of extracts: in its folder `trace`, or where the settings say."""
    return Trace(extracts / (kept.folder or "trace"), kept)


def scope_text(scope: Scope) -> dict[str, Any]:
    """The filters that are set. Long lists are cut, and say by how much."""
    filters = {}
    for field in fields(scope):
        value = getattr(scope, field.name)
        if value is None or value is False or field.name in ("within", "reading"):
            continue
        if isinstance(value, dt.date):
            value = f"{value:%Y-%m}"
        if isinstance(value, tuple):
            more = len(value) - _VALUES_TOLD
            value = [cut(each) for each in value[:_VALUES_TOLD]] + ([f"… +{more}"] if more > 0 else [])
        filters[field.name] = value
    return filters


def cut(text: str) -> str:
    """The text, or its beginning."""
    return text if len(text) <= _CHARACTERS_TOLD else f"{text[:_CHARACTERS_TOLD]}…"
