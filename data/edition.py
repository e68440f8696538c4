"""The public edition of a publish (`[public] folder` of the settings): written by a process of its own, for pages are not of this folder.

What cannot be written leaves the edition before as it was, and the release serves all the same.
"""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from data.settings import Settings, load_settings
from data.words import N_, Words

log = logging.getLogger("cap_insertion.edition")

_ROOT: Final = Path(__file__).parents[1]


def write_edition(words: Words) -> tuple[int, str]:
    """Writes the edition of the release that serves: 0 and a line that says so, or 1 and the reason. 0 and nothing without a folder."""
    settings = load_settings()
    if not settings.public.folder:
        return 0, ""
    done = subprocess.run(
        _command(settings, words), cwd=_ROOT, capture_output=True, text=True, encoding="utf-8", check=False, env=_plain()
    )  # fmt: skip
    lines = (done.stderr if done.returncode else done.stdout).strip().splitlines()
    last = lines[-1] if lines else ""
    return (1, words.say(_NOT_WRITTEN, reason=last)) if done.returncode else (0, last)


def start_edition() -> None:
    """The same beside what goes on, for a page whose reader does not wait; the server's log says how it ended."""

    def write() -> None:
        code, text = write_edition(Words("fr"))
        log.log(logging.ERROR if code else logging.INFO, "%s", text)

    if load_settings().public.folder:
        threading.Thread(target=write, daemon=True).start()


def _command(settings: Settings, words: Words) -> list[str]:
    return [sys.executable, "-m", "pages.public", "--out", settings.public.folder, "--lang", words.lang]


def _plain() -> dict[str, str]:
    """Texts of the process are UTF-8 whatever the machine's."""
    return {**os.environ, "PYTHONIOENCODING": "utf-8"}


_NOT_WRITTEN = N_("L’édition publique n’a pas été écrite, celle d’avant reste\u00a0: {reason}")
