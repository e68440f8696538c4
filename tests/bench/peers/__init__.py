"""Servers that ours is compared with: plain Streamlit, in a folder without our settings."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.server import START_LIMIT_SECONDS, Server, running


@contextmanager
def peer(folder: Path, script: str, **environment: str) -> Iterator[Server]:
    """A server of a script of this folder, once it answers."""
    path = Path(__file__).parent / script
    with running(folder, wait=False, port=0, script=path, **environment) as server:
        limit = server.started + START_LIMIT_SECONDS
        while not _answers(server):
            if server.process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"{script} did not start:\n{server.said()}")
            time.sleep(0.05)
        yield server


def _answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
