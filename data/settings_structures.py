"""The structures of an observatory in the settings: what each is called."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.settings_values import wrong
from data.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureName:
    """What a structure of an observatory is called, by the code of `data.publish --structure`."""

    code: str
    name: str


def with_codes(raw: dict[str, Any], file: Path) -> dict[str, Any]:
    """[structures.CAP76] is an entry with its code."""
    named = raw.get("structures", {})
    if not isinstance(named, dict) or not all(
        isinstance(entry, dict) and "code" not in entry for entry in named.values()
    ):
        raise wrong(
            file, "structures", N_("des sections [structures.CODE] sont attendues, chacune avec son nom (name).")
        )
    return {**raw, "structures": [{"code": code, **entry} for code, entry in named.items()]}
