"""The release that readers are served from: the one that `current` names or, while that one is cut or gone, the last whole one.

An older release goes before an empty page, and says so. Never one that was withdrawn by going back, never invented figures in the
place of real ones, and never in the place of a release that another version of the product wrote: that one asks for a publish.
"""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache

from data.problems import ExtractError
from data.release.fingerprints import check_files, is_whole
from data.release.history import served_before
from data.release.pointer import current_id, current_release
from data.release.releases import NOTE, Release, extracts_folder

log = logging.getLogger("cap_insertion.serving")


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """`release`: None before the first publish. `broken`: the id of the release that should serve and is not whole; empty when all is well."""

    release: Release | None
    broken: str = ""


def serving() -> Serving:
    """The release in service. Costs some stats while no file changes, so every interaction may call it.

    The first time, and when a file has changed, the release is read once to compare its fingerprints. ExtractError when the release is
    broken and none before it is whole.
    """
    try:
        release = current_release()
        if release is not None:
            check_files(release)
            return Serving(release=release)
    except ExtractError as error:
        if any(problem.kind == "release_outdated" for problem in error.problems):
            raise
        earlier = _last_whole()
        if earlier is None:
            raise
        broken = current_id() or "current"
        _say(broken, earlier.id, str(error))
        return Serving(release=earlier, broken=broken)
    return Serving(release=None)


def _last_whole() -> Release | None:
    is_demo = _is_demo(current_id())
    return next((release for release in served_before() if is_whole(release) and (is_demo or not release.demo)), None)


@lru_cache(maxsize=64)
def _say(broken: str, earlier: str, reason: str) -> None:
    """Once for each: pages ask at every interaction."""
    log.error("release %s cannot be served (%s); %s serves in its place: publish again", broken, reason, earlier)


def _is_demo(release_id: str) -> bool:
    """Whether that release is known to be a demonstration, whatever else is wrong with it."""
    try:
        note = json.loads((extracts_folder() / "releases" / release_id / NOTE).read_text(encoding="utf-8"))
        return note["demo"] is True
    except (OSError, ValueError, TypeError, KeyError):
        return False
