"""Which release serves: `current` names it, a symbolic link or, where links are refused (Windows, some shares), a file of one line.

It is replaced in one rename, so that a reader sees the old release or the new one, never a mixture.
"""

import errno
import json
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from data.release.durable import draft_of, patiently, replace, sync_folder, write_whole
from data.release.releases import CURRENT, NOTE, Release, broken, extracts_folder, read_release
from data.schema import SCHEMA_VERSION
from data.words import N_

# What making a link answers where links are refused. Windows: EINVAL, without the right to make them.
_LINKS_REFUSED: Final = (errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
_LONGEST: Final = 200


def current_release() -> Release | None:
    """The release that serves, None before the first publish.

    Costs a readlink and a stat while the pointer is unchanged, so every interaction may call it. ExtractError
    when the pointer or the release it names is broken.
    """
    pointer = extracts_folder() / CURRENT
    try:
        target = _target(pointer)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise broken(pointer, N_("ce n’est pas un lien vers une version ({error})."), error=error) from error
    return read_release(pointer.parent / target)


def current_id() -> str:
    """The id that `current` names, whatever state that release is in; empty when nothing is named."""
    try:
        return _target(extracts_folder() / CURRENT).name
    except OSError:
        return ""


def serves_old_demonstration() -> bool:
    """Whether what `current` names is a demonstration of an earlier version of the contract: nothing is lost by remaking it."""
    try:
        note = extracts_folder() / _target(extracts_folder() / CURRENT) / NOTE
        content = json.loads(note.read_text(encoding="utf-8"))
        return content["demo"] is True and int(content["schema_version"]) < SCHEMA_VERSION
    except (OSError, ValueError, TypeError, KeyError):
        return False


def serve(release_id: str) -> None:
    """`current` names that release from now on. Within the publishing lock; OSError leaves the one before."""
    pointer, target = extracts_folder() / CURRENT, PurePosixPath("releases", release_id)
    draft = draft_of(pointer)
    draft.unlink(missing_ok=True)
    try:
        draft.symlink_to(target)
        replace(draft, pointer)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.errno not in _LINKS_REFUSED:
            raise
        write_whole(pointer, f"{target}\n")
    with suppress(OSError):
        # It serves by now. Where the disk cannot confirm it, a power cut may return to the release before, which is whole.
        sync_folder(pointer.parent)


def _target(pointer: Path) -> Path:
    """Where a pointer leads, from its folder. OSError when it is neither a link nor a file that names a release."""
    try:
        return pointer.readlink()
    except FileNotFoundError:
        raise
    except OSError:
        named = PurePosixPath(patiently(lambda: _first_line(pointer)))
        if len(named.parts) != 2 or named.parts[0] != "releases" or named.name.startswith("."):
            raise
        return Path(named)


def _first_line(file: Path) -> str:
    with file.open(encoding="utf-8", errors="replace") as text:
        return text.readline(_LONGEST).rstrip()
