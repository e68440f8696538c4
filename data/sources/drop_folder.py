"""A folder where files are dropped (SFTP, a share): what waits in it, whole, and where it goes once it was published or refused.

Whoever drops files is not trusted: only plain files of the folder itself count, and no link is followed.
"""

import datetime as dt
import re
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.release.durable import write_whole

PUBLISHED: Final = "publies"
REFUSED: Final = "refuses"
REPORT: Final = "rapport.txt"
MAPPING: Final = "mapping.toml"
LOCK: Final = ".cap-insertion.lock"
# A file that changed within the last minute is looked at again after some seconds.
QUIET_SECONDS: Final = 5.0
_SETTLED: Final = 60.0
# Uploads under way (WinSCP, browsers), files that programs leave beside the real ones.
_PASSED_OVER: Final = re.compile(
    r"\..*|~\$.*|.*~|.*\.(part|partial|filepart|tmp|temp|crdownload|download|swp)|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)

State = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """The files that wait, in the order of their names, and those still being written."""

    files: tuple[Path, ...]
    unfinished: tuple[str, ...]


def waiting(folder: Path, pause: Callable[[float], None] = time.sleep) -> Drop:
    """What waits in a folder. Files of the last minute are looked at twice: one that changes meanwhile is unfinished. OSError."""
    first = _seen(folder)
    if any(abs(time.time() - changed / 1e9) < _SETTLED for _, changed, _ in first.values()):
        pause(QUIET_SECONDS)
    then = _seen(folder)
    unfinished = [file.name for file in {**first, **then} if first.get(file) != then.get(file)]
    return Drop(files=tuple(sorted(then)), unfinished=tuple(sorted(unfinished)))


def mapping_of(folder: Path) -> Path | None:
    """The mapping.toml that lies in the folder, when it is a plain file."""
    file = folder / MAPPING
    return file if _is_plain(file) else None


def make_places(folder: Path) -> None:
    """The subfolders, before anything is published. OSError when the folder cannot be written, or a link stands in their place."""
    for name in (PUBLISHED, REFUSED):
        place = folder / name
        place.mkdir(exist_ok=True)
        if place.is_symlink():
            raise NotADirectoryError(20, "symbolic link", str(place))


def place_for(folder: Path, kind: str, name: str) -> Path:
    """A new subfolder of the published or refused ones. OSError."""
    for number in range(1, 1000):
        place = folder / kind / (name if number == 1 else f"{name}-{number}")
        try:
            place.mkdir()
        except FileExistsError:
            continue
        return place
    raise FileExistsError(17, "File exists", str(folder / kind / name))


def move(files: tuple[Path, ...], place: Path, report: str) -> None:
    """The files go to their place, the report beside them. OSError leaves what could not be moved."""
    for file in files:
        file.rename(place / file.name)
    write_whole(place / REPORT, report)


def stamp(now: dt.datetime) -> str:
    """The name of a refused drop: its time, in UTC."""
    return f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _seen(folder: Path) -> dict[Path, State]:
    stamps = {}
    for file in folder.iterdir():
        if file.name == MAPPING or _PASSED_OVER.fullmatch(file.name) or not _is_plain(file):
            continue
        now = file.lstat()
        stamps[file] = (now.st_size, now.st_mtime_ns, now.st_ino)
    return stamps


def _is_plain(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False
