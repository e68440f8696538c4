"""From lots to a plan of work: which crew works how many lines and hours on which lot in which month."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from random import Random

from data.codes import ClauseCategory, EmployerKind, Sector
from data.demo.lots import Lot, picked
from data.demo.story import DECLARED, LAST_DECLARED, MONTHS, month_index, monthly_targets

K, S, C = EmployerKind, Sector, ClauseCategory
# Who employs, by sector: the shares of hours that Hérault published for 2020 were the model.
EMPLOYERS: dict[Sector | None, dict[EmployerKind | None, float]] = {
    S.BATIMENT: {K.DIRECT: 50, K.ETTI: 20, K.ETT: 10, K.GEIQ: 12, K.EI: 5, K.EITI: 1, K.AUTRE: 1, K.UNKNOWN: 1},
    S.TRAVAUX_PUBLICS: {K.DIRECT: 50, K.ETTI: 22, K.ETT: 12, K.GEIQ: 12, K.AUTRE: 2, None: 2},
    S.NETTOYAGE: {K.DIRECT: 46, K.ETTI: 6, K.EI: 18, K.AI: 16, K.REGIE_QUARTIER: 12, None: 2},
    S.DECHETS_EAU: {K.DIRECT: 56, K.ETTI: 26, K.EI: 8, K.ETT: 8, None: 2},
    S.ESPACES_VERTS: {K.DIRECT: 42, K.EI: 20, K.ACI: 4, K.REGIE_QUARTIER: 14, K.EA: 4, K.ETTI: 10, K.GEIQ: 6},
    None: {K.DIRECT: 56, K.ETTI: 14, K.AI: 12, K.EI: 6, K.ETT: 6, K.AUTRE: 2, K.UNKNOWN: 2, None: 2},
}
RESERVED: dict[ClauseCategory, dict[EmployerKind | None, float]] = {
    C.RESERVED_IAE: {K.EI: 55, K.REGIE_QUARTIER: 20, K.AI: 15, K.ACI: 10},
    C.RESERVED_DISABILITY: {K.EA: 65, K.ESAT: 20, K.EATT: 15},
    C.RESERVED_PRISON: {K.AUTRE: 100},
    C.RESERVED_ESS: {K.DIRECT: 60, K.EI: 40},
    C.INSERTION: {K.ACI: 25, K.EI: 55, K.REGIE_QUARTIER: 20},
}
WOMEN: dict[Sector | None, int] = {
    S.BATIMENT: 8, S.TRAVAUX_PUBLICS: 6, S.NETTOYAGE: 51, S.ESPACES_VERTS: 14, S.DECHETS_EAU: 11, S.RESTAURATION: 58,
    S.ACTION_SOCIALE: 80, S.INDUSTRIE: 30, S.PI: 52, S.AUTRES_SERVICES: 34, S.AUTRE: 30, None: 25,
}  # fmt: skip
# Hours of one line, before the plan is fitted to the requested number of lines.
PER_LINE: dict[Sector | None, float] = {S.BATIMENT: 21, S.TRAVAUX_PUBLICS: 23, S.NETTOYAGE: 14, S.DECHETS_EAU: 25}
# Rejected, partly accepted and corrected hours: what is declared above what will be validated.
DECLARED_OVER_VALIDATED = 1.0115


@dataclass(slots=True)
class Crew:
    """People hired by one employer for a few years. `size`: how many at a time; `women`: per cent of them."""

    number: int
    kind: EmployerKind | None
    employer: int
    women: int
    sector: Sector | None
    feeder: int | None = None
    size: int = 1
    detailed: bool = True


@dataclass(slots=True)
class Work:
    """`lines` people of a crew share the `hours` of a lot and a month; `alone`: one person did all of that lot's month.

    `first_slot` numbers the lines of the whole plan, from 1.
    """

    lot: int
    crew: int
    month: int
    hours: float
    lines: int = 0
    first_slot: int = 0
    alone: bool = False


@dataclass(slots=True)
class Plan:
    """The crews and their work, sorted by month, lot and crew; `worked[lot]`: hours of each month."""

    crews: list[Crew]
    work: list[Work]
    worked: list[dict[int, float]]


def planned(lots: list[Lot], seed: int, lines: int) -> Plan:
    """The plan whose months add up to the story's targets and whose lines are exactly `lines`."""
    random = Random(seed + 1)
    worked = _fitted(lots, random)
    crews, shares = _crews(lots, random)
    work: list[Work] = []
    for index, months in enumerate(worked):
        for month, hours in months.items():
            parts = shares[index] if hours >= 30 else shares[index][:1]
            total = sum(share for _, share in parts)
            work.extend(Work(index, crew, month, hours * share / total) for crew, share in parts)
    work.sort(key=lambda row: (row.month, row.lot, row.crew))
    _share_out(work, lots, lines, random)
    _size(crews, work)
    return Plan(crews, work, worked)


