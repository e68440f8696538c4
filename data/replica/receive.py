"""The release that an object store names, brought here: downloaded beside the others, checked, renamed, then pointed at.

Until then the one before serves. A download that was cut or killed leaves nothing that is read; the next one sweeps it.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.problems import ExtractError
from data.release.durable import sync_folder
from data.release.fingerprints import check_files, is_whole
from data.release.history import serve_in_order, served_order
from data.release.pointer import current_id
from data.release.publishing import publishing_lock, sweep
from data.release.releases import NOTE, WRITING, Release, broken, read_release, releases_folder
from data.release.retention import remove_old
from data.replica.faults import fault
from data.replica.notice import Notice, no_notice, read_notice
from data.replica.store import Store, StoredFile
from data.words import N_

# A download that is cut starts again at once, up to this many times.
_TRIES: Final = 3


def receive(store: Store, *, keep: int) -> Release | None:
    """The release that serves from now on; None when it did before. ExtractError leaves what served serving.

    What the store says served before it did so here too, so that a release that was withdrawn there never comes back here.
    `keep`: how many releases stay on this machine, 0 for all.
    """
    notice, _ = read_notice(store)
    if notice is None:
        raise no_notice(store)
    here = _whole(notice)
    if here and current_id() == notice.release and served_order() == list(notice.served):
        return None
    with publishing_lock():
        sweep()
        try:
            if not here:
                _bring(store, notice)
            release = serve_in_order(notice.served)
        except OSError as error:
            message = N_("écriture impossible ({error})\u202f; la version d’avant reste en service.")
            raise broken(releases_folder(), message, error=error.strerror) from error
        remove_old(keep)
    return release


def _whole(notice: Notice) -> bool:
    """Whether the release is here, as it was published."""
    try:
        return is_whole(read_release(releases_folder() / notice.release))
    except ExtractError:
        return False


def _bring(store: Store, notice: Notice) -> None:
    folder = releases_folder() / f"{WRITING}{notice.release}"
    needed, free = sum(file.size for file in notice.files), shutil.disk_usage(releases_folder()).free
    if needed > free:
        message = N_(
            "disque trop plein\u00a0: {needed} octets à recevoir, {free} libres\u202f; la version d’avant reste en service."
        )
        raise broken(releases_folder(), message, needed=needed, free=free)
    try:
        folder.mkdir()
        *files, note = notice.files
        # First the smallest: a release of another version of the product is refused before its large files come.
        _download(store, notice, note, folder)
        release = read_release(folder)
        if dict(release.files) != {file.name: file.sha256 for file in files}:
            message = N_("{name} et la liste de ses fichiers ne concordent pas.")
            raise fault(store.address, "store_wrong", message, name=NOTE)
        for file in files:
            _download(store, notice, file, folder)
        check_files(release)
        sync_folder(folder)
        _put(folder, releases_folder() / notice.release)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download(store: Store, notice: Notice, file: StoredFile, folder: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            store.download(file, notice.folder, folder / file.name)
            return
        except ExtractError as error:
            if not left or error.problems[0].kind != "store_unreachable":
                raise


def _put(folder: Path, place: Path) -> None:
    """Gives the folder its name, in the place of one that is cut or changed, if there is one."""
    with suppress(FileNotFoundError):
        place.rename(place.with_name(f"{WRITING}broken-{place.name}"))
    folder.rename(place)
    sync_folder(place.parent)
