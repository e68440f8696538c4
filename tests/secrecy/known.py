"""An extract whose participants are all known: what the attacker looks for, and what makes it as easy as can be.

Each participant works for one client in one year, so that every figure is a sum over clients and years, and each client has one lot:
type, clause, commune, sector and facilitator are its own. Some clients have one participant.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Final

from data.ladder import EVERYTHING
from tests.extracts import contract, entry

Row = dict[str, Any]
YEARS: Final = (2019, 2020, 2021)
LARGE: Final = 11
LONE: Final = 12
# Of a field of the ladder: the column of the lot, and the values that clients are given by turns.
FIELDS: Final = {
    "client_types": ("client_type", ("commune", "hopital", "etat", "bailleur_social")),
    "clause_categories": ("clause_category", ("execution", "insertion", "reserved_iae")),
    "execution_communes": ("execution_commune", ("76540", "76498", "76575", "76451", "76157")),
    "sectors": ("sector", ("batiment", "pi", "nettoyage")),
    "facilitators": ("facilitator_code", ("F1", "F2")),
}
# Of an observatory: its structures, of which each client has one, so that they are a sum to take apart as well.
STRUCTURES: Final = ("CAP27", "CAP76", "CAP14")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A participant: what the attacker knows (client, year), and what the attacker wants (the rest)."""

    name: str
    client: str
    year: int
    traits: dict[str, str]
    outcome: str
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownExtract:
    """Lots and participants."""

    lots: dict[str, Row]
    people: tuple[Known, ...]

    @property
    def lone(self) -> tuple[Known, ...]:
        """Those who are alone with their client."""
        clients = [known.client for known in self.people]
        return tuple(known for known in self.people if clients.count(known.client) == 1)

    def rows(self) -> tuple[list[Row], list[Row]]:
        """The two tables of the extract."""
        return list(self.lots.values()), [_line(number, known) for number, known in enumerate(self.people)]

    def clients_of(self, field: str, value: str) -> frozenset[str]:
        """The clients of a population, whatever the year."""
        if field == EVERYTHING:
            return frozenset(self.lots)
        if field == "clients":
            return frozenset([value])
        if field == "structures":
            return frozenset(client for client, lot in self.lots.items() if lot["structure"] == value)
        if field in FIELDS:
            column = FIELDS[field][0]
            return frozenset(client for client, lot in self.lots.items() if lot[column] == value)
        # Nothing is stated of the others: one value, of everybody.
        return frozenset(self.lots)

    def without(self, known: Known) -> "KnownExtract":
        """The same without one of them."""
        return KnownExtract(lots=self.lots, people=tuple(one for one in self.people if one is not known))


def known_extract(seed: int, *, observatory: bool = False) -> KnownExtract:
    """198 participants of 23 clients, twelve of which have one; the same for the same seed. `observatory`: of three structures."""
    die = Random(seed)
    clients = [f"K{number:02d}" for number in range(LARGE + LONE)]
    lots: dict[str, Row] = {}
    for client in clients:
        given = {column: die.choice(values) for column, values in FIELDS.values()}
        if observatory:
            given["structure"] = STRUCTURES[len(lots) % len(STRUCTURES)]
        lots[client] = contract(contract_id=client, client_id=client, client_name=client, **given)
    homes = [*clients[LARGE:], *(die.choices(clients[:LARGE], range(1, LARGE + 1), k=198 - LONE))]
    people = tuple(
        Known(
            name=f"P{number}",
            client=client,
            year=die.choice(YEARS),
            traits={
                "gender": "F" if die.random() < 0.24 else "M",
                "is_rqth": "true" if die.random() < 0.1 else "false",
            },
            outcome=die.choice(["durable", "transition", "chomage", "inactif", "inconnu"]),
            hours=die.randrange(40, 400),
        )
        for number, client in enumerate(homes)
    )
    return KnownExtract(lots=lots, people=people)


def _line(number: int, known: Known) -> Row:
    return entry(
        entry_id=f"E{number}",
        contract_id=known.client,
        month=dt.date(known.year, 3, 1),
        hours_validated=Decimal(known.hours),
        participant_id=known.name,
        work_contract_id=f"W{number}",
        gender=known.traits["gender"],
        is_rqth=known.traits["is_rqth"] == "true",
        exit_on=dt.date(known.year, 6, 30),
        exit_outcome=known.outcome,
    )
