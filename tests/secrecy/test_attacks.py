"""The attacks in their quick form: one seed, one secret. The whole of them: `python -m tests.secrecy --whole`."""

from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from data.release.releases import PERSONS
from queries.open_release import open_release
from queries.questions import questions
from queries.rights.access import Access
from queries.scope import Scope
from queries.secrecy.hidden_figures import is_about_persons
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.queries.asking import SETTINGS
from tests.secrecy.figures import READERS, answered, readable
from tests.secrecy.known import KnownExtract, known_extract
from tests.secrecy.tried import Tried, published, tried

every_reader = pytest.mark.parametrize("reader", READERS)


@pytest.fixture(scope="module")
def extract() -> KnownExtract:
    """Its participants are what the attacker knows."""
    return known_extract(0)


@pytest.fixture(scope="module")
def attacks(tmp_path_factory: pytest.TempPathFactory, extract: KnownExtract) -> dict[str, Tried]:
    """What each reader finds."""
    return tried(tmp_path_factory.mktemp("attacks"), extract, secret=0)


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tried]:
    """The same, where the clients are those of three structures."""
    return tried(tmp_path_factory.mktemp("observatory"), known_extract(0, observatory=True), secret=0)


@pytest.fixture(scope="module")
def accesses(tmp_path_factory: pytest.TempPathFactory, extract: KnownExtract) -> dict[str, Access]:
    """The doors of each reader to one release of it."""
    database = open_release(published(tmp_path_factory.mktemp("doors"), extract, 0), SETTINGS)
    return {reader: Access(database=database, rights=rights) for reader, rights in READERS.items()}


@every_reader
def test_no_count_below_the_threshold_is_proved(attacks: dict[str, Tried], reader: str) -> None:
    assert attacks[reader].cells > 5
    assert attacks[reader].proved_below == 0


@every_reader
def test_two_releases_that_differ_by_one_participant_are_the_same(attacks: dict[str, Tried], reader: str) -> None:
    assert attacks[reader].changed == 0


@every_reader
def test_the_structures_of_an_observatory_prove_no_more(observed: dict[str, Tried], reader: str) -> None:
    """Three populations and their years that add up to everything."""
    assert observed[reader].cells > 5
    assert observed[reader].proved_below == 0
    assert observed[reader].changed == 0


def test_counts_are_within_four_of_the_truth(attacks: dict[str, Tried]) -> None:
    assert attacks["analyste"].farthest == 4


@every_reader
def test_doors_answer_what_the_attacks_had_and_no_more(
    accesses: dict[str, Access], extract: KnownExtract, reader: str
) -> None:
    """Over the whole ladder, values side by side: no number that is not in the release in the reader's reading."""
    access = accesses[reader]
    held = set(readable(access.release.file(PERSONS), access.rights))
    told = set(answered(access, extract))
    assert told - held == set()
    assert len([figure for figure in told if figure.number]) > 20


@every_reader
def test_another_spelling_is_the_same_number(accesses: dict[str, Access], reader: str) -> None:
    """Order, repeats, lots out of the total of which there are none, beside another value: nothing to average."""
    access = accesses[reader]
    spellings = (
        Scope(clients=("K10",)),
        Scope(clients=("K10", "K10")),
        Scope(clients=("K10",), include_uncounted=True),
        Scope(clients=("K10", "K03")),
        Scope(clients=("K00", "K10", "K09")),
    )
    told = [
        [row for row in access.ask("people_by_trait", scope).to_pylist() if row["population"] == "K10"]
        for scope in spellings
    ]
    assert all(rows == told[0] for rows in told)
    assert bool(told[0]) == (reader != "facilitateur, own lots")  # who may not cross clients with their own lots


@every_reader
def test_random_unions_and_crossings_have_no_figure_of_their_own(
    accesses: dict[str, Access], extract: KnownExtract, reader: str
) -> None:
    access, die = accesses[reader], Random(17)
    held = {(figure.value, figure.number) for figure in readable(access.release.file(PERSONS), access.rights)}
    for _ in range(3):
        some = tuple(die.sample(sorted(extract.lots), 5))
        for scope in (Scope(clients=some), Scope(clients=some, sectors=("pi",)), Scope(clients=some, last_year=2020)):
            (headline,) = access.ask("headline", scope).to_pylist()
            alone = access.rights.clients is not None and {*some} >= {*access.rights.clients}
            assert headline["participants"] in ((None, 0) if not alone else (None, 0, *(n for _, n in held)))
            rows = access.ask("people_by_trait", scope).to_pylist()
            assert {(row["population"], row["participants"]) for row in rows} <= held


def test_the_whole_form_fails_when_guesses_beat_the_commonest_answer() -> None:
    """By more than five points; here eleven participants are too few to say."""
    assert Tried(guesses={"sex": (96, 90, 100)}).fails
    assert not Tried(guesses={"sex": (95, 90, 100)}).fails


def test_the_hours_of_a_trait_are_hidden_where_one_participant_has_most(tmp_path: Path) -> None:
    """One with 1 500 h among 29 with 20 h: any share would give her sex."""
    lines = "\n".join(f"P{n} | {1500 if not n else 20} | {'F' if n % 2 == 0 else 'M'}" for n in range(30))
    release = publish_rows(
        tmp_path, contracts_table("contract_id\nM1"), hours_table(f"participant_id | hours_validated | gender\n{lines}")
    )
    rows = [row for row in pq.read_table(release.file(PERSONS)).to_pylist() if row["axis"] == "gender"]
    assert {row["participants"] for row in rows if row["category"] in ("F", "M")} == {15}
    assert {row["hours_share_ratio"] for row in rows} == {None}


@every_reader
def test_no_hours_of_participants_are_given_but_those_of_all(accesses: dict[str, Access], reader: str) -> None:
    """Of a trait, a home, an outcome or a year of entry there are shares at most, which dominance hides; never hours."""
    access, given = accesses[reader], []
    for name, asked in questions().items():
        if is_about_persons(asked) and any(column.name == "is_total" for column in asked.columns):
            hours = [column.name for column in asked.columns if column.unit in ("h", "h_per_person")]
            for row in access.ask(name, Scope(clients=("K10",))).to_pylist():
                given += [(name, row["is_total"]) for column in hours if row[column] is not None]
    assert {is_total for _, is_total in given} <= {True}
    assert bool(given) == (reader != "facilitateur, own lots")


def test_a_lone_hidden_number_hides_a_second_one(accesses: dict[str, Access]) -> None:
    """All are new in their year: that nobody is known would be the whole less the new, so both are hidden, and only the whole shown."""
    rows = pq.read_table(accesses["analyste"].release.file(PERSONS)).to_pylist()
    for column in ("participants", "participants_public"):
        shown = {(row["value"], row["year"], row["axis"], row["category"]) for row in rows if row[column]}
        assert ("", 2020, "participants", "") in shown
        assert not [place for place in shown if place[2] == "presence"]
