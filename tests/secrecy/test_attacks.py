"""The attacks in their quick form: one seed, one secret. The whole of them: `python -m tests.secrecy --whole`."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data.codes import Role
from data.release.releases import PERSONS
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.secrecy.known import known_extract
from tests.secrecy.tried import Tried, tried


@pytest.fixture(scope="module")
def attacks(tmp_path_factory: pytest.TempPathFactory) -> dict[Role, Tried]:
    """What is found by readers with an account, and by the public."""
    return tried(tmp_path_factory.mktemp("attacks"), known_extract(0), secret=0)


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> dict[Role, Tried]:
    """The same, where the clients are those of three structures."""
    return tried(tmp_path_factory.mktemp("observatory"), known_extract(0, observatory=True), secret=0)


@pytest.mark.parametrize("role", [Role.SERVICE, Role.PUBLIC])
def test_no_count_below_the_threshold_is_proved(attacks: dict[Role, Tried], role: Role) -> None:
    assert attacks[role].cells > 80
    assert attacks[role].proved_below == 0


@pytest.mark.parametrize("role", [Role.SERVICE, Role.PUBLIC])
def test_two_releases_that_differ_by_one_participant_are_the_same(attacks: dict[Role, Tried], role: Role) -> None:
    assert attacks[role].changed == 0


@pytest.mark.parametrize("role", [Role.SERVICE, Role.PUBLIC])
def test_the_structures_of_an_observatory_prove_no_more(observed: dict[Role, Tried], role: Role) -> None:
    """Three populations and their years that add up to everything."""
    assert observed[role].cells > 80
    assert observed[role].proved_below == 0
    assert observed[role].changed == 0


def test_counts_are_within_four_of_the_truth(attacks: dict[Role, Tried]) -> None:
    assert attacks[Role.SERVICE].farthest == 4


def test_the_hours_of_a_trait_are_hidden_where_one_participant_has_most(tmp_path: Path) -> None:
    """One with 1 500 h among 29 with 20 h: any share would give her sex."""
    lines = "\n".join(f"P{n} | {1500 if not n else 20} | {'F' if n % 2 == 0 else 'M'}" for n in range(30))
    release = publish_rows(
        tmp_path, contracts_table("contract_id\nM1"), hours_table(f"participant_id | hours_validated | gender\n{lines}")
    )
    rows = [row for row in pq.read_table(release.file(PERSONS)).to_pylist() if row["axis"] == "gender"]
    assert {row["participants"] for row in rows if row["category"] in ("F", "M")} == {15}
    assert {row["hours_share_ratio"] for row in rows} == {None}
