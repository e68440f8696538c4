"""Where symbolic links are refused, a file of one line says which release serves; everything else is the same."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.publish import publish
from data.release.history import go_back
from data.release.pointer import current_id, current_release
from data.release.releases import Release, extracts_folder, releases_folder
from data.release.serving import serving
from tests.extracts import AS_OF, TODAY, contract, entry, publish_rows, write_parquet


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


def refused(error: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def symlink(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "symlink", symlink)


def published(folder: Path) -> Release:
    """Published here and now, links refused or not; `publish_rows` where what matters comes after."""
    return publish(write_parquet(folder, [contract()], [entry()]), as_of=AS_OF, today=TODAY)


@pytest.mark.parametrize("error", [errno.EPERM, errno.EINVAL, errno.ENOTSUP])
def test_a_file_serves_where_links_are_refused(error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(error, monkeypatch)
    first = published(tmp_path)
    pointer = extracts_folder() / "current"
    assert not pointer.is_symlink()
    assert pointer.read_bytes() == f"releases/{first.id}\n".encode()
    assert current_release() == first == serving().release
    second = published(tmp_path)
    assert (current_id(), second.previous) == (second.id, first.id)
    assert go_back() == first == current_release()
    assert not list(extracts_folder().glob(".current-*"))


def test_a_link_takes_over_from_a_file_and_a_file_from_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the folder of extracts moved from one system to another."""
    pointer = extracts_folder() / "current"
    first = publish_rows(tmp_path, [contract()], [entry()])
    with monkeypatch.context() as patch:
        refused(errno.EPERM, patch)
        second = published(tmp_path)
        assert (pointer.is_symlink(), current_release(), second.previous) == (False, second, first.id)
    third = published(tmp_path)
    assert (pointer.is_symlink(), current_release(), third.previous) == (True, third, second.id)


def test_a_full_disk_writes_no_file_in_the_place_of_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = publish_rows(tmp_path, [contract()], [entry()])
    refused(errno.ENOSPC, monkeypatch)
    with pytest.raises(ExtractError, match="publication impossible"):
        published(tmp_path)
    assert (extracts_folder() / "current").is_symlink()
    assert current_release() == first


@pytest.mark.parametrize(
    "text", ["", "\n", "releases/\n", "releases/../..\n", "/etc\n", "releases/.writing-1\n", "\0\ufffd"]
)
def test_a_file_that_names_no_release_is_broken(text: str, tmp_path: Path) -> None:
    publish_rows(tmp_path, [contract()], [entry()])
    pointer = extracts_folder() / "current"
    pointer.unlink()
    pointer.write_text(text, encoding="utf-8")
    with pytest.raises(ExtractError, match="ce n’est pas un lien vers une version"):
        current_release()
    assert current_id() == ""


def test_a_file_that_names_a_release_that_is_gone(tmp_path: Path) -> None:
    publish_rows(tmp_path, [contract()], [entry()])
    pointer = extracts_folder() / "current"
    pointer.unlink()
    pointer.write_text("releases/20200101T000000Z-00000000\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="version absente ou incomplète"):
        current_release()
    assert current_id() not in os.listdir(releases_folder())  # noqa: PTH208 - names


def test_folders_that_cannot_be_opened_are_not_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: a publish goes on without."""
    real = os.open

    def opened(path: str, flags: int, *args: int, **kwargs: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(shutil, "_use_fd_functions", False)  # Windows has none: it removes folders by their names
    assert published(tmp_path) == current_release()
