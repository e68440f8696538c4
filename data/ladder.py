"""The ladder of populations: for whom figures about participants exist at all.

A population is everything, or one value of one field; over all years or one year; with the lots out of the total or without.
There is no union of two values and no crossing of two fields: bounded noise does not survive a free choice of sums (Asghar and
Kaafar, "Averaging attacks on bounded noise-based disclosure control algorithms", 2020).
"""

from dataclasses import dataclass
from typing import Final

EVERYTHING: Final = ""  # the field and the value of the population of everybody
NOT_STATED: Final = "none"  # the value of a field that a source left empty, as in filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A field of the ladder, by its name in filters. `by_year`: whether each of its values has figures of single years too."""

    field: str
    by_year: bool = True
    uncounted: bool = True


# The widest first: of two populations that are nearly the same participants, only the first has figures.
LADDER: Final = (
    Rung(field=EVERYTHING),
    Rung(field="structures"),
    Rung(field="clients"),
    Rung(field="clause_categories"),
    Rung(field="execution_communes"),
    Rung(field="employer_kinds"),
    Rung(field="sectors"),
    Rung(field="programmes"),
    Rung(field="client_types"),
    Rung(field="facilitators"),
)