def _fitted(lots: list[Lot], random: Random) -> list[dict[int, float]]:
    """Declared hours of each lot in each month of the extract, scaled so that the counted lots meet the target."""
    targets = monthly_targets()
    worked: list[dict[int, float]] = []
    sums = [0.0] * MONTHS
    for lot in lots:
        last = LAST_DECLARED.get(lot.client.id)
        end = month_index(*last) + 1 if last else MONTHS
        rare = not last and len(lot.hours) > 6 and random.random() < 0.3
        months = {
            month: hours
            for month, hours in enumerate(lot.hours, lot.start)
            if 0 <= month < end and hours >= 8 and not (rare and random.random() < 0.18)
        }
        worked.append(months)
        if lot.category != C.MEANS:
            for month, hours in months.items():
                sums[month] += hours
    factors = [
        target * DECLARED.get(month, 1.0) * DECLARED_OVER_VALIDATED / max(total, 1.0)
        for month, (target, total) in enumerate(zip(targets, sums, strict=False))
    ]
    return [{month: hours * factors[month] for month, hours in months.items()} for months in worked]


def _crews(lots: list[Lot], random: Random) -> tuple[list[Crew], list[list[tuple[int, float]]]]:
    """The crews, and for each lot its crews with their shares of its hours."""
    crews: dict[tuple[object, ...], Crew] = {}
    shares: list[list[tuple[int, float]]] = []
    for lot in lots:
        weights = RESERVED.get(lot.category) or EMPLOYERS.get(lot.sector, EMPLOYERS[None])
        crew_shares: dict[int, float] = {}
        for part in (1.0, *random.choices(((), (0.45,), (0.55, 0.3)), (55, 33, 12))[0]):
            kind = picked(random, weights)
            period = (lot.start + 36) // 72
            employer = (
                lot.contractor if kind == K.DIRECT else f"{kind}{random.randint(1, 3 if kind in (K.ETTI, K.EI) else 2)}"
            )
            crew = crews.setdefault(
                (kind, employer, lot.sector, period),
                Crew(len(crews), kind, hash_of(employer), WOMEN[lot.sector], lot.sector),
            )
            feeder = crews.get((K.ETTI, f"{K.ETTI}1", lot.sector, period))
            crew.feeder = feeder.number if feeder and kind == K.DIRECT else crew.feeder
            crew.detailed = crew.detailed and not (period == 0 and random.random() < 0.2)
            crew_shares[crew.number] = crew_shares.get(crew.number, 0.0) + part * random.uniform(0.7, 1.3)
        shares.append(list(crew_shares.items()))
    return list(crews.values()), shares


def hash_of(name: str) -> int:
    """A number of up to six digits for a name, the same on every machine (unlike Python's own hash)."""
    number = 7
    for letter in name:
        number = (number * 31 + ord(letter)) % 999_983
    return number


def _share_out(work: list[Work], lots: list[Lot], lines: int, random: Random) -> None:
    """Gives each row its number of lines, `lines` in all: a common factor by trial, then the rest."""
    usual = [PER_LINE.get(lot.sector, 17.0) * random.lognormvariate(0, 0.25) for lot in lots]
    # A crew hardly changes from month to month: in a full month it works longer rather than in greater number.
    sums: dict[tuple[int, int], list[float]] = defaultdict(list)
    for row in work:
        sums[row.lot, row.crew].append(row.hours)
    steady = {key: sum(hours) / len(hours) for key, hours in sums.items()}
    # And a big site employs people for most of the month, a small one now and then.
    wished = [row.hours**0.25 * steady[row.lot, row.crew] ** 0.35 / usual[row.lot] for row in work]
    least = [max(1, round(row.hours / 75)) for row in work]
    most = [max(1, int(row.hours / 7)) for row in work]  # nobody comes for less than a day
    factor = lines / sum(wished)
    for _ in range(8):
        given = sum(
            [min(max(low, round(wish * factor)), top) for wish, low, top in zip(wished, least, most, strict=True)]
        )
        factor *= lines / given
    for row, wish, low, top in zip(work, wished, least, most, strict=True):
        row.lines = min(max(low, round(wish * factor)), top)
    missing = lines - sum(row.lines for row in work)
    step = 1 if missing > 0 else -1
    for row in sorted(work, key=lambda row: -row.hours)[: abs(missing)]:
        row.lines += step
    slot, crews_there = 1, Counter((row.lot, row.month) for row in work)
    for row in work:
        row.first_slot, slot = slot, slot + row.lines
        row.alone = row.lines == 1 and crews_there[row.lot, row.month] == 1


def _size(crews: list[Crew], work: list[Work]) -> None:
    """As many people as the fullest lot needs, and enough that a person has about 2.5 lines a month."""
    lines: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in work:
        crew = crews[row.crew]
        crew.size = max(crew.size, row.lines)
        lines[row.crew][row.month] += row.lines
    for number, months in lines.items():
        fullest = sorted(months.values())[int(len(months) * 0.8)]
        crews[number].size = max(crews[number].size, round(fullest / 2.5))
