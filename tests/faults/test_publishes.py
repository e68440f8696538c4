"""The short form of `python -m tests.faults`."""

from pathlib import Path

import pytest

from tests.faults import publishes


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


def test_a_publish_survives_kills_at_random_moments(tmp_path: Path) -> None:
    publishes.random_kills(tmp_path, times=5, seed=1)


@pytest.mark.parametrize("name", ["die", "full", "read_only"])
def test_at_some_changes_of_a_file(tmp_path: Path, name: str) -> None:
    stopped, served = publishes.in_turn(tmp_path, name, every=6)
    assert stopped
    assert served


def test_disks_on_which_no_file_can_grow(tmp_path: Path) -> None:
    publishes.small_disks(tmp_path, (0, 600, 3000))


def test_two_publishes_at_once(tmp_path: Path) -> None:
    publishes.two_at_once(tmp_path, times=1)


def test_a_clock_that_jumps(tmp_path: Path) -> None:
    publishes.jumping_clock(tmp_path, (-400, 0, 400, -1))
