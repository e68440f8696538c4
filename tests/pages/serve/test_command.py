"""`python -m pages.serve`, with real servers."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pages.serve.__main__ import main
from tests.journeys.server import ROOT, free_port

COMMAND = [sys.executable, "-m", "pages.serve"]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/cap/sante", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.slow
def test_two_servers_start_answer_and_end(tmp_path: Path) -> None:
    port, file = free_port(), tmp_path / "upstream.conf"
    given = ["--workers", "2", "--port", str(port), "--base-path", "cap", "--upstream", str(file)]
    log = tmp_path / "log"
    with log.open("wb") as out:
        env = {**os.environ, "CAP_EXTRACTS": str(tmp_path / "extracts")}
        process = subprocess.Popen([*COMMAND, *given], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        limit = time.monotonic() + 150
        while not file.exists() or file.read_text().count("server 127") < 2:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < limit, log.read_text()
            time.sleep(0.1)
        assert answers(port)
        assert answers(port + 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
    assert not answers(port)
    assert not answers(port + 1)
    assert "Traceback" not in log.read_text()


@pytest.mark.slow
def test_servers_that_refuse_to_start_end_the_command(tmp_path: Path) -> None:
    given = ["--workers", "1", "--port", str(free_port()), "--", "--server.address", "0.0.0.0"]
    env = {**os.environ, "CAP_EXTRACTS": str(tmp_path / "extracts")}
    done = subprocess.run([*COMMAND, *given], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "Le serveur ne démarre pas" in done.stderr
    assert done.stderr.rstrip().endswith("la raison est au-dessus.")


@pytest.mark.parametrize("given", [["--workers", "0"], ["--workers", "two"], ["--port", "80"], ["--drain", "-1"]])
def test_wrong_usage(given: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2
