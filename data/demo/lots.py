"""The lots of the demonstration, drawn at random around the story: who buys what, where, when, how much."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from data.codes import ClauseCategory, ClientType, Programme, Sector
from data.demo.purchases import (
    DECK,
    DIVIDED,
    ONLY_SECTORS,
    SECTORS,
    SIZE,
    WORKS,
    contractor_for,
    lot_title,
    subject_for,
)
from data.demo.story import (
    CLIENTS,
    FIRST_START,
    FIRST_YEAR,
    LAST_DECLARED,
    MONTHS,
    OPERATIONS,
    Client,
    Operation,
    month_index,
    monthly_targets,
)
from data.reference import communes

T = TypeVar("T")
S, C = Sector, ClauseCategory
OUTSIDE = ("76217", "27229", "76057", "27375", "76758", "27701", "76351")


@dataclass(slots=True)
class Lot:
    """A lot: its contract (a number), the months it was meant to last, and the hours of each month from `start` on."""

    contract: int
    number: int
    lots: int
    client: Client
    category: ClauseCategory
    sector: Sector | None
    subject: str
    start: int
    commune: str | None
    contractor: str
    operation: str | None = None
    programme: Programme | None = None
    hours: list[float] = field(default_factory=list)
    cancelled: bool = False


def picked(random: Random, weights: dict[T, float]) -> T:
    """One of the keys, as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def _shape(random: Random, months: int, works: bool) -> list[float]:
    """Weight of each month: works rise, stay and fall; services start at once and stay."""
    if not works:
        return [random.uniform(0.75, 1.25) * (0.5 if m == 0 else 1) for m in range(months)]
    rise, fall = random.uniform(0.12, 0.4), random.uniform(0.12, 0.35)
    at = [(m + 0.5) / months for m in range(months)]
    return [min(t / rise, (1 - t) / fall, 1) * random.uniform(0.55, 1.45) for t in at]


def _spread(random: Random, total: float, months: int, works: bool) -> list[float]:
    shape = _shape(random, months, works)
    return [total * weight / sum(shape) for weight in shape]


