"""One process at a time, on Unix and on Windows; a process that ends frees its lock."""

import fcntl
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from data.release.file_lock import LockedError, locked

HOLDS = (
    "import sys; from pathlib import Path; from data.release.file_lock import locked\n"
    "with locked(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
)


def msvcrt_over_flock(asked: list[int]) -> SimpleNamespace:
    """What Windows answers, from the locks of this machine."""

    def locking(handle: int, mode: int, count: int) -> None:
        asked.append(mode)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PermissionError(13, "Permission denied") from error

    return SimpleNamespace(LK_NBLCK=2, locking=locking)


@pytest.fixture(params=["unix", "windows"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The modes that Windows is asked for; none on Unix."""
    asked: list[int] = []
    if request.param == "windows":
        monkeypatch.setitem(sys.modules, "fcntl", None)
        monkeypatch.setitem(sys.modules, "msvcrt", msvcrt_over_flock(asked))
    return asked


def test_a_lock_is_held_by_one(system: list[int], tmp_path: Path) -> None:
    file = tmp_path / ".lock"
    with locked(file), pytest.raises(LockedError), locked(file):
        pass
    with locked(file):
        assert file.stat().st_size == 0
    assert set(system) <= {2}


def test_a_lock_is_waited_for(system: list[int], tmp_path: Path) -> None:
    file, order = tmp_path / ".lock", []
    asks = threading.Event()

    def second() -> None:
        asks.set()
        with locked(file, wait=True):
            order.append("second")

    with locked(file):
        thread = threading.Thread(target=second)
        thread.start()
        asks.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_process_that_is_killed_frees_its_lock(system: list[int], tmp_path: Path) -> None:
    file = tmp_path / ".lock"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        with pytest.raises(LockedError), locked(file):
            pass
        child.kill()
    with locked(file):
        pass


def test_a_file_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locked(tmp_path / "none" / ".lock"):
        pass
