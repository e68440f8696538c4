"""The real server, started as a reader would: `streamlit run dashboard.py`, on a free port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
START_LIMIT_SECONDS = 180  # of a busy machine, where another server may publish first


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: where it listens, its process, its extracts, the file of its log, when its start was asked for."""

    url: str
    extracts: Path
    process: "subprocess.Popen[bytes]"
    log: Path
    started: float

    def health(self) -> dict[str, Any] | None:
        """What /sante says; None while the server does not answer or has no release."""
        try:
            with urllib.request.urlopen(f"{self.url}/sante", timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except (urllib.error.URLError, TimeoutError, ConnectionError, json.JSONDecodeError):
            return None

    def said(self) -> str:
        """The log so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def await_ready(self) -> None:
        """Returns once the server is healthy; a server that ends or stays silent raises with its log."""
        limit = self.started + START_LIMIT_SECONDS
        while self.health() is None:
            if self.process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"the server did not start (exit code {self.process.poll()}):\n{self.said()}")
            time.sleep(0.05)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def demonstration(factory: pytest.TempPathFactory) -> str:
    """Where the demonstration is, for servers that change nothing: the first of all workers' that starts there publishes it."""
    own = factory.getbasetemp()
    return str((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "demonstration")


@contextmanager
def running(
    folder: Path, *, wait: bool = True, port: int = 0, script: Path = ROOT / "dashboard.py", **environment: str
) -> Iterator[Server]:
    """A server whose extracts (unless CAP_EXTRACTS is given) and log are in `folder`, on a free port unless one is given; stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    log = folder / f"server-{port}.log"
    env = {**os.environ, "CAP_EXTRACTS": str(folder / "extracts"), "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-u", "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with log.open("wb") as out:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
    server = Server(
        url=f"http://127.0.0.1:{port}",
        extracts=Path(env["CAP_EXTRACTS"]),
        process=process,
        log=log,
        started=started,
    )
    try:
        if wait:
            server.await_ready()
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
