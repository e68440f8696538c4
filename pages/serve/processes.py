"""So many server processes that answer, whatever becomes of each."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pages.serve.upstream import Upstream
from pages.serve.worker import Worker

log = logging.getLogger("cap_insertion.serve")

# A process that ended soon after its start is started again later and later.
_SOON_SECONDS: Final = 30
_LONGEST_WAIT: Final = 60
_END_SECONDS: Final = 20

# nginx needs a moment to send new readers elsewhere.
_NGINX_SECONDS: Final = 5

Start = Callable[[int], Worker]


@dataclass(slots=True, kw_only=True)
class Leaving:
    """A process that was replaced: it ends once its pages are closed, not before `earliest`, at `latest` in any case."""

    worker: Worker
    earliest: float
    latest: float
    killed_at: float | None = None


def is_free(port: int) -> bool:
    """Whether nobody listens on that port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class StartError(Exception):
    """No process ever answered, and one has ended: its own reason stands above in the log."""


class Processes:
    """Workers on consecutive ports. A renewal uses the same number of ports above them, the next one those again.

    `drain`: seconds that a process which was replaced may go on for the pages that are open in browsers.
    """

    def __init__(self, *, ports: Sequence[int], start: Start, upstream: Upstream, drain: float) -> None:
        self._sets, self._start, self._upstream, self._drain = (
            (ports, [p + len(ports) for p in ports]),
            start,
            upstream,
            drain,
        )
        self._workers: dict[int, Worker] = {}
        self._waits: dict[int, tuple[float, float]] = {}
        self._leaving: dict[int, Leaving] = {}
        self._ports = list(ports)
        self._old: list[int] = []
        self._was_ready = False
        self.is_stopping = threading.Event()
        self.is_renewed = threading.Event()

    def run(self, every: float) -> None:
        """Runs until a signal stops it. Raises StartError when no process can start."""
        try:
            for port in self._ports:
                self._begin(port)
            while not self.is_stopping.wait(every):
                self.turn()
        finally:
            self._end()

    def turn(self) -> None:
        """One look at all of them."""
        if self.is_renewed.is_set() and not self._old:
            self.is_renewed.clear()
            self._renew()
        for port in [*self._ports, *self._old]:
            self._tend(port)
        ready = [port for port in self._ports if port in self._workers and self._workers[port].is_ready]
        old = [port for port in self._old if port in self._workers and self._workers[port].is_ready]
        self._was_ready = self._was_ready or bool(ready)
        if self._old and len(ready) == len(self._ports):
            self._replace()
            old = []
        # While new processes start, the old ones serve alone: no reader moves twice.
        self._upstream.name(old or ready)
        self._let_go()

    def _tend(self, port: int) -> None:
        worker = self._workers.get(port)
        if worker is None:
            if time.monotonic() >= self._waits[port][0]:
                self._begin(port)
            return
        code = worker.ended()
        if code is None:
            worker.look()
            if not worker.hangs():
                return
            log.error("process %d on port %d does not answer: started again", worker.pid, port)
            worker.kill()
        elif not self._was_ready:
            raise StartError
        else:
            log.error("process %d on port %d has ended (exit code %d): started again", worker.pid, port, code)
        del self._workers[port]
        self._put_off(port, soon=time.monotonic() - worker.started < _SOON_SECONDS)

    def _begin(self, port: int) -> None:
        """A process on that port. What somebody else runs there would answer in its place, and readers would be sent to it."""
        if is_free(port):
            self._workers[port] = self._start(port)
            return
        log.error("port %d is taken by another process", port)
        if not self._was_ready:
            raise StartError
        self._put_off(port, soon=True)

    def _put_off(self, port: int, *, soon: bool) -> None:
        wait = min(max(2 * self._waits.get(port, (0, 0.5))[1], 1), _LONGEST_WAIT) if soon else 0
        self._waits[port] = (time.monotonic() + wait, wait)

    def _renew(self) -> None:
        """New processes beside the old ones, on the other set of ports; the old ones go on until all of them answer."""
        log.info("starting %d new processes", len(self._ports))
        self._old = self._ports
        self._ports = list(self._sets[1] if self._old == list(self._sets[0]) else self._sets[0])
        for port in self._ports:
            if leaving := self._leaving.pop(port, None):
                leaving.worker.kill()
            self._begin(port)

    def _replace(self) -> None:
        log.info("the new processes answer: the old ones go when their pages are closed, in %d s at most", self._drain)
        now = time.monotonic()
        for port in self._old:
            if worker := self._workers.pop(port, None):
                latest = now + self._drain
                self._leaving[port] = Leaving(worker=worker, earliest=min(now + _NGINX_SECONDS, latest), latest=latest)
        self._old = []

    def _let_go(self) -> None:
        for port, leaving in list(self._leaving.items()):
            now, worker = time.monotonic(), leaving.worker
            if worker.ended() is not None:
                del self._leaving[port]
            elif leaving.killed_at is not None:
                if now > leaving.killed_at:
                    worker.kill()
            elif now > leaving.latest or (now > leaving.earliest and worker.sessions() == 0):
                worker.terminate()
                leaving.killed_at = now + _END_SECONDS

    def _end(self) -> None:
        """All of them answer what is under way and end; a browser that was connected finds the next server by itself."""
        workers = [*self._workers.values(), *(leaving.worker for leaving in self._leaving.values())]
        for worker in workers:
            if worker.ended() is None:
                worker.terminate()
        until = time.monotonic() + _END_SECONDS
        for worker in workers:
            while worker.ended() is None and time.monotonic() < until:
                time.sleep(0.05)
            if worker.ended() is None:
                worker.kill()
