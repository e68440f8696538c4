"""Changes to settings.toml that keep its comments: made on its text, checked as the file is, written in one step, the old one kept."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Comment, Table, Whitespace

from data.problems import ExtractError, Problem
from data.reference import unknown_epci
from data.release.durable import write_whole
from data.release.file_lock import locked
from data.release.releases import Release
from data.release.rules import overlapping
from data.settings import Settings, settings_file, settings_of, settings_text
from data.settings_structures import NO_EPCI
from data.settings_values import wrong
from data.words import N_

Value = str | int | Decimal | bool | dt.date | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What becomes of one table: `values` by name, None to take an entry away. `place`: which of a list; None for a single table.

    `removed`: the whole table of a list goes. A `place` beyond the last one adds a table.
    """

    section: str
    place: int | None = None
    values: dict[str, Value | None] = field(default_factory=dict)
    removed: bool = False


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the changes in it. A table whose figures are changed is no longer the demonstration's."""
    document = tomlkit.parse(text)
    for edit in sorted(edits, key=lambda edit: (edit.section, -(edit.place or 0) if edit.removed else 0)):
        if edit.removed:
            continue
        _change(_table(document, edit), edit.values)
    for edit in sorted(edits, key=lambda edit: -(edit.place or 0)):
        if edit.removed and edit.place is not None:
            _remove(document, edit.section, edit.place)
    return tomlkit.dumps(document)


def _table(document: tomlkit.TOMLDocument, edit: Edit) -> Any:
    """The table of an edit, made when there is none."""
    if edit.place is None:
        if edit.section not in document:
            document.add(tomlkit.nl())
            document.add(edit.section, tomlkit.table())
        return document[edit.section]
    if edit.section not in document:
        document.add(edit.section, tomlkit.aot())
    tables: Any = document[edit.section]
    if edit.place >= len(tables):
        tables.append(tomlkit.table())
        return tables[-1]
    return tables[edit.place]


def _change(table: Any, values: dict[str, Value | None]) -> None:
    for name, value in values.items():
        if value is None:
            table.pop(name, None)
        elif name in table:
            table[name] = _item(value)
        else:
            _add(table, name, value)
    if values and "demo" not in values:
        table.pop("demo", None)


def _add(table: Any, name: str, value: Value) -> None:
    """A new entry, below the last one: what follows that one (blank lines, comments of the next table) stays below."""
    body = table.value.body if isinstance(table, Table) else []
    given = [key for key, item in body if key is not None and not isinstance(item, Whitespace | Comment)]
    if given:
        table.value._insert_after(given[-1], name, _item(value))
    else:
        table.add(name, _item(value))


def _item(value: Value) -> Any:
    if isinstance(value, bool):
        return tomlkit.item(value)
    if isinstance(value, Decimal | int):
        return tomlkit.value(_number(Decimal(value)))
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def _number(number: Decimal) -> str:
    """As people write it in TOML: 72_000, 1607, 0.25."""
    if number != number.to_integral_value():
        return f"{number:f}"
    return f"{int(number):_}" if abs(number) >= 10_000 else str(int(number))


def _remove(document: tomlkit.TOMLDocument, section: str, place: int) -> None:
    """Takes a table of a list away; comments that stand after it, above the next one, stay."""
    tables: Any = document[section]
    assert isinstance(tables, AoT)
    kept = _after(tables[place])
    if len(tables) == 1:
        document.remove(section)
        return
    del tables[place]
    for item in kept if place else ():
        tables[place - 1].add(item)


def _after(table: Any) -> list[Any]:
    """The comments at the end of a table, with the blank lines around them."""
    kept: list[Any] = []
    for key, item in reversed(table.value.body):
        if key is not None:
            break
        kept.insert(0, item)
    return kept if any(isinstance(item, Comment) for item in kept) else []


def checked(text: str, release: Release) -> Settings:
    """The settings that a text holds, checked as the file is, and against what is published. ExtractError."""
    settings = settings_of(settings_file(), text)
    if unknown := unknown_epci([settings.authority.epci]):
        raise wrong(settings_file(), "authority.epci", NO_EPCI, epci=unknown[0])
    logo = settings.paper.logo
    if logo and not (settings_file().parent / logo).is_file():
        raise wrong(settings_file(), "paper.logo", _NO_LOGO, logo=logo)
    if problems := overlapping(settings.applying_to(release.demo), release.first_month):
        raise ExtractError(*problems)
    return settings


def save(before: str, after: str, now: dt.datetime) -> Path:
    """Writes the text; where the old one is kept. ExtractError when it cannot be written, or somebody else changed the file meanwhile."""
    file = settings_file().resolve()
    try:
        with locked(file.with_name(f".{file.name}.lock"), wait=True):
            if settings_text() != before:
                raise ExtractError(Problem(kind="settings_moved", message=_MOVED))
            kept = _kept(file, now)
            shutil.copy2(file, kept)
            write_whole(file, after)
            return kept
    except OSError as error:
        values = {"error": error.strerror or error}
        raise ExtractError(Problem(kind="settings_unwritable", message=_UNWRITABLE, values=values)) from error


def keep_logo(content: bytes) -> str:
    """Keeps an SVG or a PNG beside the file of the settings; the name of its file. ExtractError when it cannot be written."""
    kind = "svg" if content.lstrip().startswith(b"<") else "png"
    # Another logo has another name: the settings that name the old one still find it.
    name = f"logo-{hashlib.sha256(content).hexdigest()[:8]}.{kind}"
    try:
        write_whole(settings_file().parent / name, content)
    except OSError as error:
        values = {"error": error.strerror or error}
        raise ExtractError(Problem(kind="settings_unwritable", message=_LOGO_UNWRITABLE, values=values)) from error
    return name


def _kept(file: Path, now: dt.datetime) -> Path:
    """A name beside the file, with the time (UTC) at which it was replaced."""
    stamp, number = f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}", 1
    while (kept := file.with_name(f"{file.stem}-{stamp}{f'-{number}' if number > 1 else ''}{file.suffix}")).exists():
        number += 1
    return kept


_NO_LOGO = N_("il n’y a pas de fichier {logo} à côté de celui des réglages\u202f; déposez-le là d’abord.")
_LOGO_UNWRITABLE = N_(
    "le logo n’a pas été écrit ({error})\u202f; donnez ce droit au serveur sur le dossier des réglages."
)
_MOVED = N_("les réglages ont été modifiés entre-temps par quelqu’un d’autre\u202f; relisez-les, puis recommencez.")
_UNWRITABLE = N_(
    "les réglages ne peuvent pas être écrits ({error})\u202f; donnez ce droit au serveur sur le fichier et son dossier. Rien n’a changé."
)
