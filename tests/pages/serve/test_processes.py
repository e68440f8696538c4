"""The supervisor, over processes that are quick to start: they answer /sante and /metrics as a server does."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pages.serve import processes as supervision
from pages.serve import worker as working
from pages.serve.processes import Processes, StartError
from pages.serve.upstream import Upstream
from pages.serve.worker import Worker
from tests.journeys.server import free_port

SERVER = """
import http.server, os, pathlib, sys, time
here = pathlib.Path(sys.argv[0]).parent
if (here / "broken").exists():
    sys.exit(1)
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if (here / "hangs").exists() and (here / "hangs").read_text() == str(os.getpid()):
            time.sleep(60)
        body = b"cap_sessions " + (here / "sessions").read_bytes() + b"\\n"
        self.send_response(200 if self.path in ("/sante", "/metrics") else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


class Quick(Worker):
    """A worker of that script in the place of Streamlit."""

    script: Path

    def __init__(self, port: int) -> None:
        popen = subprocess.Popen
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subprocess, "Popen", lambda *_a, **_k: popen([sys.executable, self.script, str(port)]))
            super().__init__(port, "", [])


Made = Callable[..., Processes]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """Two processes under supervision; all of them ended afterwards."""
    monkeypatch.setattr(working, "_ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(supervision, "_NGINX_SECONDS", 0)
    Quick.script = tmp_path / "server.py"
    Quick.script.write_text(SERVER)
    (tmp_path / "sessions").write_text("0")
    first = free_port()
    running: list[Processes] = []

    def make(drain: float = 60) -> Processes:
        upstream = Upstream(tmp_path / "upstream.conf", f"cp {tmp_path}/upstream.conf {tmp_path}/seen.conf")
        found = Processes(ports=[first, first + 1], start=Quick, upstream=upstream, drain=drain)
        for port in found._ports:
            found._workers[port] = Quick(port)
        running.append(found)
        return found

    yield make
    for found in running:
        found._end()


def until(processes: Processes, true: Callable[[], bool]) -> None:
    """Turns until it is true."""
    limit = time.monotonic() + 30
    while not true():
        assert time.monotonic() < limit
        processes.turn()
        time.sleep(0.02)


def named(tmp_path: Path) -> list[int]:
    """The ports in the file of nginx, as the command after its change saw it."""
    file = tmp_path / "seen.conf"
    text = file.read_text() if file.exists() else ""
    return [int(line.split(":")[1].rstrip(";")) for line in text.splitlines() if "server 127" in line]


def pids(processes: Processes) -> dict[int, int]:
    return {port: worker.pid for port, worker in processes._workers.items()}


def test_both_are_named_once_they_answer(made: Made, tmp_path: Path) -> None:
    processes = made()
    ports = processes._ports
    until(processes, lambda: named(tmp_path) == ports)
    text = (tmp_path / "upstream.conf").read_text()
    assert text.startswith("# Written by")
    assert "upstream cap_insertion {\n    hash $cookie__streamlit_xsrf consistent;\n    server 127.0.0.1:" in text


def test_what_dies_is_started_again(made: Made, tmp_path: Path) -> None:
    processes = made()
    until(processes, lambda: len(named(tmp_path)) == 2)
    before, dead = pids(processes), processes._ports[0]
    os.kill(before[dead], signal.SIGKILL)
    until(processes, lambda: named(tmp_path) == processes._ports[1:])
    until(processes, lambda: named(tmp_path) == processes._ports)
    after = pids(processes)
    assert after[dead] != before[dead]
    assert after[processes._ports[1]] == before[processes._ports[1]]


def test_what_hangs_is_started_again(made: Made, tmp_path: Path) -> None:
    processes = made()
    until(processes, lambda: len(named(tmp_path)) == 2)
    before, port = pids(processes), processes._ports[1]
    (tmp_path / "hangs").write_text(str(before[port]))
    until(processes, lambda: pids(processes).get(port, before[port]) != before[port])
    until(processes, lambda: named(tmp_path) == processes._ports)
    assert pids(processes)[processes._ports[0]] == before[processes._ports[0]]


def test_a_new_version_takes_over_and_the_old_one_goes_when_its_pages_are_closed(made: Made, tmp_path: Path) -> None:
    processes = made()
    until(processes, lambda: len(named(tmp_path)) == 2)
    (tmp_path / "sessions").write_text("3")
    first, before = list(processes._ports), pids(processes)
    processes.is_renewed.set()
    until(processes, lambda: named(tmp_path) == [port + 2 for port in first])
    for _ in range(5):
        processes.turn()
    assert all(leaving.worker.ended() is None for leaving in processes._leaving.values())
    for port in first:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/sante", timeout=5).close()
    (tmp_path / "sessions").write_text("0")
    until(processes, lambda: not processes._leaving)
    assert not set(pids(processes).values()) & set(before.values())
    processes.is_renewed.set()
    until(processes, lambda: named(tmp_path) == first)


def test_pages_that_stay_open_do_not_hold_an_old_version_for_ever(made: Made, tmp_path: Path) -> None:
    processes = made(drain=0)
    until(processes, lambda: len(named(tmp_path)) == 2)
    (tmp_path / "sessions").write_text("3")
    processes.is_renewed.set()
    until(processes, lambda: bool(processes._leaving))
    until(processes, lambda: not processes._leaving)


def test_a_new_version_that_does_not_start_leaves_the_old_one(made: Made, tmp_path: Path) -> None:
    processes = made()
    until(processes, lambda: len(named(tmp_path)) == 2)
    first, before = list(processes._ports), pids(processes)
    (tmp_path / "broken").touch()
    processes.is_renewed.set()
    until(processes, lambda: bool(processes._waits))
    assert named(tmp_path) == first
    assert {port: processes._workers[port].pid for port in first} == before
    (tmp_path / "broken").unlink()
    until(processes, lambda: named(tmp_path) == [port + 2 for port in first])


def test_a_port_of_somebody_else_is_left_alone(made: Made, tmp_path: Path) -> None:
    processes = made()
    until(processes, lambda: len(named(tmp_path)) == 2)
    first = list(processes._ports)
    with socket.create_server(("127.0.0.1", first[0] + 2)):
        processes.is_renewed.set()
        until(processes, lambda: bool(processes._waits))
        assert first[0] + 2 not in processes._workers
        assert named(tmp_path) == first
        fresh = Processes(ports=[first[0] + 2], start=Quick, upstream=Upstream(None, ""), drain=0)
        with pytest.raises(StartError):
            fresh.run(0)
    until(processes, lambda: named(tmp_path) == [port + 2 for port in first])


def test_nothing_that_can_ever_start_is_an_end(made: Made, tmp_path: Path) -> None:
    processes = made()
    (tmp_path / "broken").touch()
    for worker in processes._workers.values():
        worker.kill()
    with pytest.raises(StartError):
        processes.turn()


def test_a_file_that_cannot_be_written_stops_nobody(
    made: Made, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Upstream(tmp_path / "nowhere" / "upstream.conf", "").name([8601])
    Upstream(tmp_path / "upstream.conf", "no-such-command-at-all").name([8601])
    assert "cannot be written" in caplog.text
    assert "failed" in caplog.text
    assert "8601" in (tmp_path / "upstream.conf").read_text()
    Upstream(tmp_path / "upstream.conf", "").name([])
    assert "8601" in (tmp_path / "upstream.conf").read_text()
