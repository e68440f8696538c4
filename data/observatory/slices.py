"""A slice: what one structure published, as typed rows before they are put together with the others'.

It lies in the release that is made of it (`structures/CAP76/`), and every later release has it too, by a link to the same file: a
release is whole by itself, and going back to one goes back to its slices.
"""

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from data.problems import ExtractError, Problem
from data.release.durable import sync_file, sync_folder
from data.release.fingerprints import sha256_of
from data.release.pointer import current_id
from data.release.releases import Source, releases_folder
from data.schema import ALL_TABLES
from data.sources.extract import Extract
from data.sources.raw_table import quoted
from data.words import N_

FOLDER: Final = "structures"
NOTE: Final = "slice.json"
_UNREADABLE: Final = "decp_unreadable"  # cells of the DECP that could not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The slice of one structure, in its folder: what slice.json tells of it."""

    folder: Path
    data_as_of: dt.date
    published_at: dt.datetime
    demo: bool
    sources: tuple[Source, ...]
    present_columns: frozenset[str]
    files: tuple[tuple[str, str], ...]

    @property
    def structure(self) -> str:
        """The code of the structure."""
        return self.folder.name

    def file(self, table: str) -> Path:
        """The rows of a table."""
        return self.folder / f"{table}.parquet"


def write_slice(extract: Extract, structure: str, release: Path, now: dt.datetime) -> Slice:
    """The typed rows of an extract without problems, durable in the folder of the release that is being written."""
    folder = release / FOLDER / structure
    folder.mkdir(parents=True)
    for table in (*(f"{one.name}_read" for one in ALL_TABLES), _UNREADABLE):
        file = folder / f"{table.removesuffix('_read')}.parquet"
        _copy(extract.connection, table, file)
        sync_file(file)
    note = {
        "data_as_of": extract.data_as_of.isoformat(),
        "published_at": now.isoformat(),
        "demo": extract.demo,
        "found_columns": sorted(extract.present_columns),
        "sources": [
            {"file": source.file, "table": source.table, "sha256": source.sha256, "rows": source.rows}
            for source in extract.sources
        ],
        "files": {file.name: sha256_of(file) for file in sorted(folder.glob("*.parquet"))},
    }
    (folder / NOTE).write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    sync_file(folder / NOTE)
    sync_folder(folder)
    return read_slice(folder)


def _copy(connection: duckdb.DuckDBPyConnection, table: str, file: Path) -> None:
    connection.execute(f"COPY (FROM {table}) TO {quoted(str(file))} (FORMAT parquet, COMPRESSION zstd)")


def read_slice(folder: Path) -> Slice:
    """The slice in a folder. ExtractError when it cannot be read, or is not the one that was accepted."""
    try:
        note: dict[str, Any] = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        files = tuple((str(name), str(sha256)) for name, sha256 in note["files"].items())
        if any(sha256_of(folder / name) != sha256 for name, sha256 in files):
            raise ValueError(NOTE)
        return Slice(
            folder=folder,
            data_as_of=dt.date.fromisoformat(note["data_as_of"]),
            published_at=dt.datetime.fromisoformat(note["published_at"]),
            demo=bool(note["demo"]),
            sources=tuple(Source(**source) for source in note["sources"]),
            present_columns=frozenset(note["found_columns"]),
            files=files,
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        problem = Problem(kind="slice_broken", file=str(folder), message=_BROKEN, values={"code": folder.name})
        raise ExtractError(problem) from error


def kept_slices() -> Iterator[Path]:
    """The folders of the slices that the release in service is made of."""
    serving = current_id()
    if serving:
        yield from sorted(note.parent for note in (releases_folder() / serving / FOLDER).glob(f"*/{NOTE}"))


def linked(folder: Path, release: Path) -> Slice:
    """A slice taken over by another release: the same files, without a copy where the disk can."""
    own = release / FOLDER / folder.name
    own.mkdir(parents=True)
    for file in sorted(folder.iterdir()):
        try:
            os.link(file, own / file.name)
        except OSError:
            shutil.copy2(file, own / file.name)
    sync_folder(own)
    return read_slice(own)


_BROKEN = N_(
    "les données gardées de la structure {code} sont abîmées\u202f; publiez-la de nouveau, ou revenez en arrière (--back)."
)