class LotMaker:
    """Draws contracts until every month has the hours that the story gives it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.lots: list[Lot] = []
        self.contracts = 0
        self.known = [0.0] * (MONTHS + 240)  # hours of each month, of the lots drawn so far
        self.busy: dict[str, set[int]] = {client.id: set() for client in CLIENTS}  # months at work
        self.decks: dict[bool, list[ClauseCategory]] = {}
        self.places = [(commune.code, commune.population**0.5) for commune in communes()]

    def made(self) -> list[Lot]:
        """Every lot, the big operations first, then month after month the ordinary contracts that are still needed."""
        targets = monthly_targets()
        for operation in OPERATIONS:
            self._operation(operation)
        for month in range(FIRST_START, MONTHS):
            for client in CLIENTS:
                if self._lacks(client, month):
                    self._contract(client, month, alone=True, steady=True)
                elif month >= month_index(client.since, 1) and self._waits(client, month):
                    self._contract(client, month, alone=client.weight < 3)
            ahead = range(max(month + 1, 0), max(month + 1, 0) + 6)
            wanted = sum(targets[m] for m in ahead) * min(1.0, (month - FIRST_START + 4) / 11)
            while sum(self.known[m] for m in ahead) < wanted:
                since = (month // 12) + FIRST_YEAR
                self._contract(picked(self.random, {c: c.weight for c in CLIENTS if c.since <= since}), month)
        self._idle()
        return self.lots

    def _lacks(self, client: Client, month: int) -> bool:
        """Whether nothing would be under way in the client's last months: that is looked at some months before."""
        last = LAST_DECLARED.get(client.id)
        end = month_index(*last) if last else MONTHS - 1
        return month == end - 6 and not {end - 2, end - 1, end, end + 1} <= self.busy[client.id]

    def _waits(self, client: Client, month: int) -> bool:
        """Whether a client has had no lot for so long that it takes its turn."""
        gap = 2 if month == month_index(client.since, 1) else 3 + int(6 / client.weight)
        return not any(m in self.busy[client.id] for m in range(month - gap + 1, month + 1))

    def _idle(self) -> None:
        """Lots without a single hour: planned ones, some that did not begin, some abandoned, some closed on nothing."""
        drawn = len(self.lots)
        for month in (*range(MONTHS, MONTHS + 9), *range(MONTHS - 14, MONTHS - 9), *range(70, 250, 14)):
            self._contract(self.random.choice(CLIENTS[:21]), month, alone=True)
        for index, lot in enumerate(self.lots[drawn:]):
            lot.hours = [0.0] * (len(lot.hours) if lot.start >= MONTHS - 14 else min(len(lot.hours), 18))
            lot.cancelled = lot.start < MONTHS - 20 and index % 3 > 0

    def _add(self, lot: Lot) -> None:
        self.lots.append(lot)
        if lot.category != C.MEANS:
            self.busy[lot.client.id].update(month for month, hours in enumerate(lot.hours, lot.start) if hours > 10)
        last = LAST_DECLARED.get(lot.client.id)
        silent_from = month_index(*last) + 1 if last else len(self.known)
        for month, hours in enumerate(lot.hours, lot.start):
            if 0 <= month < silent_from and lot.category != C.MEANS:
                self.known[month] += hours

    def _operation(self, operation: Operation) -> None:
        random, self.contracts = self.random, self.contracts + 1
        client = next(client for client in CLIENTS if client.id == operation.client)
        sizes = [random.lognormvariate(0, 0.8) for _ in range(operation.lots)]
        sizes[0] *= 2.5
        first = month_index(*operation.start)
        for number, size in enumerate(sizes, 1):
            title = lot_title(operation.sector, number, operation=True)
            begin = int(operation.months * 0.45 * (number - 1) / operation.lots * random.uniform(0.6, 1.3))
            months = max(4, int((operation.months - begin) * random.uniform(0.55, 1.0)))
            total = operation.thousands * 1000 * size / sum(sizes)
            self._add(
                Lot(
                    self.contracts, number, operation.lots, client, C.EXECUTION, operation.sector,
                    f"{operation.name} – lot {number}\u00a0: {title}",
                    first + begin, operation.commune, contractor_for(random, operation.sector, title), operation.name,
                    operation.programme, _spread(random, total, months, True),
                )
            )  # fmt: skip

    def _category(self, month: int, client: Client) -> ClauseCategory:
        """The next card of the period's deck; what did not exist yet is an execution clause."""
        if client.type == ClientType.PRIVE:
            return C.PRIVATE
        late = month >= month_index(2016, 4)
        deck = self.decks.setdefault(late, [])
        if not deck:
            deck.extend(category for category, count in DECK.items() for _ in range(count))
            self.random.shuffle(deck)
        category = deck.pop()
        too_early = (category in (C.RESERVED_IAE, C.RESERVED_ESS) and not late) or (
            category == C.RESERVED_PRISON and month < month_index(2019, 4)
        )
        return C.EXECUTION if too_early else category

    def _contract(self, client: Client, month: int, alone: bool = False, steady: bool = False) -> None:
        """Draws a contract: of one lot when `alone`, at work from the first day and for long when `steady`."""
        random, self.contracts = self.random, self.contracts + 1
        category = self._category(month, client)
        if category in ONLY_SECTORS:
            sector: Sector | None = random.choice(ONLY_SECTORS[category])
        else:
            sector = picked(random, SECTORS.get(client.type, SECTORS[None]))
        works = sector in WORKS and not steady
        lots = (
            random.choices((1, random.randint(2, 3), random.randint(4, 7)), (66, 22, 12))[0]
            if sector in DIVIDED and not alone
            else 1
        )
        months = random.randint(5, 24) if works else random.choice((12, 24, 24, 36, 36, 48))
        months = random.randint(48, 72) if sector == S.DECHETS_EAU else months
        pace = next(pace for least, pace in ((30, 1.6), (5, 1.0), (2, 0.5), (0, 0.25)) if client.weight >= least)
        usual = 4800 * pace * SIZE.get(sector, 1.0)
        most = 26_000 if category == C.EXECUTION else 5_000
        subject = subject_for(random, sector, client.type)
        programme = None
        if sector == S.BATIMENT and client.type == ClientType.BAILLEUR_SOCIAL and random.random() < 0.4:
            programme = Programme.ANRU if month < month_index(2015, 1) else Programme.NPNRU
        elif random.random() < 0.03:
            programme = Programme.AUTRE
        for number in range(1, lots + 1):
            lasts = max(3, months - (random.randint(0, months // 2) if works else 0))
            total = min(max(14 * lasts, usual * random.lognormvariate(0, 0.9)), most)
            place = self._place(client)
            title = lot_title(sector, number) if lots > 1 else ""
            self._add(
                Lot(
                    self.contracts, number if lots > 1 else 0, lots, client, category, sector,
                    f"{subject} – lot {number}\u00a0: {title}" if title else subject,
                    month + (random.randint(0, 3) if works else 0), place, contractor_for(random, sector, title), None,
                    programme, _spread(random, total, lasts, works),
                )
            )  # fmt: skip

    def _place(self, client: Client) -> str | None:
        """Where the lot is carried out: in the client's commune, or anywhere for those that build everywhere."""
        random = self.random
        if not client.wide:
            return client.commune if random.random() < 0.95 else None
        draw = random.random()
        if draw < 0.09:
            return None
        if draw < 0.13:
            return random.choice(OUTSIDE)
        codes: Sequence[str] = [code for code, _ in self.places]
        return random.choices(codes, [weight for _, weight in self.places])[0]
