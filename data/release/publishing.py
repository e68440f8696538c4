"""One publish at a time, and nothing left of one that was killed."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from data.release.file_lock import LockedError, locked
from data.release.releases import CURRENT, SERVED, WRITING, broken, extracts_folder, releases_folder
from data.words import N_

LOCK = ".lock"


@contextmanager
def publishing_lock() -> Iterator[None]:
    """One publish at a time. The system frees the lock when its process ends, however it ends.

    ExtractError when another process holds it, or when the folder of extracts cannot be written.
    """
    folder = extracts_folder()
    with ExitStack() as held:
        try:
            releases_folder().mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(folder / LOCK))
        except LockedError as error:
            raise broken(folder, N_("une autre publication est en cours\u202f; attendez qu’elle finisse.")) from error
        except OSError as error:
            message = N_("dossier des extractions inutilisable ({error})\u202f; vérifiez CAP_EXTRACTS et les droits.")
            raise broken(folder, message, error=error.strerror) from error
        yield


def sweep() -> None:
    """Removes what publishes that were killed left. Within the publishing lock."""
    for remains in releases_folder().glob(f"{WRITING}*"):
        shutil.rmtree(remains, ignore_errors=True)
    for name in (CURRENT, SERVED):
        for draft in extracts_folder().glob(f".{name}-*"):
            draft.unlink(missing_ok=True)
