"""What somebody computes from all figures about participants that a reader may see, with the participants' clients, years and hours known.

Every number shown stands for a count at most 4 away; every population is a sum over clients and years. Of a trait with two values,
the number of one is the known whole less that of the other: both are used. A linear programme then gives the least and the most that
each count may be, and least squares, with the shares of hours too, the likelier of two hypotheses about somebody who is alone with a client.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog  # type: ignore[import-untyped]

from tests.secrecy.figures import Figure
from tests.secrecy.known import YEARS, Known, KnownExtract

FARTHEST: Final = 4  # a rounded number is so far from the count at most
_SPREAD: Final = 4.0  # variance of the rounding of a count of which nothing is known
_PERCENT: Final = 0.01**2 / 12  # variance of the rounding of a share
Place = tuple[str, int]  # a client and a year
Observed = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What is looked for: a value of a trait, or an outcome at the exit. `other`: the value of all others, where there is one."""

    name: str
    cells: tuple[tuple[str, str, str], ...]  # moment, axis, category: each is drawn for itself
    other: tuple[str, str, str] | None = None

    def has(self, known: Known) -> bool:
        """Whether somebody is in it."""
        _, axis, value = self.cells[0]
        return known.traits.get(axis, known.outcome) == value


GENDER: Final = Category(name="sex", cells=(("", "gender", "F"),), other=("", "gender", "M"))
RQTH: Final = Category(name="RQTH", cells=(("", "is_rqth", "true"),), other=("", "is_rqth", "false"))
DURABLE: Final = Category(
    name="durable exit", cells=(("exit", "outcome_group", "durable"), ("exit", "exit_outcome", "durable"))
)
CATEGORIES: Final = (GENDER, RQTH, DURABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A number that a reader sees: of which places, whose draw it is, the number and the share of the hours."""

    places: frozenset[Place]
    cell: tuple[str, str, str]
    number: int
    share: float | None


def shown(figures: Sequence[Figure], extract: KnownExtract, category: Category) -> list[Shown]:
    """All numbers that bear on a category; those of the other value are turned over."""
    found = []
    for figure in figures:
        if figure.cell not in (*category.cells, category.other) or figure.number is None:
            continue
        clients = extract.clients_of(figure.field, figure.value)
        years = YEARS if figure.year is None else (figure.year,)
        places = frozenset((client, year) for client in clients for year in years)
        number, share = figure.number, figure.share
        if figure.cell == category.other:
            number = sum((one.client, one.year) in places for one in extract.people) - number
            share = None if share is None else 1 - share
        found.append(Shown(places=places, cell=figure.cell, number=number, share=share))
    return list(dict.fromkeys(found))


def counts(extract: KnownExtract) -> dict[Place, int]:
    """How many work at each place, which the attacker knows."""
    places = sorted({(known.client, known.year) for known in extract.people})
    return {place: sum((one.client, one.year) == place for one in extract.people) for place in places}


def bounds(numbers: Sequence[Shown], most: dict[Place, int]) -> Iterator[tuple[Place, int, int]]:
    """The least and the most that the count of each place of which something is shown may be."""
    places = [place for place in most if any(place in one.places for one in numbers)]
    matrix = np.array([[float(place in one.places) for place in places] for one in numbers])
    values = np.array([one.number for one in numbers], dtype=float)
    limits = np.concatenate([values + FARTHEST, FARTHEST - values])
    sides = np.concatenate([matrix, -matrix])
    ranges = [(0, most[place]) for place in places]
    for index, place in enumerate(places):
        aim = np.zeros(len(places))
        aim[index] = 1
        low = linprog(aim, A_ub=sides, b_ub=limits, bounds=ranges, method="highs")
        high = linprog(-aim, A_ub=sides, b_ub=limits, bounds=ranges, method="highs")
        yield place, int(np.ceil(low.fun - 1e-6)), int(np.floor(-high.fun + 1e-6))


def guesses(numbers: Sequence[Shown], extract: KnownExtract, category: Category) -> list[tuple[bool, bool]]:
    """For each lone participant: whether the attacker's guess is right, and whether the commonest answer is."""
    return guesses_of(observed(numbers, extract), extract, category)


def guesses_of(seen: Observed, extract: KnownExtract, category: Category) -> list[tuple[bool, bool]]:
    """The same, of sums over the participants of the extract."""
    rate = sum(category.has(one) for one in extract.people) / len(extract.people)
    matrix, values, noise = seen
    found = []
    for lone in extract.lone:
        guess = log(rate / (1 - rate)) + _evidence(matrix, values, noise, rate, extract.people.index(lone)) > 0
        found.append((guess is category.has(lone), (rate > 0.5) is category.has(lone)))
    return found


def observed(numbers: Sequence[Shown], extract: KnownExtract) -> Observed:
    """What is shown as sums over participants: their weights, the sums, the variance of the noise. Numbers first, then hours."""
    hours = np.array([one.hours for one in extract.people], dtype=float)
    inside = np.array([[float((p.client, p.year) in one.places) for p in extract.people] for one in numbers])
    inside = inside.reshape(len(numbers), len(hours))
    weighed = [index for index, one in enumerate(numbers) if one.share is not None]
    by_hours = inside[weighed] * hours
    whole = by_hours.sum(axis=1)
    shares = np.array([numbers[index].share for index in weighed], dtype=float)
    largest = by_hours.max(axis=1, initial=0)
    return (
        np.concatenate([inside, by_hours]),
        np.concatenate([np.array([one.number for one in numbers], dtype=float), shares * whole]),
        np.concatenate([np.full(len(numbers), _SPREAD), 2 * largest**2 + lasting_noise(largest) + _PERCENT * whole**2]),
    )


def lasting_noise(largest: NDArray[np.float64]) -> NDArray[np.float64]:
    """The variance of the part of the noise of hours that is the same in all releases, by the hours of whoever has most."""
    return 2 * 4 ** np.ceil(np.log2(np.maximum(largest, 1)))


def _evidence(
    matrix: NDArray[np.float64], values: NDArray[np.float64], noise: NDArray[np.float64], rate: float, somebody: int
) -> float:
    """How much likelier it is that somebody is in the category than not, as a logarithm; without the prior.

    Least squares: the others are unknown around what the rate of the category makes likely.
    """
    others = np.delete(matrix, somebody, axis=1)
    spread = rate * (1 - rate) * others @ others.T + np.diag(noise)
    out = values - rate * others.sum(axis=1)
    both = np.column_stack([out - matrix[:, somebody], out])
    inside, outside = (both * np.linalg.solve(spread, both)).sum(axis=0) if len(values) else (0.0, 0.0)
    return float(outside - inside) / 2
