"""What somebody computes from everything that a reader of a role may see of the ladder, with the participants' clients and years known.

The attacker has the whole of persons.parquet in the role's reading: no reader sees more. Every number shown stands for a count at
most 4 away; every population is a sum over clients and years. A linear programme then gives the least and the most that each count
may be, and least squares the likelier of two hypotheses about somebody who is alone with a client.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.optimize import linprog  # type: ignore[import-untyped]

from data.codes import Role
from tests.secrecy.known import YEARS, Known, KnownExtract

FARTHEST: Final = 4  # a rounded number is so far from the count at most
_SPREAD: Final = 4.0  # variance of the rounding of a count of which nothing is known
Place = tuple[str, int]  # a client and a year
THRESHOLD: Final = {Role.PUBLIC: 11}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A number that a reader sees: of which places, and the number."""

    places: frozenset[Place]
    number: int


def shown(persons: Path, extract: KnownExtract, role: Role, axis: str, category: str, moment: str = "") -> list[Shown]:
    """All numbers of one category over the ladder; the category of a total is empty."""
    table = pq.read_table(persons).to_pylist()
    column = "participants_public" if role is Role.PUBLIC else "participants"
    found = []
    for row in table:
        if (row["moment"], row["axis"], row["category"], row["outcome"]) != (moment, axis, category, ""):
            continue
        if row[column] is not None:
            clients = extract.clients_of(row["field"], row["value"])
            years = YEARS if row["year"] is None else (row["year"],)
            places = frozenset((client, year) for client in clients for year in years)
            found.append(Shown(places=places, number=row[column]))
    return list(dict.fromkeys(found))


def places_of(extract: KnownExtract) -> list[Place]:
    """The places where somebody works, in their order."""
    return sorted({(known.client, known.year) for known in extract.people})


def bounds(numbers: list[Shown], places: list[Place], most: dict[Place, int]) -> Iterator[tuple[Place, int, int]]:
    """The least and the most that the count of each place may be, for who knows how many work there."""
    matrix = _matrix(numbers, places)
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


def evidence(numbers: list[Shown], places: list[Place], most: dict[Place, int], rate: float, somebody: Known) -> float:
    """How much likelier it is that somebody is in the category than not, as a logarithm, from all numbers; without the prior.

    Least squares: the others' counts are unknown around what the rate of the category makes likely.
    """
    matrix = _matrix(numbers, places)
    values = np.array([one.number for one in numbers], dtype=float)
    place = places.index((somebody.client, somebody.year))
    others = np.delete(matrix, place, axis=1)
    counts = np.array([most[other] for index, other in enumerate(places) if index != place], dtype=float)
    spread = others @ np.diag(counts * rate * (1 - rate) + 1e-9) @ others.T + _SPREAD * np.eye(len(values))
    residual = values - others @ (counts * rate)
    inverse = np.linalg.pinv(spread)

    def fit(inside: float) -> float:
        rest = residual - matrix[:, place] * inside
        return float(-0.5 * rest @ inverse @ rest)

    return fit(1.0) - fit(0.0)


def guesses(
    persons: Path, extract: KnownExtract, role: Role, axis: str, category: str, rate: float
) -> list[tuple[bool, bool]]:
    """For each lone participant: whether the attacker's guess is right, and whether the commonest answer is."""
    places = places_of(extract)
    most = {place: sum((one.client, one.year) == place for one in extract.people) for place in places}
    numbers = shown(persons, extract, role, axis, category)
    found = []
    for lone in extract.lone:
        prior = log(rate / (1 - rate))
        guess = prior + (evidence(numbers, places, most, rate, lone) if numbers else 0.0) > 0
        truth = lone.traits[axis] == category
        found.append((guess is truth, (rate > 0.5) is truth))
    return found


def _matrix(numbers: list[Shown], places: list[Place]) -> NDArray[np.float64]:
    return np.array([[float(place in one.places) for place in places] for one in numbers])
