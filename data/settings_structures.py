"""The structures of an observatory in the settings: what each is called, and where its territory is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from data.reference import unknown_epci
from data.settings_values import wrong
from data.words import N_

DEMONSTRATED_OBSERVATORY: Final = "Observatoire des deux rives (fictif)"


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureName:
    """What a structure of an observatory is called, by the code of `data.publish --structure`.

    `epci`: SIREN of the EPCI that make its territory; none where it is not known. `demo`: of the demonstration of several structures.
    """

    code: str
    name: str
    epci: tuple[str, ...] = ()
    demo: bool = False


def with_codes(raw: dict[str, Any], file: Path) -> dict[str, Any]:
    """[structures.CAP76] is an entry with its code."""
    named = raw.get("structures", {})
    if not isinstance(named, dict) or not all(
        isinstance(entry, dict) and "code" not in entry for entry in named.values()
    ):
        raise wrong(
            file, "structures", N_("des sections [structures.CODE] sont attendues, chacune avec son nom (name).")
        )
    return {**raw, "structures": [_with_list(code, entry) for code, entry in named.items()]}


def _with_list(code: str, entry: dict[str, Any]) -> dict[str, Any]:
    """One EPCI may be written without brackets."""
    epci = entry.get("epci", [])
    return {"code": code, **entry, "epci": [epci] if isinstance(epci, str) else epci}


def check_territories(structures: tuple[StructureName, ...], file: Path) -> None:
    """ExtractError when a structure has an EPCI that does not exist."""
    unknown = unknown_epci(sorted({code for structure in structures for code in structure.epci}))
    for structure in structures:
        for code in structure.epci:
            if code in unknown:
                raise wrong(file, f"structures.{structure.code}.epci", NO_EPCI, epci=code)


NO_EPCI = N_("aucune commune de France n’est de l’EPCI {epci}\u202f; c’est son SIREN, de 9 chiffres.")
