"""The process that reads a preparation, beside the server: `python -m data.preparation FOLDER`. Started by data/preparation/run.py.

It ends when nobody waits for it any more (the file `cancel`), gives back all its memory, and outlives a closed tab and the server itself.
"""

import datetime as dt
import os
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from data.preparation.folder import Preparation
from data.preparation.read import read
from data.preparation.reading import Reading
from data.preparation.state import Phase, State
from data.problems import ExtractError
from data.settings import load_settings
from data.words import N_

_EVERY: Final = 0.5  # seconds
_NICE: Final = 10  # the dashboard goes first
# Steps besides the files: columns, checks, anomalies, hours, totals, participants, reading again, comparison.
_STEPS: Final = 8


class Progress:
    """What is being done, written to disk every half second, so that readers of it know that this process lives."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._state = State(phase=Phase.RUNNING, step=N_("ouverture"), of=len(preparation.files) + _STEPS)
        self._write()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def __call__(self, text: str, /, **values: object) -> None:
        """A step begins."""
        with self._lock:
            texts = {name: str(value) for name, value in values.items()}
            self._state = replace(self._state, step=text, values=texts, n=self._state.n + 1)
        self._write()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._started

    def end(self) -> None:
        """Nothing more is written."""
        self._over.set()
        self._thread.join()

    def _tick(self) -> None:
        while not self._over.wait(_EVERY):
            if (self._preparation.folder / "cancel").exists() or not self._preparation.folder.exists():
                self._stop()
            self._write()

    def _write(self) -> None:
        # A full disk stops what is written for good, and says so; progress alone is no reason to.
        with self._lock, suppress(OSError):
            if self._preparation.folder.exists():
                replace(self._state, seconds=self.seconds).write(self._preparation)

    def _stop(self) -> None:
        """Ends the process wherever it is; the next one sweeps what it wrote."""
        with suppress(OSError):
            (self._preparation.folder / "cancel").unlink(missing_ok=True)
            if self._preparation.folder.exists():
                State(phase=Phase.CANCELLED, seconds=self.seconds).write(self._preparation)
        os._exit(1)


def main(folder: Path) -> int:
    """Exit code: 0 when it is known what the files are, 1 when it is not."""
    with suppress(OSError, AttributeError):
        os.nice(_NICE)
    preparation = Preparation(folder)
    progress = Progress(preparation)
    try:
        phase, reading = read(preparation, load_settings(), dt.datetime.now().astimezone().date(), progress)
    except ExtractError as error:
        phase, reading = Phase.REFUSED, Reading(problems=error.problems)
    except Exception as error:
        # Its message may quote data.
        frames = traceback.extract_tb(error.__traceback__)
        print(
            *(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames),
            type(error).__name__,
            sep="\n",
            file=sys.stderr,
        )
        phase, reading = Phase.FAILED, Reading()
    progress.end()
    try:
        reading.write(preparation)
        State(phase=phase, seconds=progress.seconds).write(preparation)
    except OSError:
        return 1
    return int(phase is Phase.FAILED)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
