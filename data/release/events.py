"""The history of releases in service: one line of JSON for each act, in a file that only the server's own account can read.

The trace of questions is deleted after some months; the history of releases is needed for longer. It holds nothing of a source.
"""

import datetime as dt
import getpass
import json
import logging
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

log = logging.getLogger("cap_insertion.history")

FILE: Final = "history.jsonl"
_LAST: Final = 1000


class Act(StrEnum):
    """What puts a release in service."""

    PUBLISHED = "published"
    WENT_BACK = "went_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act: the release that served from then on, and by whom."""

    at: dt.datetime
    act: Act
    release: str
    by: str


def record(act: Act, release: str, by: str, at: dt.datetime, extracts: Path) -> None:
    """Adds a line. The act is done by then: a disk that refuses the line is a line of the server's log."""
    line = json.dumps({"at": at.isoformat(), "act": str(act), "release": release, "by": by[:200]})
    try:
        handle = os.open(extracts / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode("ascii") + b"\n")
        finally:
            os.close(handle)
    except OSError as error:
        log.error("the history of releases cannot be written: %s", error.strerror)


def events(extracts: Path) -> tuple[Event, ...]:
    """The last acts, the latest first. A line that cannot be read is passed over."""
    try:
        lines = (extracts / FILE).read_text(encoding="utf-8").splitlines()[-_LAST:]
    except OSError:
        return ()
    entries = []
    for line in reversed(lines):
        try:
            entry = json.loads(line)
            at = dt.datetime.fromisoformat(entry["at"])
            entries.append(Event(at=at, act=Act(entry["act"]), release=str(entry["release"]), by=str(entry["by"])))
        except (ValueError, TypeError, KeyError):
            continue
    return tuple(entries)


def account() -> str:
    """The name of the machine's account that runs a command; empty where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
