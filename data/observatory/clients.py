"""One client of several structures is one client: joined by SIREN, and by the observatory's table where that does not do.

The table is `clients.csv` beside the settings: `structure;client_id;siret` and, where the observatory says how a client is named,
`client_name`. An empty `siret` keeps a client apart. An undecided client stays apart, with a notice.
"""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.observatory.keys import prefixed
from data.problems import ExtractError, Problem
from data.words import N_, folded

FILE: Final = "clients.csv"
_NEEDED: Final = ("structure", "client_id", "siret")
_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnClient:
    """A client as one structure has it: name and type are those of its latest lot."""

    structure: str
    code: str
    siret: str
    name: str
    type: str
    latest: dt.date = dt.date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A structure's client, and the one that it is in the observatory."""

    own: OwnClient
    client_id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the observatory's table."""

    siret: str
    name: str = ""


Entries = Mapping[tuple[str, str], Entry]


def read_entries(file: Path) -> Entries:
    """The table, empty when there is no such file. ExtractError names a line that cannot be meant."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractError(Problem(kind="clients_unreadable", file=str(file), message=_UNREADABLE)) from error
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    if not set(_NEEDED) <= set(rows.fieldnames or ()):
        values = {"columns": ", ".join(_NEEDED)}
        raise ExtractError(Problem(kind="clients_unreadable", file=str(file), message=_COLUMNS, values=values))
    entries: dict[tuple[str, str], Entry] = {}
    for number, row in enumerate(rows, start=2):
        siret = "".join((row["siret"] or "").split())
        if siret and not (siret.isdecimal() and len(siret) in (9, 14)):
            raise ExtractError(
                Problem(
                    kind="clients_unreadable", file=str(file), row=number, column="siret", value=siret, message=_SIRET
                )
            )
        key = ((row["structure"] or "").strip(), (row["client_id"] or "").strip())
        entries[key] = Entry(siret=siret, name=(row.get("client_name") or "").strip())
    return entries


def joined(clients: Sequence[OwnClient], entries: Entries) -> tuple[list[Joined], list[Problem]]:
    """Each client with the one that it is in the observatory; notices of what differs and of what could not be joined."""
    by_siren: dict[str, list[OwnClient]] = defaultdict(list)
    places: dict[OwnClient, str] = {}
    problems: list[Problem] = []
    for own in clients:
        entry = entries.get((own.structure, own.code))
        siret = own.siret if entry is None else entry.siret
        places[own] = siret
        if siret:
            by_siren[siret[:9]].append(own)
    groups: dict[str, list[OwnClient]] = {}
    for siren, members in sorted(by_siren.items()):
        if _one_each(members):
            groups[siren] = members
            continue
        # Several codes of one structure have the SIREN: the whole SIRET tells them apart, or nothing does.
        by_siret: dict[str, list[OwnClient]] = defaultdict(list)
        for own in members:
            by_siret[places[own]].append(own)
        sure = {siret: alike for siret, alike in by_siret.items() if _one_each(alike)}
        groups |= sure
        unsure = [own for siret, alike in by_siret.items() if siret not in sure for own in alike]
        if unsure:
            values = {"siren": siren, "clients": ", ".join(_label(own) for own in unsure)}
            problems.append(Problem(kind="clients_apart", message=_APART, values=values))
    result = [one for client_id, members in groups.items() for one in _as_one(client_id, members, entries)]
    taken = {one.own for one in result}
    apart = [own for own in clients if own not in taken]
    result += [one for own in apart for one in _as_one(prefixed(own.structure, own.code), [own], entries)]
    problems += [_differs(members, result) for members in groups.values() if _is_written_otherwise(members)]
    return result, _first(problems)


def _one_each(members: Sequence[OwnClient]) -> bool:
    return len({own.structure for own in members}) == len(members)


def _as_one(client_id: str, members: Sequence[OwnClient], entries: Entries) -> list[Joined]:
    """The name that the table gives, else that of the latest lot; so is the type."""
    latest = max(members, key=lambda own: (own.latest, own.structure))
    named = [entry.name for own in members if (entry := entries.get((own.structure, own.code))) and entry.name]
    name = named[0] if named else latest.name
    return [Joined(own=own, client_id=client_id, name=name, type=latest.type) for own in members]


def _is_written_otherwise(members: Sequence[OwnClient]) -> bool:
    return len({(folded(own.name), own.type) for own in members}) > 1


def _differs(members: Sequence[OwnClient], clients: Sequence[Joined]) -> Problem:
    name = next(one.name for one in clients if one.own == members[0])
    values = {"clients": ", ".join(_label(own) for own in members), "name": name}
    return Problem(kind="clients_differ", message=_DIFFERS, values=values)


def _label(own: OwnClient) -> str:
    return f"«\u00a0{own.name}\u00a0» ({own.structure}, {own.code}, {own.type})"


def _first(problems: list[Problem]) -> list[Problem]:
    more = len(problems) - _LISTED
    if more <= 0:
        return problems
    rest = Problem(kind=problems[-1].kind, message=N_("… et {n} de plus."), values={"n": more}, count=more)
    return [*problems[:_LISTED], rest]


_UNREADABLE = N_("table des maîtres d’ouvrage illisible\u202f; un CSV en UTF-8 est attendu.")
_COLUMNS = N_("colonnes attendues\u00a0: {columns}.")
_SIRET = N_("un SIRET de 14 chiffres ou un SIREN de 9 est attendu, ou rien pour laisser le maître d’ouvrage à part.")
_DIFFERS = N_(
    "un seul maître d’ouvrage, écrit de plusieurs façons\u00a0: {clients}\u202f; l’observatoire le nomme «\u00a0{name}\u00a0»."
    " La colonne client_name de clients.csv en décide autrement."
)
_APART = N_(
    "plusieurs codes d’une même structure ont le SIREN {siren}\u00a0: {clients}\u202f; ils restent à part. Donnez leur SIRET dans"
    " clients.csv."
)
