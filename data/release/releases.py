"""Releases: the complete, checked and immutable folders that readers are served from.

`releases/<UTC time>-<eight digits at random>/` holds a release. Old ones are kept so that one can go back; deleting a folder of `releases/`
that does not serve is safe at any time. Which one serves: data/release/pointer.py.
"""

import datetime as dt
import json
import os
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
COMMENTS = "comments.parquet"
NOTE = "release.json"
# Beside `releases/`: what serves, and in which order releases served.
CURRENT = "current"
SERVED = "served"
# Folders of publishes under way: never listed, removed by the next publish when theirs was killed.
WRITING = ".writing-"
# Within them, what is gone once the release is written.
WORK = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The lowest visible number of participants: for readers with an account, for the public."""

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
class Structure:
    """A structure of an observatory: its code, the date of its data, when they were published."""

    code: str
    data_as_of: dt.date
    published_at: dt.datetime

    def as_json(self) -> dict[str, str]:
        """The entry of release.json."""
        dates = {"data_as_of": self.data_as_of.isoformat(), "published_at": self.published_at.isoformat()}
        return {"code": self.code, **dates}


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release, as its release.json tells it. Hashable; two releases never share an id.

    `contracts` and `lots` count distinct contracts and lots of contracts.parquet, `hours_rows` the rows of
    hours.parquet, `rows_left_out` the duplicates and orphans that are not in it; `hours_validated` and `hours_pending` are
    the totals of all its lots. `absent_columns` ("contracts.sector")
    are those that no source had. `anomalies` has one entry for every kind, zero rows included. `previous` is the
    release that served when this one was published. `validated_in_time` is the share of hours validated within the
    lag of the settings, None where no line says when. `notified` counts the contracts of notified.parquet; None when no
    source was DECP: there is no such file then, and no share can be computed. `comments` likewise. `files`: each file with its SHA-256; empty
    for a release of version 0.1, which kept none. `thresholds`: those that persons.parquet was drawn under. `structures`: those
    of an observatory, by code; none where a single authority publishes.
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
    comments: int | None = None
    validated_in_time: float | None = None
    files: tuple[tuple[str, str], ...] = ()
    thresholds: Thresholds = Thresholds(account=5, public=11)
    structures: tuple[Structure, ...] = ()

    @property
    def has_several(self) -> bool:
        """Whether several structures publish: a single authority sees nothing of what tells them apart."""
        return len(self.structures) > 1

    def file(self, name: str) -> Path:
        """The path of one of the release's files."""
        return self.path / name


def extracts_folder() -> Path:
    """The folder that CAP_EXTRACTS names, else data/extracts; absolute."""
    return Path(os.environ.get("CAP_EXTRACTS") or DEFAULT_FOLDER).absolute()


def releases_folder() -> Path:
    """Where the releases lie."""
    return extracts_folder() / "releases"


def releases() -> tuple[Release, ...]:
    """All complete releases, newest first. A folder whose release.json cannot be read is passed over."""
    readable = []
    for folder in releases_folder().glob("[!.]*"):
        try:
            readable.append(read_release(folder))
        except ExtractError:
            continue
    return tuple(sorted(readable, key=lambda release: (release.published_at, release.id), reverse=True))


def read_release(folder: Path) -> Release:
    """The release in a folder. ExtractError when it is missing, incomplete or of another version of the contract."""
    note = folder / NOTE
    try:
        stamp = note.stat().st_mtime_ns
    except OSError as error:
        raise broken(
            note, N_("version absente ou incomplète\u202f; publiez de nouveau ou revenez en arrière.")
        ) from error
    return _read_note(note, stamp)


@lru_cache(maxsize=64)
def _read_note(note: Path, _stamp: int) -> Release:
    try:
        release = _release(note.parent, json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        message = N_("release.json illisible ({error})\u202f; publiez de nouveau ou revenez en arrière.")
        raise broken(note, message, error=f"{type(error).__name__}: {error}") from error
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


def _release(folder: Path, note: dict[str, Any]) -> Release:
    def day(name: str) -> dt.date | None:
        return dt.date.fromisoformat(note[name]) if note[name] else None

    return Release(
        id=folder.name,
        path=folder,
        demo=bool(note["demo"]),
        data_as_of=dt.date.fromisoformat(note["data_as_of"]),
        published_at=dt.datetime.fromisoformat(note["published_at"]),
        first_month=day("first_month"),
        last_month=day("last_month"),
        contracts=int(note["contracts"]),
        lots=int(note["lots"]),
        hours_rows=int(note["hours_rows"]),
        rows_left_out=int(note["rows_left_out"]),
        hours_validated=Decimal(note["hours_validated"]),
        hours_pending=Decimal(note["hours_pending"]),
        sources=tuple(Source(**source) for source in note["sources"]),
        schema_version=int(note["schema_version"]),
        absent_columns=tuple(note["absent_columns"]),
        anomalies=tuple(
            AnomalyCount(
                kind=AnomalyKind.of(entry["kind"]),
                rows=int(entry["rows"]),
                hours=Decimal(entry["hours"]),
                in_totals=bool(entry["in_totals"]),
            )
            for entry in note["anomalies"]
        ),
        previous=note["previous"],
        notified=note.get("notified"),
        comments=note.get("comments"),
        validated_in_time=note.get("validated_in_time"),
        files=tuple((str(name), str(sha256)) for name, sha256 in note.get("files", {}).items()),
        thresholds=Thresholds(account=note["thresholds"][0], public=note["thresholds"][1]),
        structures=tuple(
            Structure(
                code=str(entry["code"]),
                data_as_of=dt.date.fromisoformat(entry["data_as_of"]),
                published_at=dt.datetime.fromisoformat(entry["published_at"]),
            )
            for entry in note.get("structures", [])
        ),
    )


def broken(place: Path, message: str, **values: object) -> ExtractError:
    """The error of a place of the extracts that cannot be used."""
    return ExtractError(Problem(kind="release_broken", file=str(place), message=message, values=dict(values)))
