"""The notice of an object store: which release serves, each of its files with its size and fingerprint, what served before.

It is the last object that is written and the first that is read, and is replaced only by whoever has seen the one before.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from data.problems import ExtractError
from data.release.releases import NOTE
from data.replica.faults import fault
from data.replica.store import Store, StoredFile
from data.words import N_

NOTICE: Final = "current.json"
RELEASES: Final = "releases"
_LARGEST: Final = 1 << 20
_REMEMBERED: Final = 100
# Names become names of files here: nothing else is accepted from a store.
_ID: Final = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}", re.ASCII)
_FILE: Final = re.compile(r"[a-z][a-z0-9_]{0,60}\.parquet", re.ASCII)
_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`files`: release.json is the last one. `served`: the ids in the order in which they served, `release` the last one."""

    release: str
    files: tuple[StoredFile, ...]
    served: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Where the files lie."""
        return folder_of(self.release)

    def text(self) -> bytes:
        """As it is stored."""
        files = {file.name: {"size": file.size, "sha256": file.sha256} for file in self.files}
        content = {"format": 1, "release": self.release, "files": files, "served": self.served[-_REMEMBERED:]}
        return (json.dumps(content, indent=1) + "\n").encode()


def folder_of(release_id: str) -> str:
    """The folder of a release within the store."""
    return f"{RELEASES}/{release_id}"


def read_notice(store: Store) -> tuple[Notice | None, str | None]:
    """The notice and its mark; two None before the first release. ExtractError when it is not one of ours."""
    stored = store.read(NOTICE, _LARGEST)
    if stored is None:
        return None, None
    try:
        return _notice(json.loads(stored[0])), stored[1]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        message = N_("{name} n’est pas de ce produit\u202f; rien n’en est lu.")
        raise fault(store.address, "store_wrong", message, name=NOTICE) from error


def no_notice(store: Store) -> ExtractError:
    """Nothing was sent there yet."""
    return fault(store.address, "store_empty", N_("aucune version n’y a encore été publiée."))


def _notice(content: dict[str, Any]) -> Notice:
    files = [
        StoredFile(name=name, size=entry["size"], sha256=entry["sha256"]) for name, entry in content["files"].items()
    ]
    served = tuple(content["served"])
    if content["format"] != 1 or served[-1] != content["release"] or files[-1].name != NOTE:
        raise ValueError("not in the form of a notice")
    for name in served:
        _held_to(_ID, name)
    for file in files:
        _held_to(_SHA256, file.sha256)
        if file.name != NOTE:
            _held_to(_FILE, file.name)
        if type(file.size) is not int or file.size < 0:
            raise ValueError("not a size")
    return Notice(release=content["release"], files=tuple(files), served=served)


def _held_to(form: re.Pattern[str], text: str) -> None:
    if not form.fullmatch(text):
        raise ValueError("not in its form")
