"""A publish in a process of its own, which ends, or lacks its disk, at a chosen moment."""

import datetime as dt
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from data import publish as publishing
from data.problems import ExtractError
from tests.extracts import AS_OF, TODAY

# Started once, with everything imported: a publish then costs what a publish costs.
FORKS: Final = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.child"])
PUBLISHED, REFUSED = 0, 3
# What the interpreter reports before it makes, moves or removes a name.
_CHANGES: Final = ("os.mkdir", "os.rename", "os.symlink", "os.link", "os.remove", "os.rmdir", "os.truncate")
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

Fault = Callable[[Path], None]


def publish_in_child(extracts: Path, sources: list[Path], fault: Fault | None = None) -> Any:
    """The process, started. Exit code 0: published, 3: refused in words, −9: killed; anything else is a fault of ours."""
    child = FORKS.Process(target=_publish, args=(dict(os.environ), extracts, sources, fault))
    child.start()
    return child


def take_environment(environment: dict[str, str]) -> None:
    """That of the test; a child has the one in which the first test of all started the server of forks."""
    os.environ.clear()
    os.environ.update(environment)


def _publish(environment: dict[str, str], extracts: Path, sources: list[Path], fault: Fault | None) -> None:
    take_environment(environment)
    os.environ["CAP_EXTRACTS"] = str(extracts)
    if fault is not None:
        fault(extracts)
    try:
        publishing.publish(sources, as_of=AS_OF, today=TODAY)
    except ExtractError:
        os._exit(REFUSED)
    os._exit(PUBLISHED)


class At:
    """What happens at the nth change of a name or opening for writing below the folder of extracts, and at all later ones if it lasts."""

    def __init__(self, number: int, act: Callable[[], None], *, lasts: bool = True) -> None:
        self.number, self.act, self.lasts = number, act, lasts

    def __call__(self, extracts: Path) -> None:
        below = os.fspath(extracts)
        seen = 0

        def hook(event: str, given: tuple[Any, ...]) -> None:
            nonlocal seen
            opened = event == "open" and isinstance(given[2], int) and given[2] & _WRITES
            if not (opened or event in _CHANGES):
                return
            if not any(isinstance(name, str | Path) and os.fspath(name).startswith(below) for name in given[:2]):
                return
            seen += 1
            if seen == self.number or (self.lasts and seen > self.number):
                self.act()

        sys.addaudithook(hook)


def die() -> None:
    """As kill −9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def full() -> None:
    """As a full disk does."""
    raise OSError(28, "No space left on device")


def read_only() -> None:
    """As a folder that may not be written does, whoever asks."""
    raise OSError(30, "Read-only file system")


class SmallDisk:
    """No file grows beyond so many bytes: what DuckDB itself writes fails as well."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __call__(self, extracts: Path) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, self.size))


class Clock:
    """The machine's clock, so many days off."""

    def __init__(self, days: int) -> None:
        self.days = days

    def __call__(self, extracts: Path) -> None:
        offset = self.days * 86_400

        class Jumped(dt.datetime):
            @classmethod
            def now(cls, tz: dt.tzinfo | None = None) -> "Jumped":
                return cls.fromtimestamp(time.time() + offset, tz)

        publishing.dt = SimpleNamespace(datetime=Jumped, date=dt.date, UTC=dt.UTC)  # type: ignore[assignment, attr-defined]
