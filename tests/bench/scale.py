"""Several processes behind nginx, with the configuration of `.docs/nginx.conf`: `python -m tests.bench.scale [--workers 2]`.

Readers at one process, then the same ones at several: on two processors, of which the readers take their part. Needs Debian's nginx.
"""

import argparse
import multiprocessing
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.bench.readers import load
from tests.bench.releases import ROOT, Made, made, resident_megabytes
from tests.bench.told import Part, p95
from tests.journeys.server import free_port, running

SESSIONS: Final = 200
CONFIGURATION: Final = ROOT / ".docs" / "nginx.conf"


def measured(made: Made, folder: Path, workers: int, sessions: int, seconds: float) -> Part:
    """One row for one process, one for several."""
    rows: list[dict[str, Any]] = []
    context = multiprocessing.get_context("spawn")
    for number in (1, workers):
        with ExitStack() as stack:
            servers = [
                stack.enter_context(running(folder / "servers" / f"worker-{place}", CAP_EXTRACTS=str(made.extracts)))
                for place in range(number)
            ]
            ports = [int(server.url.rpartition(":")[2]) for server in servers]
            url = servers[0].url if number == 1 else stack.enter_context(proxy(folder, ports))
            with context.Pool(1) as pool:
                waits, errors = pool.apply(load, (url, sessions, seconds))
            held = sum(resident_megabytes(server.process.pid) for server in servers)
        rows.append(
            {
                "processes": number,
                "readers": sessions,
                "pages read": len(waits),
                "p50, s": median(waits),
                "p95, s": p95(waits),
                "errors": len(errors),
                "servers, MB": held,
            }
        )
    return Part(title=f"Processes behind nginx, {made.entries:,} lines", rows=rows)


@contextmanager
def proxy(folder: Path, ports: list[int]) -> Iterator[str]:
    """nginx before the servers at these ports, on a free port of this machine, without TLS; where it listens."""
    port = free_port()
    (folder / "nginx.conf").write_text(configured(ports, port, folder), encoding="utf-8")
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([nginx, "-e", "stderr", "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    url = f"http://127.0.0.1:{port}"
    try:
        while not _answers(url):
            if process.poll() is not None:
                raise RuntimeError(f"nginx ended with exit code {process.returncode}")
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def configured(ports: list[int], port: int, folder: Path) -> str:
    """The configuration for these ports, on this machine and without TLS, as a whole configuration of nginx.

    Servers without an identity provider refuse what says that it comes through a proxy, so it does not say so here.
    """
    result = []
    for line in CONFIGURATION.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:2] == ["server", "127.0.0.1:8601;"]:
            result += [f"server 127.0.0.1:{each};" for each in ports]
        elif words[:1] == ["listen"]:
            result.append(f"listen 127.0.0.1:{port};")
        elif not line.strip().startswith(("server 127.", "server_name", "ssl_", "proxy_set_header X-Forwarded")):
            result.append(line)
    paths = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return "\n".join(
        [
            "daemon off; worker_processes 1;",
            f"pid {folder}/nginx.pid;",
            "events { worker_connections 2048; }",
            "http {",
            "access_log off;",
            paths,
            *result,
            "}",
            "",
        ]
    )


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/sante", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def main() -> None:
    """Prints the table."""
    from tests.bench.__main__ import FOLDER

    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--entries", type=int, default=1_000_000)
    given = parser.parse_args()
    print(measured(made(FOLDER, given.entries), FOLDER, given.workers, given.sessions, given.seconds).text())


if __name__ == "__main__":
    main()
