"""A current release that is cut, changed or gone: the last whole one serves and says so; nothing half-written, withdrawn or invented does."""

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.release.first_start import ensure_release
from data.release.history import go_back
from data.release.releases import Release, extracts_folder
from data.release.serving import serving
from tests.extracts import contract, entry, publish_rows


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


@pytest.fixture
def published(tmp_path: Path) -> Callable[..., Release]:
    def publish_once(demo: bool = False) -> Release:
        return publish_rows(tmp_path, [contract()], [entry()], demo=demo)

    return publish_once


def cut(release: Release) -> None:
    file = release.file("hours_monthly.parquet")
    file.write_bytes(file.read_bytes()[:-1])


def emptied(release: Release) -> None:
    release.file("contracts.parquet").write_bytes(b"")


def without_a_file(release: Release) -> None:
    release.file("anomalies.parquet").unlink()


def without_its_note(release: Release) -> None:
    release.file("release.json").unlink()


def with_half_a_note(release: Release) -> None:
    note = release.file("release.json")
    note.write_bytes(note.read_bytes()[:100])


def gone(release: Release) -> None:
    shutil.rmtree(release.path)


def pointed_at_nothing(_release: Release) -> None:
    pointer = extracts_folder() / "current"
    pointer.unlink()
    pointer.symlink_to("releases/none")


@pytest.mark.parametrize("harm", [cut, emptied, without_a_file, without_its_note, with_half_a_note, gone])
def test_the_last_whole_one_serves_and_the_broken_one_is_named(
    harm: Callable[[Release], None], published: Callable[[], Release], caplog: pytest.LogCaptureFixture
) -> None:
    first, second, third, fourth = (published() for _ in range(4))
    assert (serving().release, serving().broken) == (fourth, "")
    harm(fourth)
    harm(third)
    for _ in range(2):
        assert (serving().release, serving().broken) == (second, fourth.id)
    assert ensure_release() == second  # and the first start says it in the log
    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert fourth.id in record.getMessage()
    assert second.id in record.getMessage()
    fifth = published()
    assert (serving().release, serving().broken) == (fifth, "")
    assert go_back() == second
    assert go_back() == first


def test_a_pointer_to_nothing_leads_to_the_last_that_served(published: Callable[[], Release]) -> None:
    _, second = published(), published()
    pointed_at_nothing(second)
    assert (serving().release, serving().broken) == (second, "none")


def test_one_that_was_withdrawn_does_not_come_back(published: Callable[[], Release]) -> None:
    first, withdrawn = published(), published()
    go_back()
    third = published()
    cut(third)
    assert withdrawn.path.exists()
    assert serving().release == first


def test_without_a_whole_one_the_reason_is_given(published: Callable[[], Release]) -> None:
    cut(published())
    cut(published())
    with pytest.raises(ExtractError, match="fichier coupé ou modifié"):
        serving()


def test_a_demonstration_does_not_serve_in_the_place_of_real_figures(published: Callable[..., Release]) -> None:
    demo, real = published(demo=True), published()
    cut(real)
    with pytest.raises(ExtractError, match="fichier coupé ou modifié"):
        serving()
    gone(real)
    with pytest.raises(ExtractError, match="version absente ou incomplète"):
        serving()
    later = published(demo=True)
    cut(later)
    assert serving().release == demo


def test_a_release_of_another_version_of_the_product_asks_for_a_publish(published: Callable[[], Release]) -> None:
    """Figures of before an update do not come back as if they were today's."""
    published()
    note = published().file("release.json")
    note.write_text(json.dumps(json.loads(note.read_text()) | {"schema_version": 1}))
    with pytest.raises(ExtractError, match="publiez de nouveau"):
        serving()


def test_a_pointer_that_was_taken_away_shows_nothing_and_no_demonstration(published: Callable[[], Release]) -> None:
    """Whoever takes it away means that nothing is shown; a server that starts does not invent figures meanwhile."""
    release = published()
    (extracts_folder() / "current").unlink()
    assert serving().release is None
    with pytest.raises(ExtractError, match="aucune version n’est en service"):
        ensure_release()
    assert go_back() == release


@pytest.mark.parametrize("mode", ["tar", "cp"])
def test_a_backup_of_the_folder_is_restored(
    mode: str, published: Callable[[], Release], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As OPERATING.md has it: copied with its links, put in another place, it serves, goes back and takes the next publish."""
    first, second = published(), published()
    half = extracts_folder() / "releases" / ".writing-20260101T000000000000"  # a publish was under way
    half.mkdir()
    (half / "hours.parquet").write_bytes(b"PAR1")
    restored = tmp_path / "restored" / "extracts"
    if mode == "tar":
        archive = shutil.make_archive(str(tmp_path / "backup"), "gztar", extracts_folder())
        shutil.unpack_archive(archive, restored, filter="data")
    else:
        shutil.copytree(extracts_folder(), restored, symlinks=True)
    shutil.rmtree(extracts_folder())
    monkeypatch.setenv("CAP_EXTRACTS", str(restored))
    found = serving()
    assert found.release is not None
    assert (found.release.id, found.release.files, found.broken) == (second.id, second.files, "")
    third = publish_rows(restored.parent, [contract()], [entry()])
    assert not (restored / "releases" / half.name).exists()
    assert (go_back().id, go_back().id) == (second.id, first.id)
    assert third.path.exists()
