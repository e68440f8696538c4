"""Releases month after month: some join, the figures change, and the attacker keeps those of every release.

Were they drawn anew each time, their noise would average out: nine in ten were guessed after a year.
"""

from pathlib import Path
from random import Random
from typing import Final

import numpy as np

from data.release.releases import PERSONS
from tests.secrecy.attacks import GENDER, RQTH, Observed, guesses_of, observed, shown
from tests.secrecy.figures import READERS, readable
from tests.secrecy.known import LARGE, YEARS, Known, KnownExtract
from tests.secrecy.tried import Guesses, published

JOINING: Final = 66  # a month, a third of those who are there: enough that most figures are others each time


def over_months(folder: Path, extract: KnownExtract, *, months: int, secret: int) -> dict[str, Guesses]:
    """Guesses on the lone participants of the extract, by all that an analyst sees in so many releases, the extract's the first."""
    die, now, seen = Random(secret), extract, []
    for month in range(months):
        if month:
            now = KnownExtract(
                lots=now.lots, people=(*now.people, *(_joining(die, now, f"{month}-{n}") for n in range(JOINING)))
            )
        seen.append((now, readable(published(folder, now, secret).file(PERSONS), READERS["analyste"])))
    told = {}
    for category in (GENDER, RQTH):
        sums = [observed(shown(figures, then, category), then) for then, figures in seen]
        answers = guesses_of(_together(sums, len(now.people)), now, category)
        told[category.name] = (sum(right for right, _ in answers), sum(base for _, base in answers), len(answers))
    return told


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


def _together(months: list[Observed], people: int) -> Observed:
    """The sums of all months, each once; who joins later is in no earlier one."""
    matrix = np.concatenate([np.pad(sums, ((0, 0), (0, people - sums.shape[1]))) for sums, _, _ in months])
    values, noise = (np.concatenate([month[which] for month in months]) for which in (1, 2))
    _, first = np.unique(np.column_stack([matrix, values]), axis=0, return_index=True)
    return matrix[first], values[first], noise[first]
