"""Files that are whole or not there, and names that survive a power cut."""

import errno
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

Result = TypeVar("Result")
_TRIES: Final = 20
_BETWEEN: Final = 0.025  # seconds
# What opening a folder answers where folders cannot be opened: Windows, some network shares.
_NOT_OPENED: Final = (errno.EACCES, errno.EPERM, errno.EISDIR, errno.EINVAL)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable: a rename survives a power cut only once its folder is synced.

    Nothing where folders cannot be opened: the file system of Windows writes its names in a journal.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno in _NOT_OPENED:
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(file: Path) -> None:
    """Makes a file's content durable. Opened for writing, which Windows asks for."""
    with file.open("r+b") as content:
        os.fsync(content.fileno())


def draft_of(file: Path) -> Path:
    """Where a file is written before it takes its name: `.NAME-<process>`, beside it."""
    return file.with_name(f".{file.name}-{os.getpid()}")


def write_whole(file: Path, content: str | bytes) -> None:
    """Writes a small file in one step: readers see the old one or the new one. OSError leaves the old one."""
    draft = draft_of(file)
    try:
        with draft.open("wb") as out:
            with suppress(OSError):  # who may read the old one may read the new one, and nobody else
                shutil.copymode(file, draft)
            out.write(content.encode() if isinstance(content, str) else content)
            out.flush()
            os.fsync(out.fileno())
        replace(draft, file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def replace(draft: Path, file: Path) -> None:
    """A draft takes the name of a file, in one step."""
    patiently(lambda: draft.replace(file))


def patiently(act: Callable[[], Result]) -> Result:
    """The result of a step on a file. Windows may refuse the step while another process uses the file: it is then tried again."""
    for _ in range(_TRIES):
        try:
            return act()
        except PermissionError as error:
            if not hasattr(error, "winerror"):
                raise
        time.sleep(_BETWEEN)
    return act()
