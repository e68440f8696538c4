"""Whether readers' own SQL can run on this machine: the kernel has to stop what takes too long, and refuse memory."""

import importlib
import signal
from functools import cache
from pathlib import Path
from typing import Final

from data.words import N_

NEEDS_LINUX: Final = N_(
    "le SQL des lecteurs ne fonctionne que sur un serveur Linux, qui sait arrêter une requête trop longue ou trop grande\u202f; tout le"
    " reste fonctionne ici."
)
MEMORY_OF_A_PROCESS: Final = Path("/proc/self/statm")


@cache
def runs_here() -> bool:
    """Whether the limits of time and memory exist here; not on Windows, nor on macOS."""
    try:
        importlib.import_module("resource")
    except ImportError:
        return False
    return hasattr(signal, "SIGALRM") and MEMORY_OF_A_PROCESS.exists()
