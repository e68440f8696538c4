"""Releases: the complete, checked and immutable folders that readers are served from.

`releases/<UTC time>-<hash>/` holds a release; the symbolic link `current` names the one that serves. The link is
replaced in one atomic rename, so a reader sees the old release or the new one, never a mixture. Old releases are kept
so that one can go back; deleting a folder of `releases/` that `current` does not name is safe at any time. The file
`served` keeps the order in which releases served: no clock decides where going back leads.
"""

import datetime as dt
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.codes import AnomalyKind
from data.problems import ExtractError, Problem
from data.schema import SCHEMA_VERSION
from data.words import N_

DEFAULT_FOLDER = Path(__file__).parents[1] / "extracts"
CONTRACTS = "contracts.parquet"
HOURS = "hours.parquet"
ROLLUP = "hours_monthly.parquet"
PERSONS = "persons.parquet"
SKETCHES = "sketches.parquet"
ANOMALIES = "anomalies.parquet"
NOTIFIED = "notified.parquet"
NOTE = "release.json"
SERVED = "served"
_REMEMBERED = 1000
# Folders of publishes under way: never listed, removed by the next publish when theirs was killed.
WRITING = ".writing-"
# Within them, what is gone once the release is written.
WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """No number of participants below is shown: to readers with an account, to the public."""

    account: int
    public: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was published: its table, its rows, and the fingerprint that proves which file it was."""

    file: str
    table: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalyCount:
    """Rows of one kind of anomaly and their weight in hours."""

    kind: AnomalyKind
    rows: int
    hours: Decimal
    in_totals: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release, as its release.json tells it. Hashable; two releases never share an id.

    `contracts` and `lots` count distinct contracts and lots of contracts.parquet, `hours_rows` the rows of
    hours.parquet, `rows_left_out` the duplicates and orphans that are not in it; `hours_validated` and `hours_pending` are
    the totals of all its lots. `absent_columns` ("contracts.sector")
    are those that no source had. `anomalies` has one entry for every kind, zero rows included. `previous` is the
    release that served when this one was published. `validated_in_time` is the share of hours validated within the
    lag of the settings, None where no line says when. `notified` counts the contracts of notified.parquet; None when no
    source was DECP: there is no such file then, and no share can be computed. `files`: each file with its SHA-256; empty
    for a release of version 0.1, which kept none. `thresholds`: those that persons.parquet was drawn under.
    """

    id: str
    path: Path
    demo: bool
    data_as_of: dt.date
    published_at: dt.datetime
    first_month: dt.date | None
    last_month: dt.date | None
    contracts: int
    lots: int
    hours_rows: int
    rows_left_out: int
    hours_validated: Decimal
    hours_pending: Decimal
    sources: tuple[Source, ...]
    schema_version: int
    absent_columns: tuple[str, ...]
    anomalies: tuple[AnomalyCount, ...]
    previous: str | None = None
    notified: int | None = None
    validated_in_time: float | None = None
    files: tuple[tuple[str, str], ...] = ()
    thresholds: Thresholds = Thresholds(account=5, public=11)

    def file(self, name: str) -> Path:
        """The path of one of the release's files."""
        return self.path / name


def extracts_folder() -> Path:
    """The folder that CAP_EXTRACTS names, else data/extracts; absolute."""
    return Path(os.environ.get("CAP_EXTRACTS") or DEFAULT_FOLDER).absolute()


def releases_folder() -> Path:
    """Where the releases lie."""
    return extracts_folder() / "releases"


def current_release() -> Release | None:
    """The release that serves, None before the first publish.

    Costs a readlink and a stat while the pointer is unchanged, so it may be asked at each interaction. ExtractError
    when the pointer or the release it names is broken.
    """
    pointer = extracts_folder() / "current"
    try:
        target = pointer.readlink()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _broken(pointer, N_("ce n’est pas un lien vers une version ({error})."), error=error) from error
    return read_release(pointer.parent / target)


def serves_old_demonstration() -> bool:
    """Whether what `current` names is a demonstration of an earlier version of the contract: nothing is lost by remaking it."""
    try:
        told = json.loads((extracts_folder() / "current" / NOTE).read_text(encoding="utf-8"))
        return told["demo"] is True and int(told["schema_version"]) < SCHEMA_VERSION
    except (OSError, ValueError, TypeError, KeyError):
        return False


