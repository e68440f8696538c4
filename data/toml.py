"""A TOML file as a person saved it, on Windows as well: its text, and what to do when it is no TOML."""

import codecs
import re
import tomllib
from pathlib import Path
from typing import Any

from data.words import N_


class UnreadableTomlError(Exception):
    """`message`, a catalogue text with its `values`, says what is wrong; `row`, where."""

    def __init__(self, message: str, row: int | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.row = row
        self.values = values


_TYPOGRAPHIC = re.compile("[“”„«»‘’]")
_QUOTES = N_('guillemets typographiques {marks}\u00a0: écrivez des guillemets droits ".')
_SYNTAX = N_("ce n’est pas du TOML ({error})\u202f; corrigez cette ligne.")
_ENCODING = N_(
    "encodage inconnu\u202f; enregistrez le fichier en UTF-8 (Bloc-notes\u00a0: Enregistrer sous, Encodage)."
)


def read_toml(file: Path) -> dict[str, Any]:
    """What the file says. UnreadableTomlError when it cannot be understood, OSError when it cannot be read."""
    return parsed(decoded(file.read_bytes()))


def decoded(content: bytes) -> str:
    """The text of UTF-8, with or without its mark, of UTF-16, or of Windows-1252; UnreadableTomlError when it is none of them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _or_unreadable(content, "utf-16")
    if content[1:2] == b"\0":
        return _or_unreadable(content, "utf-16-le")
    if content[:1] == b"\0":
        return _or_unreadable(content, "utf-16-be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        # Beside a character of UTF-8, a byte of Windows-1252 is a file of two encodings, which nobody can be sure of.
        if re.search(rb"[\xc2-\xf4][\x80-\xbf]", content):
            raise UnreadableTomlError(_ENCODING, row=line) from error
        return _or_unreadable(content, "cp1252", line)


def _or_unreadable(content: bytes, encoding: str, line: int | None = None) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTomlError(_ENCODING, row=line) from error


def parsed(text: str) -> dict[str, Any]:
    """What a text says; UnreadableTomlError names the line, and the typographic quotes when they are the reason."""
    try:
        return tomllib.loads(text.replace("\r\n", "\n").replace("\r", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        row = int(place[1]) if place else None
        lines = text.splitlines()
        stands = lines[row - 1] if row and row <= len(lines) else ""
        if marks := sorted(set(_TYPOGRAPHIC.findall(stands))):
            raise UnreadableTomlError(_QUOTES, row=row, marks=" ".join(marks)) from error
        reason = re.sub(r" ?\(at line.*\)", "", str(error))
        raise UnreadableTomlError(_SYNTAX, row=row, error=reason) from error
