"""What one publisher prepares: files dropped, the mapping, what was read, the candidate. Beside the releases, for the server's own account.

preparations/<hash of the reader>/
    files/           the sources, under the names they came with
    mapping.toml     what was chosen for them, before it serves
    choices.json     the date of the data, and whether lines left out are accepted
    state.json       what is being done, or how it ended
    reading.json     what was read last
    candidate/       the release that would serve
    cancel           asks the process that reads to stop
"""

import hashlib
import json
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from data.release.durable import write_whole
from data.release.releases import extracts_folder

FOLDER: Final = "preparations"
MAPPING: Final = "mapping.toml"
_LONGEST_NAME: Final = 120
# Signs that some file system or shell understands otherwise.
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True, slots=True)
class Preparation:
    """The folder of one publisher. Nothing is there before a file is dropped."""

    folder: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """The sources, by name."""
        try:
            files = [file for file in (self.folder / "files").iterdir() if not file.name.startswith(".")]
        except OSError:
            return ()
        return tuple(sorted(files))

    @property
    def size(self) -> int:
        """Bytes of the sources together."""
        return sum(file.stat().st_size for file in self.files)

    @property
    def mapping(self) -> Path | None:
        """The mapping that was chosen here; else the one that served last; None before the first."""
        kept = kept_mapping()
        return next((file for file in (self.folder / MAPPING, kept) if file.is_file()), None)

    @property
    def candidate(self) -> Path:
        """Where the release that would serve is written."""
        return self.folder / "candidate"

    def open(self) -> None:
        """Makes the folder, which nobody else reads."""
        self.folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.folder / "files").mkdir(parents=True, exist_ok=True, mode=0o700)

    def incoming(self) -> Path:
        """A new name for a file that arrives; it is no source before `take`."""
        self.open()
        return self.folder / "files" / f".incoming-{os.urandom(8).hex()}"

    def take(self, incoming: Path, name: str) -> Path:
        """The file that arrived, now a source under its own name in the place of an earlier one; a mapping.toml is the mapping."""
        safe = safe_name(name)
        place = self.folder / MAPPING if safe.lower().endswith(".toml") else self.folder / "files" / safe
        incoming.replace(place)
        self.forget_reading()
        return place

    def remove(self, name: str) -> None:
        """Takes one source away, and what was read of all of them."""
        for file in self.files:
            if file.name == name:
                file.unlink(missing_ok=True)
        self.forget_reading()

    def forget_reading(self) -> None:
        """What was read is no longer what is there."""
        for name in ("state.json", "reading.json", "cancel"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.candidate, ignore_errors=True)

    def discard(self) -> None:
        """Nothing of it is left."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name: str, content: Any) -> None:
        """Writes one of its files of JSON."""
        self.write_text(f"{name}.json", json.dumps(content, ensure_ascii=False))

    def write_text(self, name: str, text: str) -> None:
        """Writes one of its files in one step: whoever reads sees the old one or the new one."""
        self.open()
        write_whole(self.folder / name, text)

    def read(self, name: str) -> Any:
        """What one of its files of JSON says; None without one."""
        try:
            return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None


def preparation_of(reader: str) -> Preparation:
    """The preparation of a reader, whose name does not stand on the disk."""
    return Preparation(extracts_folder() / FOLDER / hashlib.sha256(reader.encode()).hexdigest()[:24])


def kept_mapping() -> Path:
    """The mapping of the last release that a page published, used again for the next one."""
    return extracts_folder() / MAPPING


def safe_name(name: str) -> str:
    """A file's name that is one name in a folder, its ending kept."""
    plain = _UNSAFE.sub("_", name).strip(" .") or "fichier"
    stem, dot, ending = plain.rpartition(".")
    return (
        f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
        if len(plain) > _LONGEST_NAME and dot
        else plain[:_LONGEST_NAME]
    )


def forget_old(days: int) -> None:
    """Removes the preparations that nobody touched for so many days: sources are personal data."""
    oldest = time.time() - days * 86_400
    for folder in (extracts_folder() / FOLDER).glob("*"):
        try:
            if max(path.stat().st_mtime for path in (folder, *folder.rglob("*"))) < oldest:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # another process removes it