def releases() -> tuple[Release, ...]:
    """All complete releases, newest first. A folder whose release.json cannot be read is passed over."""
    found = []
    for folder in releases_folder().glob("[!.]*"):
        try:
            found.append(read_release(folder))
        except ExtractError:
            continue
    return tuple(sorted(found, key=lambda release: (release.published_at, release.id), reverse=True))


def point_at(release_id: str) -> Release:
    """The release, now serving, after the one that served until now. ExtractError when it is missing or broken."""
    release = read_release(releases_folder() / release_id)
    before, current = _served() or [release.previous or ""], current_id()
    if current in before:
        # What follows was to serve and never did: its publish ended between its place in the order and the pointer.
        before = before[: before.index(current) + 1]
    # First the order, then the pointer: a full disk stops either of them before anything serves.
    _remember([*(name for name in before if name and name != release_id), release_id])
    _serve(release_id)
    return release


def go_back() -> Release:
    """The release that served before the current one, serving again. ExtractError when there is none.

    One that was withdrawn by going back is not returned to, one that was deleted or is broken is passed over. The current one
    may be broken itself. Where no order was kept (version 0.1), each release remembers the one it took over from.
    """
    with publishing_lock():
        earlier = list(served_before())
        while earlier and not is_whole(earlier[0]):
            earlier.pop(0)
        if not earlier:
            raise ExtractError(
                Problem(kind="no_release_before", message=N_("il n’y a pas de version antérieure à laquelle revenir."))
            )
        try:
            _remember([release.id for release in reversed(earlier)])
            _serve(earlier[0].id)
        except OSError as error:
            message = N_("retour impossible ({error})\u202f; la même version reste en service.")
            raise _broken(extracts_folder(), message, error=error.strerror) from error
        return earlier[0]


def served_before() -> tuple[Release, ...]:
    """The releases that served before the one that `current` names and were not withdrawn, the latest first; whole or not."""
    current, there = current_id(), {release.id: release for release in releases()}
    order = _served()
    before = order[: order.index(current)] if current in order else order
    if not order and current in there:
        before = [release.id for release in reversed(releases()) if release.published_at < there[current].published_at]
        before.append(there[current].previous or "")
    return tuple(there[name] for name in reversed(before) if name in there and name != current)


def is_whole(release: Release) -> bool:
    """Whether all its files are those that were published."""
    try:
        check_files(release)
    except ExtractError:
        return False
    return True


def _serve(release_id: str) -> None:
    """`current` is replaced in one rename."""
    pointer = extracts_folder() / "current"
    waiting = pointer.with_name(f".current-{os.getpid()}")
    waiting.unlink(missing_ok=True)
    try:
        waiting.symlink_to(Path("releases") / release_id)
        waiting.replace(pointer)
    except OSError:
        waiting.unlink(missing_ok=True)
        raise
    with suppress(OSError):
        # It serves by now. Where the disk cannot confirm it, a power cut may return to the release before, which is whole.
        sync_folder(pointer.parent)


def current_id() -> str:
    """The id that `current` names, whatever state that release is in; empty when nothing is named."""
    try:
        return (extracts_folder() / "current").readlink().name
    except OSError:
        return ""


def _served() -> list[str]:
    """The ids in the order in which they served, without those that were withdrawn; empty when no order was kept."""
    try:
        return (extracts_folder() / SERVED).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []


def _remember(order: list[str]) -> None:
    file = extracts_folder() / SERVED
    waiting = file.with_name(f".{SERVED}-{os.getpid()}")
    try:
        with waiting.open("w", encoding="ascii") as out:
            out.writelines(f"{name}\n" for name in order[-_REMEMBERED:])
            out.flush()
            os.fsync(out.fileno())
        waiting.replace(file)
    except OSError:
        waiting.unlink(missing_ok=True)
        raise


def sweep() -> None:
    """Removes what publishes that were killed left. Within the publishing lock."""
    for remains in releases_folder().glob(f"{WRITING}*"):
        shutil.rmtree(remains, ignore_errors=True)
    for name in ("current", SERVED):
        for draft in extracts_folder().glob(f".{name}-*"):
            draft.unlink(missing_ok=True)


