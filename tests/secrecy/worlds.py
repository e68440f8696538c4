"""Two worlds that nobody may tell apart: the same lots and hours, published under the same names at the same time, other participants.

What a door answers in one is compared with what it answers in the other, to the byte: texts, numbers, order, sizes, status, names of
files, what is hidden. Where both are the same, no door tells which of the two is true.
"""

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from data.codes import AgeBand, Education, ExitOutcome, MainPublic
from data.comments_log import LOG, Comment, write_comment
from data.grants import token_hash
from data.release.pointer import serve
from data.release.releases import NOTE, SERVED, Release, read_release
from data.secret import FILE
from queries.rights.rights import Rights
from tests.extracts import Row, contract, publish_rows
from tests.secrecy.figures import READERS
from tests.secrecy.known import known_extract

FEW: Final = 4  # participants: fewer than the threshold
GROUP: Final = "K50"  # a client of few participants
BEFORE: Final = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
NOW: Final = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
_SETTINGS: Final = """
[authority]
name = "Autorité d’essai"
epci = "200023414"

[access]
public = true

[routes]
per_minute = 1000000
"""
# All that is stated of a participant, in the one world and in the other.
_ONE: Final[Row] = {
    "gender": "M",
    "age_band": str(AgeBand.FROM_26),
    "is_rqth": False,
    "is_rsa": False,
    "residence_commune": "76540",
}
_OTHER: Final[Row] = {
    "gender": "F",
    "age_band": str(AgeBand.FROM_50),
    "education": str(Education.CAP_BEP),
    "main_public": str(MainPublic.RSA),
    "is_rqth": True,
    "is_rsa": True,
    "is_senior": True,
    "residence_commune": "76681",
    "exit_outcome": str(ExitOutcome.DURABLE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A release that serves, with its folder of extracts and its settings."""

    extracts: Path
    settings: Path
    release: Release


def token_of(reader: str) -> str:
    """The secret of a reader's token."""
    return f"token-{[*READERS].index(reader)}"


def of_some(folder: Path, number: int = FEW) -> tuple[World, World]:
    """Worlds after one release: in the second, so many participants are everything else. All they work for is the same."""
    lots, lines = known_extract(0).rows()
    settled = [line | _ONE if place < number else line for place, line in enumerate(lines)]
    others = [line | _OTHER if place < number else line for place, line in enumerate(lines)]
    return _world(folder / "one", lots, [settled, settled]), _world(folder / "other", lots, [settled, others])


def of_a_group(folder: Path, *numbers: int) -> tuple[World, ...]:
    """Worlds of one release each, in which a client has another number of participants, who are everything else from world to world.

    Its lines are the same ones: as many as would be shown, each of a month of its own.
    """
    lots, lines = known_extract(0).rows()
    lots = [*lots, lots[0] | contract(contract_id=GROUP, client_id=GROUP, client_name=GROUP)]
    found = []
    for place, number in enumerate(numbers):
        theirs = [
            lines[0]
            | (_OTHER if place % 2 else _ONE)
            | {
                "entry_id": f"G{line}",
                "contract_id": GROUP,
                "month": dt.date(2019 + line // 12, 1 + line % 12, 1),
                "hours_validated": Decimal(20),
                "hours_declared": Decimal(20),
                # The last line is nobody's in the last world.
                "participant_id": None if place == len(numbers) - 1 and line == 0 else f"G{line % number}",
                "work_contract_id": f"W{line % number}",
                "exit_on": dt.date(2021, 12, 31),
            }
            for line in range(20)
        ]
        found.append(_world(folder / f"{number} participants", lots, [[*lines, *theirs]]))
    return tuple(found)


def _world(folder: Path, lots: Sequence[Row], releases: Sequence[Sequence[Row]]) -> World:
    """What serves after these releases, whose names and times say nothing of what is in them."""
    extracts = folder / "extracts"
    extracts.mkdir(parents=True)
    (extracts / FILE).write_bytes(b"the secret of an attacked installation")
    for place, lines in enumerate(releases, start=1):
        release = publish_rows(folder, lots, lines)
        release = _renamed(release, f"20261121T08000{place}Z-00000000", NOW if place == len(releases) else BEFORE)
    write_comment(
        extracts,
        Comment(scope_kind="all", scope_code=None, period=None, text="Une année calme.", author_role="Direction", kind="highlight"),
        writer="essai",
        demo=False,
        now=NOW,
    )  # fmt: skip
    os.utime(extracts / LOG, (0, 0))
    settings = folder / "settings.toml"
    settings.write_text(_SETTINGS + "".join(_token(name, rights) for name, rights in READERS.items()), encoding="utf-8")
    return World(extracts=extracts, settings=settings, release=release)


def _renamed(release: Release, name: str, now: dt.datetime) -> Release:
    """The same release under another name and time."""
    extracts = release.path.parents[1]
    note = json.loads((release.path / NOTE).read_text(encoding="utf-8")) | {"published_at": now.isoformat()}
    (release.path / NOTE).write_text(json.dumps(note), encoding="utf-8")
    moved = release.path.rename(release.path.with_name(name))
    served = extracts / SERVED
    served.write_text(served.read_text(encoding="ascii").replace(release.id, name), encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(extracts))
        serve(name)
    return read_release(moved)


def _token(name: str, rights: Rights) -> str:
    limits: dict[str, Any] = {"clients": rights.clients, "facilitators": rights.facilitators}
    rows = "".join(f"{key} = {json.dumps(list(values))}\n" for key, values in limits.items() if values is not None)
    return (
        f'\n[[access.tokens]]\nname = "{name}"\nsha256 = "{token_hash(token_of(name))}"\nrole = "{rights.role}"\n'
        f"expires_on = 2999-12-31\n{rows}"
    )
