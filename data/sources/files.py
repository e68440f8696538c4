"""Opens source files: each fingerprinted and turned into sheets by the reader of its format.

The format is known by the content, the table by the columns, never by the file's name. Every reader leaves its cells as
the source has them: what they mean is decided in `data.sources.cells`, in one place for all formats.
"""

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.problems import ExtractError, Problem
from data.sources import csv as read_csv
from data.sources import decp as read_decp
from data.sources import ods as read_ods
from data.sources import parquet as read_parquet
from data.sources import xlsx as read_xlsx
from data.sources.mapping import Mapping
from data.sources.sheet import Sheet
from data.words import N_

_TEXT_NAMES = {".csv", ".txt", ".tsv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What a file was when it was opened. `seen` (size, time of change) tells cheaply that it has changed since."""

    path: Path
    sha256: str
    demo: bool
    seen: tuple[int, int]

    @property
    def unchanged(self) -> bool:
        """Whether the file is still the one that was read."""
        try:
            return _seen(self.path) == self.seen
        except OSError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of the command line and its sheets."""

    fingerprint: Fingerprint
    sheets: tuple[Sheet, ...]
    notices: tuple[Problem, ...] = ()


def open_source(path: Path, mapping: Mapping, connection: duckdb.DuckDBPyConnection, work: Path) -> SourceFile:
    """The file's sheets. `work`: a folder for copies in a form that DuckDB reads; `mapping`: what headers it knows.

    ExtractError when the file cannot be opened, has no known format, or is broken.
    """
    if str(path.absolute()).encode(errors="replace").decode() != str(path.absolute()):
        # Bytes that are no UTF-8 come from an old disk; no message and no query can name them.
        name = path.name.encode("ascii", errors="backslashreplace").decode()
        raise refused(Path(name), N_("nom de fichier ou de dossier illisible\u202f; renommez-le."), "unreadable_name")
    try:
        kind = _format(path)
        seen = _seen(path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        notices: list[Problem] = []
        if kind == "xlsx":
            sheets, notices = read_xlsx.read(path, work)
        elif kind == "ods":
            sheets, notices = read_ods.read(path, work)
        elif kind == "parquet":
            sheets = [read_parquet.read(path, connection)]
        elif kind in ("json", "xml"):
            sheets = read_decp.read(path, work, kind)
        else:
            sheets = [read_csv.read(path, mapping.weight, work)]
    except FileNotFoundError as error:
        raise refused(
            path, N_("fichier introuvable\u202f; vérifiez son nom et son dossier."), "missing_file"
        ) from error
    except PermissionError as error:
        raise refused(path, N_("lecture refusée\u202f; vérifiez les droits du fichier."), "no_permission") from error
    except OSError as error:
        message = N_("lecture impossible ({error}).")
        raise refused(path, message, "unreadable_file", error=error.strerror or error) from error
    demo = bool(sheets) and all(sheet.table is not None and sheet.table.demo for sheet in sheets)
    fingerprint = Fingerprint(path=path, sha256=sha256, demo=demo, seen=seen)
    return SourceFile(fingerprint=fingerprint, sheets=tuple(sheets), notices=tuple(notices))


def twice_named(paths: Sequence[Path]) -> list[Problem]:
    """A problem for each file named more than once: its rows would all be duplicates."""
    seen: set[str] = set()
    problems = []
    for path in paths:
        # Path.resolve raises RuntimeError in a loop of links; opening the file gives the reason in words.
        real = os.path.realpath(path)
        if real in seen:
            message = N_("fichier nommé deux fois\u202f; ne le nommez qu’une fois.")
            problems.append(Problem(kind="file_twice", file=path.name, message=message))
        seen.add(real)
    return problems


def refused(path: Path, message: str, kind: str, **values: object) -> ExtractError:
    """The one reason why a file cannot be read."""
    return ExtractError(Problem(kind=kind, file=path.name, message=message, values=dict(values)))


def _seen(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _format(path: Path) -> str:
    """csv, xlsx, ods, parquet, json or xml. ExtractError for anything else."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        message = N_("c’est un dossier\u202f; nommez les fichiers qu’il contient.")
        raise refused(path, message, "directory")
    if not stat.S_ISREG(mode):
        raise refused(path, N_("ce n’est pas un fichier ordinaire."), "not_a_file")
    with path.open("rb") as file:
        start = file.read(128)
    suffix = path.suffix.lower()
    if not start:
        raise refused(path, N_("fichier vide\u202f; exportez-le de nouveau."), "empty_file")
    # Programs give this name to CSV and HTML as well: what it holds cannot be known from it.
    if start.startswith(b"\xd0\xcf\x11\xe0") or (suffix == ".xls" and not start.startswith(b"PK")):
        message = N_("ancien format Excel (.xls) ou classeur protégé\u202f; enregistrez-le en .xlsx ou en CSV.")
        raise refused(path, message, "old_excel")
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return "ods" if read_ods.MIMETYPE in start or suffix == ".ods" else "xlsx"
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first in (b"{", b"["):
        return "json"
    if first == b"<":
        return "xml"
    if suffix in (".parquet", ".xlsx", ".xlsm", ".ods", ".json", ".xml"):
        message = N_("le contenu n’est pas celui d’un fichier {suffix}\u202f; exportez-le de nouveau.")
        raise refused(path, message, "not_its_format", suffix=suffix)
    if suffix not in _TEXT_NAMES:
        message = N_(
            "type de fichier inconnu\u202f; CSV (.csv, .txt, .tsv), XLSX, ODS, Parquet, ou JSON ou XML des DECP sont attendus."
        )
        raise refused(path, message, "unknown_format")
    return "csv"