def check_files(release: Release) -> None:
    """ExtractError when a file of the release is missing, cut or changed since it was published: its figures would be others.

    Reads every file once (some seconds at a hundred million lines), and again when its size or time of change differs.
    """
    for name, sha256 in release.files:
        file = release.file(name)
        try:
            seen = file.stat()
            found = _sha256(file, seen.st_size, seen.st_mtime_ns, seen.st_ino)
        except OSError as error:
            message = N_("fichier illisible ({error})\u202f; publiez de nouveau ou revenez en arrière.")
            raise _broken(file, message, error=error.strerror) from error
        if found != sha256:
            raise _broken(
                file,
                N_("fichier coupé ou modifié depuis la publication\u202f; publiez de nouveau ou revenez en arrière."),
            )


@lru_cache(maxsize=256)
def _sha256(file: Path, *_seen: int) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def publishing_lock() -> Iterator[None]:
    """One publish at a time. The kernel frees the lock when its process ends, however it ends.

    ExtractError when another process holds it, or when the folder of extracts cannot be written.
    """
    folder = extracts_folder()
    try:
        releases_folder().mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        message = N_("dossier des extractions inutilisable ({error})\u202f; vérifiez CAP_EXTRACTS et les droits.")
        raise _broken(folder, message, error=error.strerror) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _broken(folder, N_("une autre publication est en cours\u202f; attendez qu’elle finisse.")) from error
        yield
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable: a rename survives a power cut only once its folder is synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_release(folder: Path) -> Release:
    """The release in a folder. ExtractError when it is missing, incomplete or of another version of the contract."""
    note = folder / NOTE
    try:
        stamp = note.stat().st_mtime_ns
    except OSError as error:
        raise _broken(
            note, N_("version absente ou incomplète\u202f; publiez de nouveau ou revenez en arrière.")
        ) from error
    return _read_note(note, stamp)


@lru_cache(maxsize=64)
def _read_note(note: Path, _stamp: int) -> Release:
    try:
        release = _release(note.parent, json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        message = N_("release.json illisible ({error})\u202f; publiez de nouveau ou revenez en arrière.")
        raise _broken(note, message, error=f"{type(error).__name__}: {error}") from error
    if release.schema_version != SCHEMA_VERSION:
        message = N_("version {found} du contrat de données, {expected} attendue\u202f; publiez de nouveau.")
        raise ExtractError(
            Problem(
                kind="release_outdated",
                file=str(note),
                message=message,
                values={"found": release.schema_version, "expected": SCHEMA_VERSION},
            )
        )
    return release


def _release(folder: Path, told: dict[str, Any]) -> Release:
    def day(name: str) -> dt.date | None:
        return dt.date.fromisoformat(told[name]) if told[name] else None

    return Release(
        id=folder.name,
        path=folder,
        demo=bool(told["demo"]),
        data_as_of=dt.date.fromisoformat(told["data_as_of"]),
        published_at=dt.datetime.fromisoformat(told["published_at"]),
        first_month=day("first_month"),
        last_month=day("last_month"),
        contracts=int(told["contracts"]),
        lots=int(told["lots"]),
        hours_rows=int(told["hours_rows"]),
        rows_left_out=int(told["rows_left_out"]),
        hours_validated=Decimal(told["hours_validated"]),
        hours_pending=Decimal(told["hours_pending"]),
        sources=tuple(Source(**source) for source in told["sources"]),
        schema_version=int(told["schema_version"]),
        absent_columns=tuple(told["absent_columns"]),
        anomalies=tuple(
            AnomalyCount(
                kind=AnomalyKind.of(entry["kind"]),
                rows=int(entry["rows"]),
                hours=Decimal(entry["hours"]),
                in_totals=bool(entry["in_totals"]),
            )
            for entry in told["anomalies"]
        ),
        previous=told["previous"],
        notified=told.get("notified"),
        validated_in_time=told.get("validated_in_time"),
        files=tuple((str(name), str(sha256)) for name, sha256 in told.get("files", {}).items()),
        thresholds=Thresholds(account=told["thresholds"][0], public=told["thresholds"][1]),
    )


def _broken(place: Path, message: str, **values: object) -> ExtractError:
    return ExtractError(Problem(kind="release_broken", file=str(place), message=message, values=dict(values)))
