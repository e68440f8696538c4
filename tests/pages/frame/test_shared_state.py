"""What server processes share: a sign-out in one is one in all, and survives a restart; requests are counted over all of them."""

import datetime as dt
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pages.frame import identity, shared_state
from pages.frame.identity import end_session, reader_of_claims
from pages.frame.shared_state import CLOSED_FOR, SharedState, StateError
from queries.errors import AccessError
from tests.pages.frame.test_sign_in import GRANTED, NOW, claims

ROOT = Path(__file__).parents[3]
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC).timestamp()


def rows(file: Path, table: str) -> int:
    with sqlite3.connect(file) as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    connection.close()
    return found


# Of a hundred requests of one reader at one moment, sent by a process: how many go through at 60 a minute.
A_HUNDRED = """
import sys
from pathlib import Path
from pages.frame.shared_state import SharedState
state = SharedState(Path(sys.argv[1]))
print(sum(state.wait("reader a@b.fr", 60, 1000.0) == 0 for _ in range(100)))
"""


def test_a_copied_cookie_is_dead_in_another_process_and_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path))
    assert reader_of_claims(claims(nonce="a"), GRANTED, NOW)
    assert not (tmp_path / shared_state.FILE).exists()  # readers alone write nothing
    end_session(claims(nonce="a"))
    # Another process, or this one started again, remembers nothing by itself and opens the file itself.
    monkeypatch.setattr(identity, "_signed_out", set())
    shared_state._state.cache_clear()
    with pytest.raises(AccessError, match="fermée"):
        reader_of_claims(claims(nonce="a"), GRANTED, NOW)
    assert reader_of_claims(claims(nonce="b"), GRANTED, NOW)


def test_requests_of_two_processes_are_counted_together(tmp_path: Path) -> None:
    """Each sends a hundred at once, while the other does: 60 go through, not 120."""
    file = tmp_path / "state.sqlite3"
    command = [sys.executable, "-c", A_HUNDRED, str(file)]
    senders = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(sender.communicate(timeout=60)[0]) for sender in senders) == 60


def test_nothing_in_it_is_readable(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    state = SharedState(file)
    state.close_session("https://idp|marie.durand@ville.fr|1|nonce", NOON)
    state.wait("address 192.0.2.17", 60, 1000.0)
    content = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    for text in (b"durand", b"192.0.2", b"nonce", b"idp"):
        assert text not in content
    assert {stat.S_IMODE(part.stat().st_mode) for part in tmp_path.iterdir()} == {0o600}
    other = SharedState(tmp_path / "other.sqlite3")
    other.close_session("https://idp|marie.durand@ville.fr|1|nonce", NOON)
    assert state._hash("a") != other._hash("a")  # no list of hashes works for two installations


def test_old_rows_go_and_there_are_never_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_state, "ROWS_KEPT", 50)
    file = tmp_path / "state.sqlite3"
    state = SharedState(file)
    state.close_session("first", NOON)
    state.close_session("second", NOON + CLOSED_FOR)
    assert (state.is_closed("first"), state.is_closed("second")) == (True, True)
    state.close_session("third", NOON + CLOSED_FOR + 1)
    assert (state.is_closed("first"), state.is_closed("second")) == (False, True)
    for n in range(500):
        state.close_session(f"s{n}", NOON + CLOSED_FOR + 2 + n)
        state.wait(f"address {n}", 60, 1000.0 + n / 100)
        assert state.is_closed(f"s{n}")
    assert rows(file, "closed") <= 50
    assert rows(file, "requests") <= 50


def test_a_restart_of_the_machine_leaves_nobody_waiting(tmp_path: Path) -> None:
    """Its monotonic clock begins again: times of before are in the future."""
    state = SharedState(tmp_path / "state.sqlite3")
    assert [state.wait("a", 1, 900_000.0), state.wait("a", 1, 900_001.0)] == [0, 60]
    assert state.wait("a", 1, 12.0) == 0


def test_a_file_that_is_replaced_is_opened_again(tmp_path: Path) -> None:
    """As when a backup is restored under a running server."""
    file = tmp_path / "state.sqlite3"
    state, other = SharedState(file), SharedState(tmp_path / "backup.sqlite3")
    state.close_session("lost", NOON)
    other.close_session("kept", NOON)
    other._forget_connection()
    for part in tmp_path.glob("state.sqlite3*"):
        part.unlink()
    (tmp_path / "backup.sqlite3").rename(file)
    assert (state.is_closed("kept"), state.is_closed("lost")) == (True, False)


@pytest.mark.parametrize("content", [b"no database at all" * 100, None])
def test_a_file_that_cannot_be_used_stops_nobody_and_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    """Signed out here is signed out here all the same."""
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path))
    monkeypatch.setattr(identity, "_signed_out", set())
    file = tmp_path / shared_state.FILE
    file.mkdir() if content is None else file.write_bytes(content)
    shared_state._state.cache_clear()
    with pytest.raises(StateError):
        shared_state.shared_state().is_closed("a")
    end_session(claims(nonce="a"))
    with pytest.raises(AccessError, match="fermée"):
        reader_of_claims(claims(nonce="a"), GRANTED, NOW)
    assert reader_of_claims(claims(nonce="b"), GRANTED, NOW)
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "sign-outs and rates hold for this process alone"
    ]
    assert os.fspath(file) in caplog.text
