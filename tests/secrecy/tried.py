"""All attacks on one extract, published with one secret; and on the release that has one participant more."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from data.codes import Role
from data.release.releases import PERSONS, Release
from data.secret import FILE
from tests.extracts import publish_rows
from tests.secrecy.attacks import THRESHOLD, bounds, guesses, places_of, shown
from tests.secrecy.known import Known, KnownExtract

TRAITS: Final = {"gender": "F", "is_rqth": "true"}
BY_CHANCE: Final = 0.05  # how much better than the commonest answer guesses may be
Guesses = tuple[int, int, int]  # right, right by the commonest answer, all


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The figures of attacks. `changed`: numbers that are another in the release with one participant more."""

    cells: int = 0
    proved: int = 0
    proved_below: int = 0
    farthest: int = 0
    changed: int = 0
    guesses: dict[str, Guesses] = field(default_factory=lambda: dict.fromkeys(TRAITS, (0, 0, 0)))

    def with_more(self, other: "Tried") -> "Tried":
        """Both together."""
        return Tried(
            cells=self.cells + other.cells,
            proved=self.proved + other.proved,
            proved_below=self.proved_below + other.proved_below,
            farthest=max(self.farthest, other.farthest),
            changed=self.changed + other.changed,
            guesses={
                trait: (mine[0] + more[0], mine[1] + more[1], mine[2] + more[2])
                for trait in TRAITS
                for mine, more in [(self.guesses[trait], other.guesses[trait])]
            },
        )

    @property
    def fails(self) -> bool:
        """Whether an attack succeeds."""
        better = any(right > base + BY_CHANCE * number for right, base, number in self.guesses.values())
        return bool(self.proved_below or self.changed or better)


def tried(folder: Path, extract: KnownExtract, *, secret: int, proofs: bool = True) -> dict[Role, Tried]:
    """The figures for readers with an account and for the public."""
    fewer = extract.without(extract.lone[0])
    first = published(folder, fewer, secret)
    before = first.file(PERSONS)
    release = published(folder, extract, secret)
    persons = release.file(PERSONS)
    return {role: _one(persons, before, fewer, role, proofs=proofs) for role in (Role.SERVICE, Role.PUBLIC)}


def published(folder: Path, extract: KnownExtract, secret: int) -> Release:
    """The release of an extract, from a secret of that number."""
    extracts = folder / "extracts"
    extracts.mkdir(parents=True, exist_ok=True)
    (extracts / FILE).write_bytes(f"secret {secret:032}".encode())
    return publish_rows(folder, *extract.rows())


def _one(persons: Path, before: Path, drawn: KnownExtract, role: Role, *, proofs: bool) -> Tried:
    # The figures shown are those drawn of the release before, which has one participant fewer.
    places = places_of(drawn)
    most = {place: sum((one.client, one.year) == place for one in drawn.people) for place in places}
    cells = proved = proved_below = farthest = 0
    for axis, category, moment in (
        *((trait, value, "") for trait, value in TRAITS.items()),
        ("outcome_group", "durable", "exit"),
    ):
        numbers = shown(persons, drawn, role, axis, category, moment)
        truth = {
            place: sum((one.client, one.year) == place and _is_in(one, axis, category) for one in drawn.people)
            for place in places
        }
        sums = (sum(truth.get(place, 0) for place in one.places) for one in numbers)
        farthest = max([farthest, *(abs(one.number - count) for one, count in zip(numbers, sums, strict=True))])
        for place, low, high in bounds(numbers, places, most) if proofs and numbers else ():
            assert low <= truth[place] <= high, "the attack is wrong, not the protection"
            cells += 1
            proved += low == high
            proved_below += low == high and truth[place] < THRESHOLD.get(role, 5)
    return Tried(
        cells=cells,
        proved=proved,
        proved_below=proved_below,
        farthest=farthest,
        changed=changes(before, persons, role),
        guesses={trait: _guesses(persons, drawn, role, trait, value) for trait, value in TRAITS.items()},
    )


def _guesses(persons: Path, drawn: KnownExtract, role: Role, trait: str, category: str) -> Guesses:
    rate = sum(one.traits[trait] == category for one in drawn.people) / len(drawn.people)
    answers = guesses(persons, drawn, role, trait, category, rate)
    return sum(right for right, _ in answers), sum(base for _, base in answers), len(answers)


def _is_in(one: Known, axis: str, category: str) -> bool:
    return one.traits[axis] == category if axis in TRAITS else one.outcome == category


def changes(before: Path, after: Path, role: Role) -> int:
    """How many numbers of participants, and shares, are another in two releases that both have them."""
    column = "participants_public" if role is Role.PUBLIC else "participants"
    names = ("field", "value", "year", "include_uncounted", "moment", "axis", "category", "outcome")
    sides = [
        {
            tuple(row[name] for name in names): (row[column], row["hours_share_ratio"])
            for row in pq.read_table(file).to_pylist()
        }
        for file in (before, after)
    ]
    return sum(sides[0][place] != sides[1][place] for place in sides[0].keys() & sides[1].keys())
