"""From what a TOML file holds to the values of a dataclass; a misfit is named by file and entry."""

import datetime as dt
from dataclasses import MISSING, fields
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from data.codes import Code
from data.problems import ExtractError, Problem
from data.toml import UnreadableTomlError
from data.words import N_


def unreadable(file: Path, error: Exception) -> ExtractError:
    """A file that cannot be opened or is no UTF-8."""
    return ExtractError(
        Problem(
            kind="settings_unreadable",
            file=str(file),
            message=N_("réglages illisibles ({error})\u202f; corrigez le fichier ou la variable CAP_SETTINGS."),
            values={"error": error},
        )
    )


def not_toml(file: Path, error: UnreadableTomlError) -> ExtractError:
    """The line at fault, and what to do about an encoding or quotes of Windows."""
    return ExtractError(
        Problem(kind="settings_unreadable", file=str(file), row=error.row, message=error.message, values=error.values)
    )


def wrong(file: Path, entry: str, message: str, **values: object) -> ExtractError:
    """An entry that does not fit, and why."""
    return ExtractError(
        Problem(kind="settings_wrong", file=str(file), column=entry, message=message, values=dict(values))
    )


def built(kind: Any, raw: Any, file: Path, path: str) -> Any:
    """`raw` from TOML as the wanted type. Unknown and missing entries are named."""
    if not isinstance(raw, dict):
        raise wrong(file, path, N_("une table TOML [{path}] est attendue."), path=path)
    hints = get_type_hints(kind)
    for name in raw:
        if name not in hints:
            raise wrong(
                file,
                f"{path}{name}",
                N_("réglage inconnu\u202f; réglages possibles\u00a0: {names}."),
                names=", ".join(sorted(hints)),
            )
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in raw:
            values[field.name] = _value(hints[field.name], raw[field.name], file, f"{path}{field.name}")
        elif field.default is MISSING:
            raise wrong(file, f"{path}{field.name}", N_("réglage obligatoire absent."))
    return kind(**values)


def _value(hint: Any, raw: Any, file: Path, path: str) -> Any:
    """One value checked against its annotation: a table, an array, a date, a number, a code."""
    if isinstance(hint, UnionType):
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    if get_origin(hint) is tuple:
        if not isinstance(raw, list):
            raise wrong(file, path, N_("une liste est attendue."))
        return tuple(_value(get_args(hint)[0], item, file, path) for item in raw)
    if hasattr(hint, "__dataclass_fields__"):
        return built(hint, raw, file, f"{path}.")
    if get_origin(hint) is Literal:
        if raw not in get_args(hint):
            raise wrong(file, path, N_("valeurs possibles\u00a0: {names}."), names=", ".join(get_args(hint)))
        return raw
    if hint is Decimal and isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if not Decimal(str(raw)).is_finite() or raw < 0:
            raise wrong(file, path, N_("un nombre positif ou nul est attendu."))
        return Decimal(str(raw))
    if isinstance(hint, type) and issubclass(hint, Code):
        if raw not in [str(code) for code in hint]:
            raise wrong(file, path, N_("valeurs possibles\u00a0: {names}."), names=", ".join(hint))
        return hint.of(raw)
    if type(raw) is not hint:
        kinds = {
            str: N_("un texte"),
            int: N_("un nombre entier"),
            bool: N_("true ou false"),
            dt.date: N_("une date"),
        }
        raise wrong(file, path, N_("{kind} est attendu."), kind=kinds.get(hint, str(hint)))
    return raw
