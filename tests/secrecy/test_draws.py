"""One draw for the same participants, whatever they are named and in every release: nothing to average."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from data.release.persons import FLAGS, TRAITS
from data.release.releases import PERSONS
from tests.extracts import contract, entry, publish_rows
from tests.secrecy.attacks import FARTHEST
from tests.secrecy.figures import READERS, Figure, readable
from tests.secrecy.known import known_extract
from tests.secrecy.tried import published

Counts = NDArray[np.int64]
Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


def figures_of(folder: Path, *, names: str = "P") -> list[Figure]:
    """What an analyst reads after one more release, in which the participants have these names."""
    extract = known_extract(0)
    people = tuple(replace(one, name=names + one.name) for one in extract.people)
    return readable(published(folder, replace(extract, people=people), 0).file(PERSONS), READERS["analyste"])


def test_the_same_participants_in_two_cells_have_one_number(tmp_path: Path) -> None:
    """Nothing is stated of most traits: “not stated” is everybody, eleven times, and so are the work contracts, one each."""
    numbers: dict[tuple[str, str, int | None], list[int | None]] = defaultdict(list)
    stated = ("gender", "is_rqth")
    alike = {
        (axis, "") for axis in (*TRAITS, *FLAGS, "participants", "work_contracts", "residence") if axis not in stated
    }
    for figure in figures_of(tmp_path):
        moment, axis, category = figure.cell
        if not moment and (axis, category) in alike:
            numbers[figure.field, figure.value, figure.year].append(figure.number)
    assert len(numbers) > 50
    assert {len(told) for told in numbers.values()} == {len(alike)}
    assert {place: told for place, told in numbers.items() if len({*told}) > 1} == {}


def test_as_many_others_have_the_same_numbers(tmp_path: Path) -> None:
    """A population keeps its draws when all of its participants are others, so that releases are no draws of one count."""
    told = [
        {(one.field, one.value, one.year, one.cell): one.number for one in figures_of(tmp_path, names=names)}
        for names in ("P", "Q")
    ]
    both = told[0].keys() & told[1].keys()  # of two that are nearly the same, the marks may choose the other
    assert len([place for place in both if told[0][place]]) > 300
    assert [place for place in both if told[0][place] != told[1][place]] == []


def test_no_number_tells_that_all_are_in_a_part(tmp_path: Path) -> None:
    """16 men a client: who knows that they are 16 would read in 20 that none is a woman, for 16 is the only count that gives it."""
    clients = [f"K{number}" for number in range(40)]
    lots = [contract(contract_id=client, client_id=client) for client in clients]
    lines = [
        entry(entry_id=f"{client}-{n}", contract_id=client, participant_id=f"{client}-{n}", gender="M", is_rqth=False)
        for client in clients
        for n in range(16)
    ]
    rows = pq.read_table(publish_rows(tmp_path, lots, lines).file(PERSONS)).to_pylist()
    of_clients = [row for row in rows if row["field"] == "clients" and row["participants"]]
    assert {row["participants"] for row in of_clients if row["axis"] == "participants"} == {15, 20}
    assert {row["participants"] for row in of_clients if row["category"] in ("M", "false")} == {15}


GROUP = 5  # participants alone with their clients, which make the difference of two populations
TIMES = 20_000


def rounded_to_five(counts: Counts, _whole: int, die: np.random.Generator) -> Bounds:
    """The least and the most that a count may be, by a number as it is shown."""
    number = counts - counts % 5 + np.where(die.random(counts.shape) * 5 < counts % 5, 5, 0)
    return (number - FARTHEST).astype(float), (number + FARTHEST).astype(float)


def whole_points(counts: Counts, whole: int, die: np.random.Generator, noise: float) -> Bounds:
    """The same, when a share of the exact count is shown beside the number, in whole points after noise of so many points at most."""
    low, high = rounded_to_five(counts, whole, die)
    points = np.round(100 * counts / whole + (2 * die.random(counts.shape) - 1) * noise)
    width = 0.5 + noise
    return (
        np.maximum(low, np.ceil((points - width) * whole / 100 - 1e-9)),
        np.minimum(high, np.floor((points + width) * whole / 100 + 1e-9)),
    )


@pytest.mark.parametrize("whole", [200, 300, 400])
def test_shares_of_exact_counts_would_prove_traits(whole: int) -> None:
    """A population and the same with five more, who all have a trait, or none has it: how often is that proved, in percent?

    Why shares are those of the numbers shown, and not within one point of the truth from 200 participants on.
    """
    die = np.random.default_rng(17)
    proved = []
    for noise in (None, 0.5, 0.0):
        times = 0
        for have in (0, GROUP):
            counts = die.binomial(whole, 0.25, TIMES)
            bounds = [
                rounded_to_five(number, of, die) if noise is None else whole_points(number, of, die, noise)
                for number, of in ((counts, whole), (counts + have, whole + GROUP))
            ]
            low, high = np.maximum(bounds[1][0] - bounds[0][1], 0), np.minimum(bounds[1][1] - bounds[0][0], GROUP)
            assert ((low <= have) & (have <= high)).all(), "the attack is wrong"
            times += int((low == high).sum())
        proved.append(100 * times / (2 * TIMES))
    assert proved[0] == 0
    assert proved[1] > 0.05
    assert proved[2] > 1
