"""Releases month after month: some join, the figures change, and the attacker keeps those of every release.

Were all noise drawn anew each time, it would average out: nine in ten were guessed after a year. Two attackers read the same figures:
one takes each release for a draw of its own; the other knows that a part of the noise of a cell is the same in all of them, how large it
is, and looks for it as for one more unknown.
"""

from dataclasses import dataclass
from math import log
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve  # type: ignore[import-untyped]

from data.release.releases import PERSONS
from tests.secrecy.attacks import GENDER, RQTH, Category, lasting_noise, observed, shown
from tests.secrecy.figures import READERS, Figure, readable
from tests.secrecy.known import LARGE, YEARS, Known, KnownExtract
from tests.secrecy.tried import Guesses, published

JOINING: Final = 66  # a month, a third of those who are there: enough that most figures are others each time
ATTACKERS: Final = {"each release a draw": False, "lasting noise": True}
Month = tuple[KnownExtract, list[Figure]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What is shown in all releases as sums over the participants of the last one, each once.

    `fresh`, `lasting`: the variance of the noise of one release, and of all; `cells`: which sums have the same lasting noise, by number.
    """

    matrix: Floats
    values: Floats
    fresh: Floats
    lasting: Floats
    cells: NDArray[np.int64]


def over_months(folder: Path, extract: KnownExtract, *, months: int, secret: int) -> dict[tuple[str, str], Guesses]:
    """Guesses on the lone participants of the extract, by trait and attacker, from all that an analyst sees in so many releases."""
    seen = releases(folder, extract, months=months, secret=secret)
    now = seen[-1][0]
    told = {}
    for category in (GENDER, RQTH):
        sums = together(seen, category)
        base = sum(category.has(one) for one in now.people) > len(now.people) / 2
        for name, lasting in ATTACKERS.items():
            right = [
                (evidence > 0) is category.has(one)
                for one, evidence in zip(extract.lone, _odds(sums, now, extract, category, lasting), strict=True)
            ]
            commonest = [base is category.has(one) for one in extract.lone]
            told[category.name, name] = (sum(right), sum(commonest), len(right))
    return told


def releases(folder: Path, extract: KnownExtract, *, months: int, secret: int) -> list[Month]:
    """So many releases, the extract's the first; what an analyst sees in each."""
    die, now, seen = Random(secret), extract, []
    for month in range(months):
        if month:
            now = KnownExtract(
                lots=now.lots, people=(*now.people, *(_joining(die, now, f"{month}-{n}") for n in range(JOINING)))
            )
        seen.append((now, readable(published(folder, now, secret).file(PERSONS), READERS["analyste"])))
    return seen


def _joining(die: Random, extract: KnownExtract, name: str) -> Known:
    """Somebody who joins one of the large clients."""
    return Known(
        name=f"N{name}",
        client=die.choice([*extract.lots][:LARGE]),
        year=die.choice(YEARS),
        traits={"gender": "F" if die.random() < 0.24 else "M", "is_rqth": "true" if die.random() < 0.1 else "false"},
        outcome=die.choice(["durable", "chomage"]),
        hours=die.randrange(40, 400),
    )


def together(seen: list[Month], category: Category) -> Sums:
    """The sums of all months; who joins later is in no earlier one."""
    people = len(seen[-1][0].people)
    parts, named = [], []
    for then, figures in seen:
        numbers = shown(figures, then, category)
        matrix, values, noise = observed(numbers, then)
        weighed = [one for one in numbers if one.share is not None]
        named += [(one.places, one.cell, False) for one in numbers] + [(one.places, one.cell, True) for one in weighed]
        # Of a number, half of the variance is what its lasting draw adds; of hours, the noise of drawn.sql, shares.
        largest = matrix.max(axis=1)
        is_hours = np.arange(len(values)) >= len(numbers)
        lasting = np.where(is_hours, lasting_noise(largest), noise / 2)
        fresh = noise - lasting
        parts.append((np.pad(matrix, ((0, 0), (0, people - matrix.shape[1]))), values, fresh, lasting))
    numbers_of = {name: number for number, name in enumerate(dict.fromkeys(named))}
    cells = np.array([numbers_of[name] for name in named])
    matrix, values, fresh, lasting = (np.concatenate([part[which] for part in parts]) for which in range(4))
    _, once = np.unique(np.column_stack([cells, values, matrix]), axis=0, return_index=True)
    return Sums(matrix=matrix[once], values=values[once], fresh=fresh[once], lasting=lasting[once], cells=cells[once])


def _odds(sums: Sums, now: KnownExtract, extract: KnownExtract, category: Category, is_lasting: bool) -> list[float]:
    """The logarithm of how much likelier it is that each lone participant is in the category than not.

    Least squares over participants, unknown around the rate of the category, and over the lasting noise of each cell. What is
    found of somebody is the inverse of the normal matrix; the prior is taken out of it again, for she is in or she is not.
    """
    rate = sum(category.has(one) for one in now.people) / len(now.people)
    prior, people = rate * (1 - rate), len(now.people)
    unknown, noise = sums.matrix, sums.fresh
    if is_lasting:
        own = np.zeros((len(sums.cells), sums.cells.max() + 1))
        own[np.arange(len(sums.cells)), sums.cells] = np.sqrt(sums.lasting)
        unknown = np.hstack([unknown, own])
    else:
        noise = sums.fresh + sums.lasting
    normal = (unknown / noise[:, None]).T @ unknown
    normal += np.diag([1 / prior] * people + [1.0] * (len(normal) - people))
    found = unknown.T @ ((sums.values - rate * sums.matrix.sum(axis=1)) / noise)
    places = [now.people.index(one) for one in extract.lone]
    solved = cho_solve(cho_factor(normal), np.column_stack([found, np.eye(len(normal))[:, places]]))
    told = []
    for column, place in enumerate(places, start=1):
        weight = 1 / solved[place, column] - 1 / prior
        evidence = solved[place, 0] / solved[place, column] - weight * (1 - 2 * rate) / 2
        told.append(log(rate / (1 - rate)) + float(evidence))
    return told
