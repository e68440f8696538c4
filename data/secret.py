"""The secret of the installation: the seed of the rounding of participants. Whoever knows it could undo the rounding.

It lies in the folder of the extracts, readable by its owner only, and stays the same over releases, so that an unchanged
number keeps its rounding. Servers that show the same extracts share it.
"""

import os
import secrets
from functools import cache
from pathlib import Path

from data.problems import ExtractError, Problem
from data.words import N_

FILE = "rounding.secret"
_BYTES = 32


@cache
def installation_secret(folder: Path) -> bytes:
    """The secret in that folder, made at first need. ExtractError when it can be neither read nor written, or is too short."""
    file = folder / FILE
    try:
        if not file.exists():
            _make(file)
        content = file.read_bytes()
    except OSError as error:
        message = N_(
            "le secret de l’arrondi des personnes ne peut être ni lu ni écrit ({error})\u202f; donnez ce droit au serveur sur ce fichier."
        )
        raise ExtractError(
            Problem(kind="secret_unreadable", file=str(file), message=message, values={"error": error.strerror})
        ) from error
    if len(content) < _BYTES:
        message = N_("le secret de l’arrondi des personnes est incomplet\u202f; supprimez ce fichier, il sera refait.")
        raise ExtractError(Problem(kind="secret_short", file=str(file), message=message))
    return content


def _make(file: Path) -> None:
    """Written whole under another name, then linked: of two servers that start together, one makes it and both read it."""
    draft = file.with_name(f".{FILE}-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return
        except OSError:
            # Where a file has one name only (exFAT, some shares).
            if not file.exists():
                draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
