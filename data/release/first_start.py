"""The first start: a server that finds nothing published publishes the demonstration, so that there is something to see. So does
one that finds a demonstration that this version of the product no longer reads.
"""

import datetime as dt
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from data.demo import write_demo
from data.problems import ExtractError, Problem
from data.publish import publish
from data.release.file_lock import LockedError, locked
from data.release.history import go_back
from data.release.pointer import serves_old_demonstration
from data.release.publishing import LOCK
from data.release.releases import CURRENT, Release, extracts_folder, releases
from data.release.serving import serving
from data.words import N_

log = logging.getLogger("cap_insertion.first_start")


def ensure_release() -> Release:
    """The release that serves; the demonstration, just published, when there was none or an outdated demonstration.

    Of several servers that start at once one publishes, and the others wait for it. A real publish under way is waited for
    as well, and goes before the demonstration. ExtractError when the pointer or the folder of extracts is broken.
    """
    release = _serving()
    if release is not None:
        return release
    with _alone():
        return _serving() or _demonstration()


def _serving() -> Release | None:
    """The release that serves; None when nothing was published, or an outdated demonstration.

    ExtractError where real releases are there and `current` is not: invented figures do not take their place.
    """
    try:
        served = serving().release
    except ExtractError:
        if serves_old_demonstration():
            return None
        raise
    if served is None and any(not release.demo for release in releases()):
        message = N_("aucune version n’est en service\u202f; python -m data.publish --back remet la dernière.")
        raise ExtractError(Problem(kind="nothing_serves", file=str(extracts_folder() / CURRENT), message=message))
    return served


def _demonstration() -> Release:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cap-insertion-") as folder:
        write_demo(Path(folder))
        sources = sorted(Path(folder).glob("*.parquet"))
        release = _published(sources)
    if release.demo:
        seconds = time.monotonic() - started
        log.info("nothing was published yet: the demonstration is now (%s, %.1f s)", release.id, seconds)
    return release


def _published(sources: list[Path]) -> Release:
    """The demonstration as a release, or the release of whoever published meanwhile."""
    while True:
        try:
            release = publish(sources, today=dt.datetime.now().astimezone().date())
        except ExtractError:
            somebody_published = _waited()
            served = _serving()
            if served is not None:
                return served
            if not somebody_published:
                raise
        else:
            # Somebody's publish ended between our looking and our publishing: theirs goes before the demonstration.
            return go_back() if release.previous else release


@contextmanager
def _alone() -> Iterator[None]:
    """One first start at a time; the others wait here. The system frees the lock when its process ends, however it ends."""
    with ExitStack() as held:
        # Where it cannot be written, publishing will fail for the same reason, and says it well.
        with suppress(OSError):
            extracts_folder().mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(extracts_folder() / ".first-start", wait=True))
        yield


def _waited() -> bool:
    """Whether a publish was under way; it is over when this returns."""
    lock = extracts_folder() / LOCK
    try:
        with locked(lock):
            return False
    except LockedError:
        with locked(lock, wait=True):
            return True
    except OSError:
        return False
