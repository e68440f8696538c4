"""All attacks on one extract, published with one secret; and on the release that has one participant more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data.codes import Role
from data.release.releases import PERSONS, Release
from data.secret import FILE
from queries.rights.rights import Rights
from tests.extracts import publish_rows
from tests.secrecy.attacks import CATEGORIES, GENDER, RQTH, bounds, counts, guesses, shown
from tests.secrecy.figures import READERS, Figure, readable
from tests.secrecy.known import KnownExtract

TRAITS: Final = (GENDER, RQTH)
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
    guesses: dict[str, Guesses] = field(default_factory=lambda: {trait.name: (0, 0, 0) for trait in TRAITS})

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
                for trait in self.guesses
                for mine, more in [(self.guesses[trait], other.guesses[trait])]
            },
        )

    @property
    def fails(self) -> bool:
        """Whether an attack succeeds."""
        better = any(right > base + BY_CHANCE * number for right, base, number in self.guesses.values())
        return bool(self.proved_below or self.changed or better)


def tried(folder: Path, extract: KnownExtract, *, secret: int) -> dict[str, Tried]:
    """The figures for each reader of READERS."""
    # The figures shown are those drawn of the release before, which has one participant fewer.
    drawn = extract.without(extract.lone[0])
    before = published(folder, drawn, secret).file(PERSONS)
    after = published(folder, extract, secret).file(PERSONS)
    found: dict[tuple[tuple[Figure, ...], int], Tried] = {}  # readers who see the same are the same attacker
    told = {}
    for name, rights in READERS.items():
        figures = tuple(readable(after, rights))
        if (figures, threshold_of(rights)) not in found:
            changed = changes(readable(before, rights), figures)
            found[figures, threshold_of(rights)] = _one(figures, drawn, threshold_of(rights), changed)
        told[name] = found[figures, threshold_of(rights)]
    return told


def threshold_of(rights: Rights) -> int:
    """The least count that the reader may see, by default."""
    return 11 if rights.role is Role.PUBLIC else 5


def published(folder: Path, extract: KnownExtract, secret: int) -> Release:
    """The release of an extract, from a secret of that number."""
    extracts = folder / "extracts"
    extracts.mkdir(parents=True, exist_ok=True)
    (extracts / FILE).write_bytes(f"secret {secret:032}".encode())
    return publish_rows(folder, *extract.rows())


def changes(before: Sequence[Figure], after: Sequence[Figure]) -> int:
    """How many numbers of participants, and shares, are another in two releases that both have them."""
    sides = [{(f.field, f.value, f.year, f.cell): (f.number, f.share) for f in side} for side in (before, after)]
    return sum(sides[0][place] != sides[1][place] for place in sides[0].keys() & sides[1].keys())


def _one(figures: Sequence[Figure], drawn: KnownExtract, threshold: int, changed: int) -> Tried:
    most = counts(drawn)
    cells = proved = proved_below = farthest = 0
    guessed: dict[str, Guesses] = {}
    for category in CATEGORIES:
        numbers = shown(figures, drawn, category)
        truth = {
            place: sum((one.client, one.year) == place and category.has(one) for one in drawn.people) for place in most
        }
        sums = [sum(truth.get(place, 0) for place in one.places) for one in numbers]
        farthest = max([farthest, *(abs(one.number - count) for one, count in zip(numbers, sums, strict=True))])
        for place, low, high in bounds(numbers, most) if numbers else ():
            assert low <= truth[place] <= high, "the attack is wrong, not the protection"
            cells += 1
            proved += low == high
            proved_below += low == high and truth[place] < threshold
        if category in TRAITS:
            answers = guesses(numbers, drawn, category)
            guessed[category.name] = (
                sum(right for right, _ in answers),
                sum(base for _, base in answers),
                len(answers),
            )
    return Tried(
        cells=cells,
        proved=proved,
        proved_below=proved_below,
        farthest=farthest,
        changed=changed,
        guesses=guessed,
    )
