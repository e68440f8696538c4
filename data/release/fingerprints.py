"""Fingerprints of a release's files: they are those that were published, or the release does not serve."""

import hashlib
from functools import lru_cache
from pathlib import Path

from data.problems import ExtractError
from data.release.releases import Release, broken
from data.words import N_


def check_files(release: Release) -> None:
    """ExtractError when a file of the release is missing, cut or changed since it was published: its figures would be others.

    Reads every file once (some seconds at a hundred million lines), and again when its size or time of change differs.
    """
    for name, sha256 in release.files:
        file = release.file(name)
        try:
            seen = file.stat()
            digest = _sha256(file, seen.st_size, seen.st_mtime_ns, seen.st_ino)
        except OSError as error:
            message = N_("fichier illisible ({error})\u202f; publiez de nouveau ou revenez en arrière.")
            raise broken(file, message, error=error.strerror) from error
        if digest != sha256:
            raise broken(
                file,
                N_("fichier coupé ou modifié depuis la publication\u202f; publiez de nouveau ou revenez en arrière."),
            )


def is_whole(release: Release) -> bool:
    """Whether all its files are those that were published."""
    try:
        check_files(release)
    except ExtractError:
        return False
    return True


def sha256_of(file: Path) -> str:
    """The fingerprint of a file's bytes."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@lru_cache(maxsize=256)
def _sha256(file: Path, *_seen: int) -> str:
    return sha256_of(file)
