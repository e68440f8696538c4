"""`[releases] keep`: which releases stay after a publish."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.release.history import go_back, point_at
from data.release.publishing import publishing_lock
from data.release.releases import releases_folder
from data.release.retention import remove_old
from data.settings import load_settings
from data.settings_server import ReleasesKept
from tests.extracts import contract, entry, publish_rows


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Four releases, in the order in which they served."""
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    made = [publish_rows(tmp_path, [contract()], [entry(hours_validated=Decimal(n))]) for n in range(1, 5)]
    return [release.id for release in made]


def kept(keep: int) -> set[str]:
    with publishing_lock():
        remove_old(keep)
    return {folder.name for folder in releases_folder().iterdir()}


def test_zero_keeps_all(ids: list[str]) -> None:
    assert kept(0) == set(ids)


def test_the_last_that_served(ids: list[str]) -> None:
    assert kept(4) == set(ids)
    assert kept(3) == set(ids[1:])
    assert kept(2) == set(ids[2:])
    assert go_back().id == ids[2]


def test_what_was_withdrawn_goes_first(ids: list[str]) -> None:
    go_back()
    assert kept(3) == set(ids[:3])


def test_order_of_serving_decides_and_not_the_clock(ids: list[str]) -> None:
    with publishing_lock():
        point_at(ids[0])
    assert kept(2) == {ids[3], ids[0]}


def test_more_stay_until_one_is_whole_to_go_back_to(ids: list[str]) -> None:
    (releases_folder() / ids[2] / "hours.parquet").write_bytes(b"cut")
    assert kept(2) == set(ids[1:])
    assert go_back().id == ids[1]


def test_folders_under_other_names_stay(ids: list[str]) -> None:
    (releases_folder() / "kept by hand").mkdir()
    assert kept(2) == {"kept by hand", *ids[2:]}


def test_nothing_goes_while_it_is_not_known_what_serves(ids: list[str]) -> None:
    (releases_folder().parent / "current").unlink()
    assert kept(2) == set(ids)


@pytest.mark.parametrize("keep", [-1, 1])
def test_one_alone_is_too_few(tmp_path: Path, keep: int) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[authority]\nname = "A"\nepci = "200023414"\n[releases]\nkeep = {keep}\n', encoding="utf-8")
    with pytest.raises(ExtractError, match="2 au moins"):
        load_settings(file)


def test_a_publish_removes_what_the_settings_do_not_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    settings = replace(load_settings(), releases=ReleasesKept(keep=2))
    made = [
        publish_rows(tmp_path, [contract()], [entry(hours_validated=Decimal(n))], settings=settings) for n in (1, 2, 3)
    ]
    assert {folder.name for folder in releases_folder().iterdir()} == {release.id for release in made[1:]}
