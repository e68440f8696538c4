"""A lock on a file, which the system frees when its process ends, however it ends: one way on Unix, another on Windows.

A package would do it too; filelock removes the file when it lets go, and weighs 9 000 lines for these two calls.
"""

import importlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_ASK_AGAIN: Final = 0.1  # seconds; Windows has no lock that is waited for without an end


class LockedError(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(file: Path, *, wait: bool = False) -> Iterator[None]:
    """Within, this process alone holds the file's lock; the file is made when there is none, and stays.

    LockedError when another process holds it and it is not waited for; OSError when the file cannot be opened for writing.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(handle, wait)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, wait: bool) -> None:
    try:
        unix = importlib.import_module("fcntl")
    except ImportError:
        _lock_of_windows(importlib.import_module("msvcrt"), handle, wait)
        return
    try:
        unix.flock(handle, unix.LOCK_EX | (0 if wait else unix.LOCK_NB))
    except BlockingIOError as error:
        raise LockedError from error


def _lock_of_windows(msvcrt: Any, handle: int, wait: bool) -> None:
    """The first byte: nobody reads or writes it, and there need be none."""
    while True:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if not wait:
                raise LockedError from error
            time.sleep(_ASK_AGAIN)
        else:
            return
