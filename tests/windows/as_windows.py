"""A process that lacks what Windows lacks: run by test_windows.py before anything of ours is imported.

Names that Python has on Unix alone are gone, links are refused, folders cannot be opened; what Windows has instead, a lock on bytes of
a file, is made of this machine's.
"""

import errno
import fcntl
import os
import shutil
import signal
import subprocess  # noqa: F401  asks for msvcrt to know its system: imported before there is one
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import Any, Final

HIDDEN: Final = ("fcntl", "resource", "uvloop", "pwd", "grp", "termios")
_flock, _open = fcntl.flock, os.open


class _Hidden:
    """Refuses modules that are not there on Windows."""

    @staticmethod
    def find_spec(
        name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name in HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def _locking(handle: int, mode: int, _count: int) -> None:
    assert mode == 2
    try:
        _flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise PermissionError(errno.EACCES, "Permission denied") from error


def _refused(*_: object, **__: object) -> None:
    raise OSError(errno.EINVAL, "A required privilege is not held by the client")


def _opened(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
    if os.path.isdir(path):  # noqa: PTH112 - as it is given
        raise PermissionError(errno.EACCES, "Permission denied", path)
    return _open(path, flags, *args, **kwargs)


def as_windows() -> None:
    """From here on this process is poorer; it cannot be undone."""
    for name in HIDDEN:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Hidden)
    sys.modules["msvcrt"] = SimpleNamespace(LK_NBLCK=2, locking=_locking)  # type: ignore[assignment]
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    os.symlink = os.link = _refused
    os.open = _opened
    for name in ("getuid", "geteuid", "getgid", "getegid", "nice", "fchmod", "fork"):
        delattr(os, name)
    for name in ("SIGALRM", "alarm", "setitimer"):
        delattr(signal, name)
