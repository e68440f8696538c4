"""/metrics, in OpenMetrics: requests, sessions, memory, and the release of this process. Numbers only, of nobody.

For this machine, and for whoever administers the product (a token, a sign-in). Each process has its own: behind a proxy, ask each port.
"""

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.codes import Role
from data.problems import ExtractError
from data.release.serving import serving
from pages.server.base_path import own_path
from pages.server.readers import reader_of
from pages.server.security_headers import is_local
from queries.errors import AccessError

MEDIA_TYPE: Final = "application/openmetrics-text; version=1.0.0; charset=utf-8"
_STARTED: Final = time.time()
# By the first part of a path: never the path itself, which may name clients.
_KINDS: Final = {
    "api": "route",
    "sante": "health",
    "metrics": "metrics",
    "static": "static",
    "media": "file",
    "_stcore": "streamlit",
}
_FIRST_PART: Final = re.compile(r"/([^/]*)")


class Measured:
    """What this process has answered since it started, and how many sessions are open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._sessions = 0

    def answered(self, path: str, status: int) -> None:
        """One more request that was answered."""
        first = _FIRST_PART.match(path)
        with self._lock:
            self._requests[_KINDS.get(first[1] if first else "", "page"), f"{status // 100}xx"] += 1

    def opened(self, sessions: int) -> None:
        """So many sessions more, or fewer."""
        with self._lock:
            self._sessions += sessions

    def lines(self) -> Iterator[str]:
        """In the form of OpenMetrics."""
        with self._lock:
            requests, sessions = sorted(self._requests.items()), self._sessions
        yield from _head("cap_requests", "counter", "Requests answered, by kind of address and status.")
        for (kind, status), number in requests:
            yield f'cap_requests_total{{kind="{kind}",status="{status}"}} {number}'
        yield from _gauge("cap_sessions", "Pages open in browsers.", sessions)


MEASURED: Final = Measured()


class Counted:
    """Middleware that counts answers, and sessions while they are open."""

    def __init__(self, app: ASGIApp, measured: Measured = MEASURED) -> None:
        self._app, self._measured = app, measured

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on as it is."""

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._measured.answered(own_path(scope), message["status"])
            await send(message)

        if scope["type"] != "websocket":
            await self._app(scope, receive, send_counted)
            return
        self._measured.opened(1)
        try:
            await self._app(scope, receive, send)
        finally:
            self._measured.opened(-1)


def metrics(request: Request) -> Response:
    """The numbers, or 403."""
    headers = {"Cache-Control": "no-store"}
    if not is_local(request.scope):
        try:
            may = reader_of(request).rights.role is Role.ADMINISTRATEUR
        except AccessError as error:
            return PlainTextResponse("Forbidden", status_code=error.status, headers=headers)
        if not may:
            return PlainTextResponse("Forbidden", status_code=403, headers=headers)
    lines = [*MEASURED.lines(), *_process(), *_release(), "# EOF", ""]
    return Response("\n".join(lines), media_type=MEDIA_TYPE, headers=headers)


def _process() -> Iterator[str]:
    yield from _gauge("cap_started_seconds", "When this process started.", round(_STARTED, 3))
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return
    yield from _gauge("cap_memory_bytes", "Memory that this process holds.", pages * os.sysconf("SC_PAGE_SIZE"))


def _release() -> Iterator[str]:
    try:
        served = serving()
    except ExtractError:
        served = None
    release = served.release if served else None
    whole = int(release is not None and not (served and served.broken))
    yield from _gauge("cap_release_whole", "1 while the release that should serve does.", whole)
    if release is not None:
        age = round(time.time() - release.published_at.timestamp())
        yield from _gauge("cap_release_age_seconds", "Since the release that serves was published.", age)
        yield from _gauge("cap_release_hours_rows", "Lines of hours in it.", release.hours_rows)
        yield from _gauge("cap_release_demo", "1 when its figures are invented.", int(release.demo))


def _gauge(name: str, meaning: str, value: float) -> Iterator[str]:
    yield from _head(name, "gauge", meaning)
    yield f"{name} {value}"


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    yield f"# HELP {name} {meaning}"
