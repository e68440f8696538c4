"""Extracts and scopes drawn by a seeded die, with every oddity the data contract allows."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from data.codes import ClauseCategory
from data.reference.law import social_obligation
from data.settings import Milestone, Settings
from queries.filters import FILTERS
from queries.scope import NONE, Scope
from tests.extracts import contract, entry, notified
from tests.queries.asking import milestone, milestones

Row = dict[str, Any]

# Of the extract that tests of all questions share.
RANDOM_SEED = 4
CLIENTS = ("C1", "C2", "C3", "C4")
COMMUNES = ("76540", "76475", "75056", "99999")
VALUES: dict[str, tuple[str, ...]] = {
    "structures": ("CAP14", "CAP27", "CAP76"),
    "clients": CLIENTS,
    "client_types": ("commune", "hopital", "metropole"),
    "clause_categories": ("execution", "insertion", "means", "reserved_iae"),
    "execution_communes": (*COMMUNES, NONE),
    "sectors": ("batiment", "pi", NONE),
    "employer_kinds": ("direct", "etti", "geiq", NONE),
    "programmes": ("anru", "npnru", NONE),
    "facilitators": ("F1", "F2", NONE),
    "purchase_kinds": ("travaux", "services", NONE),
    "contractors": ("73282932000074", "Aulnes", "Bouleaux", NONE),
}


@dataclass(frozen=True, kw_only=True)
class RandomExtract:
    """Rows as their owner would write them, and the settings they are read with."""

    contracts: list[Row]
    hours: list[Row]
    settings: Settings


def random_extract(seed: int, lots: int = 24, lines: int = 400) -> RandomExtract:
    """About three years of hours, from 2018 to July 2021; the same for the same seed."""
    die = Random(seed)
    contracts = [_lot(die, n) for n in range(lots)]
    hours = [_line(die, n, contracts) for n in range(lines)]
    return RandomExtract(contracts=contracts, hours=hours, settings=_settings(die))


def random_notified(seed: int, number: int = 60) -> list[Row]:
    """Contracts notified from 2018 on and since the obligation, by clients and others; with amounts on both sides of the thresholds, or none."""
    die = Random(seed)
    choices: dict[str, list[Any]] = {
        "buyer_siret": ["73282932000074", "00000001000017", "00000009000001"],
        "notified_on": [None, *(dt.date(year, 3, 1) for year in range(2018, 2022)), social_obligation().start],
        "amount_eur": [None, Decimal(10), Decimal(90_000_000)],
        "considerations": [None, [], ["Clause sociale"], ["Pas de considération sociale"], ["Critère social"]],
        **{column: [None, "écrit"] for column in ("buyer_name", "subject", "nature", "procedure", "cpv_code")},
    }
    return [
        notified(contract_ref=f"N{n}", **{name: die.choice(values) for name, values in choices.items()})
        for n in range(number)
    ]


def with_exits(hours: list[Row], seed: int) -> list[Row]:
    """The lines, two in three of them with what became of their person."""
    die = Random(seed)
    found = []
    for line in hours:
        left = dt.date(die.choice([2019, 2020, 2021]), 6, 30) if die.random() < 2 / 3 else None
        outcome = die.choice([None, "durable", "transition", "positive", "chomage", "inconnu"]) if left else None
        found.append(
            {**line, "exit_on": left, "exit_outcome": outcome, "outcome_point": die.choice([None, "exit", "m6"])}
        )
    return found


def random_scope(die: Random) -> Scope:
    """Every kind of filter, mostly few at once; now and then an empty list or one that matches nothing."""
    filters: dict[str, Any] = {}
    if die.random() < 0.4:
        filters["first_year"] = die.choice([2018, 2019, 2020, 2021, 2022])
    if die.random() < 0.3:
        filters["last_year"] = max(filters.get("first_year", 0), die.choice([2018, 2019, 2020, 2021]))
    for name in FILTERS:
        if die.random() < 0.2:
            # Half the lists hold all values but one: what is left when filters pile up.
            size = len(VALUES[name]) - 1 if die.random() < 0.5 else die.randint(0, len(VALUES[name]))
            filters[name] = tuple(die.sample(VALUES[name], size))
    return Scope(**filters, include_uncounted=die.random() < 0.3)


def in_months(scope: Scope, die: Random) -> Scope:
    """The same filters over a range of months, mostly within one year or two, now and then open at an end."""
    first = 12 * die.choice([2018, 2019, 2020, 2021]) + die.randrange(12)
    last = first + die.choice([0, 2, 5, 11, 14])
    months = [dt.date(number // 12, number % 12 + 1, 1) for number in (first, last)]
    ends: list[dt.date | None] = [month if die.random() < 0.8 else None for month in months]
    return replace(scope.without_years(), first_month=ends[0], last_month=ends[1])


def _lot(die: Random, n: int) -> Row:
    client = die.choice(CLIENTS)
    starts = die.choice([None, dt.date(2018, 6, 1) + dt.timedelta(days=die.randrange(1000))])
    length = dt.timedelta(days=die.choice([0, 1, 90, 400, 1500]))
    return contract(
        # Two lots a contract.
        contract_id=f"M{n // 2}",
        lot_id=f"{n % 2:02d}",
        structure=VALUES["structures"][n // 2 % 3],
        client_id=client,
        client_name=f"Client {client}" if die.random() < 0.9 else f"{client}, autrement écrit",
        client_type=VALUES["client_types"][CLIENTS.index(client) % 3] if die.random() < 0.9 else "commune",
        clause_category=die.choice(VALUES["clause_categories"]),
        counts_in_total=die.choice([None, None, None, True, False]),
        execution_commune=die.choice([None, *COMMUNES, "76633"]),
        sector=die.choice([None, "batiment", "pi"]),
        programme=die.choice([None, "anru", "npnru"]),
        facilitator_code=die.choice([None, "F1", "F2"]),
        purchase_kind=("travaux", "services", None)[n % 3],
        contractor_name=die.choice([None, "Aulnes", "Bouleaux"]),
        contractor_siret=die.choice([None, None, "73282932000074"]),
        obligation_kind=die.choice([None, None, "hours", "percent", "means", "none"]),
        hours_committed=die.choice([None, Decimal(0), Decimal("333.33"), Decimal(500), Decimal(2000)]),
        status=die.choice(
            ["running", "running", "closed", "closed", "planned", "suspended", "terminated", "cancelled"]
        ),
        notified_on=die.choice([None, dt.date(2018, 1, 1) + dt.timedelta(days=die.randrange(1300))]),
        starts_on=starts,
        ends_on=die.choice([None, (starts or dt.date(2020, 1, 1)) + length]),
    )


def _line(die: Random, n: int, contracts: list[Row]) -> Row:
    # Some lots are never declared for, one in thirty lines is of no lot at all, one in thirty repeats an entry.
    lot = die.choice(contracts[: len(contracts) * 3 // 4])
    orphan, repeated = die.random() < 1 / 30, die.random() < 1 / 30
    declared = Decimal(die.randrange(-40, 600)) / 4
    status = die.choice(["validated"] * 6 + ["declared", "declared", "rejected", "corrected"])
    accepted = declared - die.choice([Decimal(0), Decimal("0.01"), Decimal("2.5")])
    validated = {
        "declared": die.choice([None, None, accepted]),  # accepted before its status was changed
        "rejected": die.choice([Decimal(0), None, accepted]),  # counts for nothing, whatever it says
        "validated": die.choice([accepted, accepted, accepted, None]),
        "corrected": -accepted,
    }[status]
    # 2019 has no hours, 2021 is not over.
    year = die.choice([2018, 2020, 2020, 2021])
    month = die.choice([1, 1, 2, 3, 6, 7] if year == 2021 else [1, 2, 3, 6, 7, 11, 12, 12])
    return entry(
        entry_id=f"E{die.randrange(n + 1) if repeated else n}",
        contract_id="nowhere" if orphan else lot["contract_id"],
        lot_id=lot["lot_id"],
        month=dt.date(year, month, 1),
        hours_declared=declared,
        hours_validated=validated,
        status=status,
        employer_kind=die.choice([None, "unknown", "direct", "etti", "geiq"]),
        work_contract_type=die.choice([None, "cdd", "cddi"]),
        participant_id=die.choice([None, *(f"P{person}" for person in range(60))]),
        work_contract_id=die.choice([None, *(f"W{number}" for number in range(90))]),
    )


def _settings(die: Random) -> Settings:
    def target(id: str, **narrowing: Any) -> Milestone:
        return milestone(die.randrange(1, 20_000), id, **narrowing)

    settings = milestones(
        target("all"),
        target("more"),
        target("client", client=die.choice(CLIENTS)),
        target("clause", clause_category=ClauseCategory.EXECUTION),
        target("year", year=die.choice([2018, 2019, 2020, 2021, 2022])),
        target("committed", measure="committed"),
        target("committed in a year", measure="committed", year=2019),
        opening=die.choice([0, 1_000, 9_000]),
    )
    # Half of the balance is one client's.
    parts = tuple(replace(entry, hours=entry.hours / 2, client=CLIENTS[0]) for entry in settings.opening_balance)
    return replace(settings, opening_balance=(*settings.opening_balance, *parts))
