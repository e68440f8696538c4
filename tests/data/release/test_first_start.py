"""The first start publishes the demonstration once, whoever else starts or publishes at that moment."""

import datetime as dt
import json
import logging
import shutil
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from data.demo import write_demo
from data.problems import ExtractError
from data.publish import publish
from data.release import first_start
from data.release.first_start import ensure_release
from data.release.pointer import current_release
from data.release.publishing import publishing_lock
from data.release.releases import Release, releases, releases_folder

TODAY = dt.date(2026, 11, 23)
START = "from data.release.first_start import ensure_release; print(ensure_release().id)"
LIMIT_SECONDS = 60


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one, written once."""
    folder = tmp_path_factory.mktemp("demonstration")
    write_demo(folder, entries=2_000)
    return folder


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    monkeypatch.setattr(first_start, "write_demo", partial(shutil.copytree, demonstration, dirs_exist_ok=True))
    return tmp_path / "extracts"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Somebody's own extracts, told from the demonstration's by their size."""
    folder = tmp_path_factory.mktemp("own")
    write_demo(folder, seed=7, entries=1_000)
    return sorted(folder.glob("*.parquet"))


def aged(release: Release, **changes: object) -> None:
    """The release as an earlier version of the product would have left it."""
    note = release.path / "release.json"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"schema_version": 1} | changes))


def test_a_demonstration_of_an_earlier_version_is_published_again() -> None:
    before = ensure_release()
    aged(before)
    release = ensure_release()
    assert release.demo
    assert release.id != before.id
    assert current_release() == release == ensure_release()


def test_a_real_release_of_an_earlier_version_is_left_to_its_owner() -> None:
    aged(ensure_release(), demo=False)
    with pytest.raises(ExtractError, match="publiez de nouveau"):
        ensure_release()


def started_together(count: int) -> list[Release]:
    """What `count` first starts at the same moment return."""
    found: list[Release] = []
    threads = [threading.Thread(target=lambda: found.append(ensure_release())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT_SECONDS)
    return found


def test_publishes_the_demonstration_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cap_insertion")
    release = ensure_release()
    assert release.demo
    assert current_release() == release
    assert ensure_release() == release
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith(f"nothing was published yet: the demonstration is now ({release.id}")


def test_leaves_a_published_release_alone(sources: list[Path]) -> None:
    published = publish(sources, today=TODAY)
    assert ensure_release() == published
    assert releases() == (published,)


def test_of_several_starts_at_once_one_publishes() -> None:
    found = started_together(3)
    assert len(found) == 3
    assert {release.id for release in found} == {release.id for release in releases()}
    assert len(releases()) == 1


def test_a_publish_under_way_is_waited_for_and_goes_first(sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()

    def publish_while_locked(*_: object, **__: object) -> Release:
        asked.set()
        with publishing_lock():
            raise AssertionError("the lock was free")

    monkeypatch.setattr(first_start, "publish", publish_while_locked)
    found: list[Release] = []
    start = threading.Thread(target=lambda: found.append(ensure_release()))
    with publishing_lock():
        start.start()
        assert asked.wait(LIMIT_SECONDS)
        # Their publish ends: the pointer is set while the lock is still theirs.
        monkeypatch.setattr("data.publish.publishing_lock", threading.Lock)
        theirs = publish(sources, today=TODAY)
    start.join(LIMIT_SECONDS)
    assert found == [theirs]
    assert releases() == (theirs,)


def test_a_publish_that_ended_meanwhile_goes_first(sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    theirs: list[Release] = []

    def after_theirs(own: list[Path], *, today: dt.date) -> Release:
        theirs.append(publish(sources, today=today))
        return publish(own, today=today)

    monkeypatch.setattr(first_start, "publish", after_theirs)
    assert ensure_release() == theirs[0]
    assert current_release() == theirs[0]


def test_a_refused_publish_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> Release:
        raise ExtractError

    monkeypatch.setattr(first_start, "publish", refused)
    with pytest.raises(ExtractError):
        ensure_release()
    assert current_release() is None
    assert not releases_folder().exists() or list(releases_folder().iterdir()) == []


def test_an_unusable_folder_is_named(extracts: Path) -> None:
    extracts.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(ExtractError, match="extracts"):
        ensure_release()


def test_a_start_killed_half_way_leaves_the_next_one_free(extracts: Path) -> None:
    command = [sys.executable, "-c", START]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    limit = time.monotonic() + LIMIT_SECONDS
    while not list(releases_folder().glob(".writing-*")):
        assert killed.poll() is None
        assert time.monotonic() < limit
        time.sleep(0.005)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert current_release() is None
    release = ensure_release()
    assert [path.name for path in releases_folder().iterdir()] == [release.id]
