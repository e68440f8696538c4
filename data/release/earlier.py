"""The releases that a reader may compare: those that served, one after the other, and were not withdrawn."""

from functools import lru_cache
from pathlib import Path

from data.problems import ExtractError
from data.release.fingerprints import is_whole
from data.release.history import served_before
from data.release.pointer import current_id
from data.release.releases import SERVED, Release, extracts_folder, read_release, releases_folder


def comparable(release: Release) -> tuple[Release, ...]:
    """The one that serves, then those that served before it, the latest first; of the same kind as this one (demonstration or real).

    A release that was withdrawn by going back is not among them. Empty for a release of another folder of extracts.
    """
    if release.path.parent.resolve() != releases_folder().resolve():
        return ()
    stamps = tuple(_stamp(place) for place in (releases_folder(), extracts_folder() / SERVED))
    return tuple(other for other in _served(extracts_folder(), current_id(), stamps) if other.demo == release.demo)


def served_before_it(release: Release) -> Release | None:
    """The release that served before this one and is whole; None when there is none."""
    others = comparable(release)
    names = [one.id for one in others]
    if release.id in names:
        before = others[names.index(release.id) + 1 :]
    else:
        before = tuple(one for one in others if one.published_at < release.published_at)
    return next(filter(is_whole, before), None)


# Pages ask at each run: some stats, instead of reading every note.
@lru_cache(maxsize=8)
def _served(_folder: Path, current: str, _stamps: tuple[int, ...]) -> tuple[Release, ...]:
    served = list(served_before())
    try:
        if current:
            served.insert(0, read_release(releases_folder() / current))
    except ExtractError:
        # It cannot be read; an earlier one serves in its place.
        return tuple(served)
    return tuple(served)


def _stamp(place: Path) -> int:
    try:
        return place.stat().st_mtime_ns
    except OSError:
        return 0
