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
from data.settings import Settings
from tests.extracts import contract, entry, publish_rows
from tests.queries.asking import SETTINGS
from tests.secrecy.attacks import FARTHEST, GENDER, RQTH, shown
from tests.secrecy.figures import READERS, Figure, readable
from tests.secrecy.known import KnownExtract, known_extract
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


def joined_by_others(extract: KnownExtract, month: int) -> KnownExtract:
    """The same, where eleven more work for each of the large clients in each month, and all have a few hours more."""
    others = tuple(
        replace(one, name=f"{one.name}-{n}")
        for n in range(11 * month)
        for one in {known.client: known for known in extract.people if known not in extract.lone}.values()
    )
    people = tuple(replace(one, hours=one.hours + 3 * month) for one in (*extract.people, *others))
    return replace(extract, people=people)


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[KnownExtract, list[Figure]]]:
    """Three releases, in which all hours are others each time."""
    folder = tmp_path_factory.mktemp("months")
    found = []
    for month in range(3):
        extract = joined_by_others(known_extract(0), month)
        found.append((extract, readable(published(folder, extract, 0).file(PERSONS), READERS["analyste"])))
    return found


def test_the_noise_of_hours_has_a_part_that_lasts_and_one_that_does_not(
    months: list[tuple[KnownExtract, list[Figure]]],
) -> None:
    """Without the first, the mean of many releases is the truth; without the second, the difference of two has no noise.

    In the largest contribution: a Laplace draw of that scale has a variance of 2, one of the next power of two 2 to 8.
    """
    noise = []
    for extract, figures in months:
        seen: dict[tuple[frozenset[tuple[str, int]], tuple[str, str, str]], float] = {}
        for category in (GENDER, RQTH):
            for one in shown(figures, extract, category):
                of_them = [p for p in extract.people if (p.client, p.year) in one.places]
                if one.share is not None and 0.02 < one.share < 0.98:  # not cut off at 0 or 1
                    truth = sum(p.hours for p in of_them if category.has(p))
                    off = one.share * sum(p.hours for p in of_them) - truth
                    seen[one.places, one.cell] = off / max(p.hours for p in of_them)
        noise.append(seen)
    both = [
        (noise[0][place], noise[place_of][place])
        for place_of in (1, 2)
        for place in noise[0]
        if place in noise[place_of]
    ]
    first, later = np.array(both).T
    assert len(both) > 100
    assert (first * later).mean() > 1
    assert ((first - later) ** 2).mean() > 2


def test_paths_to_the_same_participants_are_one_draw_in_every_release(
    months: list[tuple[KnownExtract, list[Figure]]],
) -> None:
    """Everybody, and one employer kind and one programme, the same participants: no mean of the three says more than one."""
    for _, figures in months:
        ways = [
            {(one.year, one.cell): (one.number, one.share) for one in figures if (one.field, one.value) == way}
            for way in (("", ""), ("employer_kinds", "none"), ("programmes", "none"))
        ]
        assert len([told for told in ways[0].values() if told[1] not in (None, 1)]) > 10
        # Single years have durations and years of entry for everybody only.
        assert len(ways[0]) > len(ways[1]) > 200
        assert [{place: way[place] for place in ways[1]} for way in ways] == [ways[1]] * 3


CLIENTS = [f"K{number}" for number in range(30)]


def of_clients(folder: Path, number: int, *, names: str, settings: Settings = SETTINGS) -> dict[str, int | None]:
    """How many participants each client is shown to have, with so many of these names."""
    lots = [contract(contract_id=client, client_id=client) for client in CLIENTS]
    lines = [
        entry(entry_id=f"{client}-{n}", contract_id=client, participant_id=f"{client}-{names}{n}")
        for client in CLIENTS
        for n in range(number)
    ]
    rows = pq.read_table(publish_rows(folder, lots, lines, settings=settings).file(PERSONS)).to_pylist()
    wanted = {"field": "clients", "year": None, "axis": "participants", "include_uncounted": False}
    return {row["value"]: row["participants"] for row in rows if wanted.items() <= row.items()}


def test_draws_stay_when_figures_go_and_return(tmp_path: Path) -> None:
    """Too few for a month, then as many as before: drawn anew, one would be averaged with the other."""
    first = of_clients(tmp_path, 18, names="P")
    assert {*first.values()} == {15, 20}
    assert of_clients(tmp_path, 2, names="Q") == {}
    assert of_clients(tmp_path, 18, names="R") == first


def test_draws_stay_when_the_thresholds_change(tmp_path: Path) -> None:
    first = of_clients(tmp_path, 18, names="P")
    others = replace(SETTINGS, privacy=replace(SETTINGS.privacy, threshold=8))
    assert of_clients(tmp_path, 18, names="Q", settings=others) == first


def test_homes_are_those_of_the_territory_when_it_changes(tmp_path: Path) -> None:
    """With one participant who is another at the same time: the figures of the old territory are not repeated."""
    told = []
    for epci, first in (("200023414", "F"), ("200084952", "M")):
        lines = [
            entry(
                entry_id=f"E{n}", contract_id="K", participant_id=f"P{n}", gender=first if n == 0 else "M",
                residence_commune=("76540", "76351", None)[n % 3],
            )
            for n in range(90)
        ]  # fmt: skip
        settings = replace(SETTINGS, authority=replace(SETTINGS.authority, epci=epci))
        release = publish_rows(tmp_path, [contract(contract_id="K", client_id="K")], lines, settings=settings)
        rows = pq.read_table(release.file(PERSONS)).to_pylist()
        told.append({row["category"]: row["participants"] for row in rows if row["axis"] == "residence_commune"})
    assert told == [{"76540": 30}, {"76351": 30}]


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
