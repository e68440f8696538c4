"""A release, copied to an object store: its files, then release.json, and last the notice that names it.

Whoever stops on the way leaves objects that nothing names. Of two that publish at once one replaces the notice, and the other learns it.
"""

import datetime as dt
from typing import Final

from data.problems import ExtractError, Problem
from data.release.fingerprints import check_files, sha256_of
from data.release.history import served_order
from data.release.releases import NOTE, Release, broken, releases_folder
from data.replica.faults import fault
from data.replica.notice import NOTICE, RELEASES, Notice, folder_of
from data.replica.store import Store, StoredFile
from data.sources.extract import Step
from data.words import N_

# What no notice names may be on its way from another publisher.
_ON_ITS_WAY: Final = dt.timedelta(days=1)

Seen = tuple[Notice | None, str | None]


def send(release: Release, store: Store, seen: Seen, *, keep: int, step: Step) -> bool:
    """Whether anything had to change: false when the store serves that release already.

    `seen`: the notice and its mark when the work began (`read_notice`); whoever replaced it meanwhile wins, and this ends in an
    ExtractError. `keep`: how many releases stay in the store, 0 for all. Secret, trace and comments are not sent.
    """
    before, mark = seen
    if before is not None and before.release == release.id:
        return False
    check_files(release)
    notice = Notice(release=release.id, files=_files(release), served=_order(before, release.id))
    for file in notice.files:
        step(N_("envoi de {name}"), name=file.name)
        store.upload(release.file(file.name), file, notice.folder)
    if not store.replace(NOTICE, notice.text(), mark):
        message = N_(
            "une autre publication a été plus rapide\u202f; ce stockage sert la sienne, la version {release} n’y est pas en service."
        )
        raise fault(store.address, "store_overtaken", message, release=release.id)
    if keep:
        step(N_("suppression des anciennes versions"))
        _remove_old(store, notice, before, keep)
    return True


def _files(release: Release) -> tuple[StoredFile, ...]:
    if not release.files:
        message = N_("cette version n’a pas de sommes de contrôle\u202f; publiez de nouveau.")
        raise ExtractError(Problem(kind="release_without_sums", file=release.id, message=message))
    try:
        named = [*release.files, (NOTE, sha256_of(release.file(NOTE)))]
        return tuple(
            StoredFile(name=name, size=release.file(name).stat().st_size, sha256=sha256) for name, sha256 in named
        )
    except OSError as error:
        message = N_("fichier illisible ({error})\u202f; publiez de nouveau ou revenez en arrière.")
        raise broken(release.path, message, error=error.strerror) from error


def _order(before: Notice | None, release_id: str) -> tuple[str, ...]:
    """What served there, then this release. One that served there already is returned to: what followed it is withdrawn.

    So is what this machine has but does not count among what served: it went back since.
    """
    order = list(before.served) if before else []
    if release_id in order:
        order = order[: order.index(release_id)]
    here = served_order()
    return (*(name for name in order if name in here or not (releases_folder() / name).exists()), release_id)


def _remove_old(store: Store, notice: Notice, before: Notice | None, keep: int) -> None:
    """All but the last that served. What was withdrawn goes as well; what nothing names may still be arriving, for a day."""
    kept = set(notice.served[-keep:])
    named = set(notice.served) | set(before.served if before else ())
    late = dt.datetime.now(dt.UTC) - _ON_ITS_WAY
    for name, newest in store.folders(RELEASES).items():
        if name not in kept and (name in named or newest < late):
            store.remove(folder_of(name))
