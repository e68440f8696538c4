"""Starts and stops the process that reads a preparation. What it finds is on disk: no session holds it."""

import logging
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from data.preparation.folder import Preparation, kept_mapping
from data.preparation.state import Phase, State, state_of
from data.release.candidate import serve_candidate
from data.release.publishing import publishing_lock
from data.release.releases import Release
from data.settings import load_settings

log = logging.getLogger("cap_insertion.preparation")

_ROOT: Final = Path(__file__).parents[2]


def start(preparation: Preparation) -> "subprocess.Popen[bytes] | None":
    """Reads the files, in a process of its own; None when one is at it already. OSError when the disk refuses."""
    if state_of(preparation).phase is Phase.RUNNING:
        return None
    preparation.forget_reading()
    State(phase=Phase.RUNNING).write(preparation)
    process = subprocess.Popen(
        [sys.executable, "-m", "data.preparation", str(preparation.folder)],
        cwd=_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Waited for, so that no dead process stays in the table of the system.
    threading.Thread(target=process.wait, daemon=True).start()
    return process


def cancel(preparation: Preparation) -> None:
    """Asks the process to stop; it does within a second."""
    if state_of(preparation).phase is Phase.RUNNING:
        (preparation.folder / "cancel").touch()


def publish_candidate(preparation: Preparation, by: str) -> Release:
    """The candidate, serving; its mapping is kept for the next files, its sources are gone. `by`: who publishes.

    ExtractError when another publish is under way, or served meanwhile, or when the disk refuses: the old release still serves.
    """
    mapping = preparation.mapping
    with publishing_lock():
        release = serve_candidate(preparation.candidate, by, load_settings())
    try:
        if mapping is not None and mapping != kept_mapping():
            shutil.copyfile(mapping, kept_mapping())
    except OSError as error:
        # The release serves. The questions come again next month.
        log.error("the mapping cannot be kept in %s: %s", kept_mapping(), error.strerror)
    preparation.discard()
    return release
