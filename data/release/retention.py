"""How many releases stay: `[releases] keep` of the settings."""

import re
import shutil
from pathlib import Path
from typing import Final

from data.problems import ExtractError
from data.release.fingerprints import is_whole
from data.release.history import served_order
from data.release.pointer import current_id
from data.release.releases import WRITING, read_release, releases_folder

_ID: Final = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}", re.ASCII)


def remove_old(keep: int) -> None:
    """Removes all releases but the last `keep` that served and were not withdrawn; none when `keep` is 0. Within the publishing lock.

    More stay where the last ones are cut or changed, so that there is one to go back to. A folder under another name than a
    release's is nobody's business here. What cannot be removed stays: no publish fails for it.
    """
    current, order = current_id(), served_order()
    if not keep or current not in order:
        return
    kept: set[str] = set()
    has_whole = False
    for name in reversed(order[: order.index(current) + 1]):
        if len(kept) >= keep and has_whole:
            break
        if _exists(name):
            kept.add(name)
            has_whole = has_whole or (name != current and _is_whole(name))
    for folder in releases_folder().iterdir():
        if _ID.fullmatch(folder.name) and folder.name not in kept:
            _remove(folder)


def _exists(name: str) -> bool:
    return (releases_folder() / name).is_dir()


def _is_whole(name: str) -> bool:
    try:
        return is_whole(read_release(releases_folder() / name))
    except ExtractError:
        return False


def _remove(folder: Path) -> None:
    """Out of sight first, so that nobody meets half of it."""
    gone = folder.with_name(f"{WRITING}old-{folder.name}")
    try:
        folder.rename(gone)
    except OSError:
        return
    shutil.rmtree(gone, ignore_errors=True)
