"""How often the interval of a milestone's date holds the truth: over generated authorities, then on the demonstration.

    python -m tests.bench.forecast            a minute; each share with its sampling error

An authority is lots: so many are signed a month, at a level that wanders; each has its size and its length, and its hours fall where
it runs, with the seasons and the noise of real months. Nothing here was used to choose the method, and the method has no setting
that could be tuned on it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from data.demo.story import SEASON
from data.settings import load_settings
from queries.open_release import open_release
from queries.scope import Scope
from tests.bench.__main__ import FOLDER
from tests.bench.releases import made
from tests.queries.naive_forecast import Dates, dates, outlook

MONTHS: Final = 300
BURN_IN: Final = 48
# Months to come at the present pace: the buckets that shares are counted in.
BUCKETS: Final = {"1 year": (10, 12, 14), "2 years": (20, 24, 28), "3 to 5 years": (36, 48, 60)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A kind of authority: lots signed a month, their months, how much the level wanders in a month, noise of a month."""

    rate: float
    length: int
    walk: float
    noise: float = 0.05
    growth_months: int = 0
    shocks: float = 0.0


FAMILIES: Final = {
    "many lots": Family(rate=15, length=12, walk=0.05),
    "large lots": Family(rate=8, length=24, walk=0.05),
    "growing": Family(rate=15, length=14, walk=0.05, growth_months=120),
    "with shocks": Family(rate=15, length=14, walk=0.05, shocks=0.004),
    "very many lots": Family(rate=25, length=12, walk=0.05),
}


def authority(family: Family, die: Random) -> list[float]:
    """Monthly hours of 25 years."""
    worked, level = [0.0] * (BURN_IN + MONTHS + 300), 0.0
    for month in range(BURN_IN + MONTHS):
        level += die.gauss(0, family.walk)
        grown = min(1.0, (month + 6) / family.growth_months) if family.growth_months else 1.0
        for _ in range(_poisson(die, family.rate * math.exp(level) * grown)):
            size, length = math.exp(die.gauss(0, 0.9)), max(2, int(family.length * math.exp(die.gauss(0, 0.4))))
            for later in range(length):
                worked[month + 1 + later] += 100 * size / length
    hours, open_share = [], 1.0
    for month in range(MONTHS):
        if die.random() < family.shocks:
            open_share = 0.3
        open_share += (1 - open_share) * 0.5
        hours.append(worked[BURN_IN + month] * SEASON[month % 12] * open_share * math.exp(die.gauss(0, family.noise)))
    return hours


def _poisson(die: Random, mean: float) -> int:
    if mean > 30:
        return max(0, round(die.gauss(mean, math.sqrt(mean))))
    limit, product, found = math.exp(-mean), 1.0, -1
    while product > limit or found < 0:
        product *= die.random()
        found += 1
    return found


def coverage(family: Family, name: str, authorities: int) -> dict[str, list[bool]]:
    """Whether each interval held the truth, by bucket. Six dates of each authority, two years apart."""
    found: dict[str, list[bool]] = {bucket: [] for bucket in BUCKETS}
    for seed in range(authorities):
        hours = authority(family, Random(f"{name} {seed}"))
        for end in range(60, MONTHS - 119, 24):  # ten years follow each, the longest that an interval may be
            now = outlook(hours[:end])
            for bucket, months in BUCKETS.items():
                held = [held for k in months for held in _held(hours, end, now.yearly / 12 * k)]
                found[bucket] += held
    return found


def _held(hours: Sequence[float], end: int, missing: float) -> Iterator[bool]:
    """Whether the interval given at the end held the month when what is missing was done; nothing where none is given."""
    said = dates(outlook(hours[:end]), missing)
    if isinstance(said, str) or said.latest is None:
        return
    yield _happened(hours[end:], missing, said)


def _happened(after: Sequence[float], missing: float, said: Dates) -> bool:
    done = 0.0
    for k, value in enumerate(after, start=1):
        done += value
        if done >= missing:
            return said.earliest <= k <= (said.latest or k)
    return False


def demonstration() -> tuple[int, int]:
    """Past dates of the second million whose answer is known, and those whose interval held it: asked of the SQL."""
    database = open_release(made(FOLDER, 100_000).release, load_settings())
    rows = database.ask("milestone_backtest", Scope()).to_pylist()
    first = next(row for row in rows if row["milestone"] == "million_2")
    return first["known_dates"], first["inside_dates"]


def main() -> None:
    """Prints each share with its sampling error, as if all dates were independent."""
    authorities = 60
    for name, family in FAMILIES.items():
        for bucket, held in coverage(family, name, authorities).items():
            share = sum(held) / len(held)
            error = math.sqrt(share * (1 - share) / len(held))
            print(f"{name:18} {bucket:14} {share:6.1%} ± {error:.1%}  of {len(held)}")
    known, inside = demonstration()
    print(f"demonstration: {inside} of {known} past dates")


if __name__ == "__main__":
    main()
