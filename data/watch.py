"""One pass over a folder where files are dropped: what lies there is published, or set aside with the reasons beside it.

Made for cron or systemd: a pass that finds nothing, or something unfinished, ends at once and well. All files of the folder are one
extract, which takes the place of the one before: they are published together or refused together, so that a file set aside alone never
lets the others serve without it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from data.problems import ExtractError
from data.release.file_lock import LockedError, locked
from data.release.fingerprints import sha256_of
from data.release.pointer import current_release
from data.release.releases import Release
from data.release.report import advice, of_release, sources_read, summary
from data.sources import drop_folder
from data.sources.extract import Extract
from data.words import N_, Words

# Reasons that lie with the machine, the settings or the mapping, and not with the files: these stay, for the next pass.
NOT_THE_FILES: Final = frozenset(
    {
        "changed_file",
        "machine_short",
        "mapping_unreadable",
        "mapping_wrong",
        "no_permission",
        "not_written",
        "release_broken",
        "release_outdated",
        "secret_short",
        "secret_unreadable",
        "settings_unreadable",
        "settings_wrong",
        "unreadable_file",
        "written_differs",
    }
)


class Publish(Protocol):
    """Publishes files under a mapping; calls `when_read` with what was read before it is judged."""

    def __call__(self, files: list[Path], mapping: Path | None, when_read: Callable[[Extract], None]) -> Release:
        """The release that serves. ExtractError with the reasons when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a pass did, in words, and its exit code: 0 published or nothing to do, 1 refused or impossible."""

    code: int
    lines: tuple[str, ...]


def watch(
    folder: Path, publish: Publish, words: Words, *, mapping: Path | None = None, now: dt.datetime | None = None
) -> Pass:
    """One pass. `mapping`: the one given, else the mapping.toml of the folder. Never two passes over a folder at once."""
    try:
        with locked(folder / drop_folder.LOCK):
            return _pass(folder, publish, words, mapping, now or dt.datetime.now(dt.UTC))
    except LockedError:
        return Pass(code=0, lines=(words.say(N_("un autre passage est en cours sur ce dossier.")),))
    except OSError as error:
        message = N_("{folder}\u00a0: dossier inutilisable ({error})\u202f; rien n’a été mis de côté.")
        return Pass(code=1, lines=(words.say(message, folder=folder, error=error.strerror or error),))


def _pass(folder: Path, publish: Publish, words: Words, mapping: Path | None, now: dt.datetime) -> Pass:
    drop_folder.make_places(folder)
    _finish_moving(folder)
    drop = drop_folder.waiting(folder)
    if drop.unfinished:
        message = N_("en cours de dépôt\u00a0: {files}\u202f; au prochain passage.")
        return Pass(code=0, lines=(words.say(message, files=", ".join(drop.unfinished)),))
    if not drop.files:
        return Pass(code=0, lines=(words.say(N_("rien à publier.")),))
    read: list[str] = []
    notes: list[str] = []

    def when_read(extract: Extract) -> None:
        read.extend(sources_read(extract, words))
        notes.extend(advice(extract, words))

    try:
        release = publish(list(drop.files), mapping or drop_folder.mapping_of(folder), when_read)
    except ExtractError as error:
        return _refused(folder, drop.files, error, notes, words, now)
    lines = [*read, summary(of_release(release), words)]
    lines.append(words.say(N_("Version {release} en service."), release=release.id))
    try:
        place = drop_folder.place_for(folder, drop_folder.PUBLISHED, release.id)
        drop_folder.move(drop.files, place, _report([*lines, *notes]))
    except OSError as error:
        message = N_("les fichiers publiés n’ont pas pu être déplacés ({error}).")
        return Pass(code=1, lines=(*lines, words.say(message, error=error.strerror or error)))
    return Pass(code=0, lines=(*notes, *lines))


def _refused(
    folder: Path, files: tuple[Path, ...], error: ExtractError, notes: list[str], words: Words, now: dt.datetime
) -> Pass:
    """Waits for the rest of a drop, leaves the files where the fault is not theirs, else sets them aside."""
    kinds = {problem.kind for problem in error.problems}
    reasons = [problem.text(words) for problem in error.problems]
    if kinds == {"missing_table"}:
        return Pass(code=0, lines=(words.say(N_("dépôt incomplet, laissé en attente\u00a0:")), *reasons))
    if kinds & NOT_THE_FILES:
        return Pass(code=1, lines=(words.say(N_("rien n’est publié, les fichiers restent en place\u00a0:")), *reasons))
    place = drop_folder.place_for(folder, drop_folder.REFUSED, drop_folder.stamp(now))
    title = words.say(N_("Publication refusée\u00a0:"))
    drop_folder.move(files, place, _report([title, *reasons, *notes]))
    where = words.say(N_("fichiers et rapport\u00a0: {place}"), place=place)
    return Pass(code=1, lines=(title, *reasons, *notes, where))


def _finish_moving(folder: Path) -> None:
    """Moves what a pass that was killed published and did not move: a place named as the release that serves, without its report."""
    try:
        release = current_release()
    except ExtractError:
        return
    if release is None:
        return
    place = folder / drop_folder.PUBLISHED / release.id
    if not place.is_dir() or (place / drop_folder.REPORT).exists():
        return
    published = {source.sha256 for source in release.sources}
    left = tuple(file for file in drop_folder.waiting(folder, _no_pause).files if sha256_of(file) in published)
    drop_folder.move(left, place, _report([release.id]))


def _no_pause(_seconds: float) -> None:
    """A file is known by its hash: nothing is waited for."""


def _report(lines: list[str]) -> str:
    return "\n".join([*lines, ""])
