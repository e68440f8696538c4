"""Streamlit's own files, compressed once and kept in memory: it serves them as they are, 7 MB at a first visit.

Measured on the 61 files that the first page with a chart needs (6.83 MB): brotli 9 makes 1.64 MB in 0.9 s of CPU (level 5:
1.70 MB in 0.2 s; level 11: 1.48 MB in 16 s), gzip 6 makes 1.93 MB in 0.3 s. Browsers take brotli over TLS and from their own
machine; what a plain proxy between asks for is gzip, compressed at first need. All of Streamlit's scripts together take 6.5 MB of
memory.
"""

import re
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.streamlit_internals import CHART_LIBRARY, LINKED_FILE, STATIC_FILE

TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
# A name holds its content's hash, so a copy never goes stale.
FOREVER: Final = "public, max-age=31536000, immutable"
# Before the chart library, a module that awaits: Streamlit fills in its texts (st.html) once the browser is idle, and the library, at hand
# as soon as they are, made them and the picture wait for it: seen after 1.2 s instead of 2.2 on two cores.
_AFTER_THE_PICTURE: Final = Path(__file__).with_name("after_the_picture.js").read_bytes()
_REFUSED: Final = re.compile(r"q=0(\.0*)?$")


def gzipped(content: bytes) -> bytes:
    """The content for `Content-Encoding: gzip`; the same bytes at every start."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush()


def brotlied(content: bytes) -> bytes:
    """The content for `Content-Encoding: br`: as small as a start has time for (the chart library would take 4 s instead of 1)."""
    packed: bytes = brotli.compress(content, quality=10 if len(content) < 1_000_000 else 9)
    return packed


# The smallest first.
ENCODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {"br": brotlied, "gzip": gzipped}


def takes(accepted: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header allows an encoding."""
    weights = dict(part.strip().partition(";")[::2] for part in accepted.lower().split(","))
    weight = weights.get(encoding, weights.get("*"))
    return weight is not None and _REFUSED.search(weight.replace(" ", "")) is None


def best(accepted: str) -> str | None:
    """The smallest encoding that an Accept-Encoding header allows; None for none."""
    return next((encoding for encoding in ENCODINGS if takes(accepted, encoding)), None)


class StaticFiles:
    """The files of Streamlit's static folder that compress, each compressed at most once."""

    def __init__(self, folder: Path) -> None:
        paths = (path for path in (folder / "static").glob("*/*") if path.suffix in TYPES)
        self._files = {path.relative_to(folder / "static").as_posix(): path for path in paths}
        self._made: dict[tuple[str, str], bytes] = {}
        self._making = threading.Lock()

    def holds(self, name: str) -> bool:
        """Whether `js/index.abc.js` is among them."""
        return name in self._files

    def kind(self, name: str) -> str:
        """The content type of a file."""
        return TYPES[self._files[name].suffix]

    def compressed(self, name: str, encoding: str) -> bytes:
        """The file in that encoding. Simultaneous first requests wait for one compression instead of repeating it."""
        key = name, encoding
        content = self._made.get(key)
        if content is None:
            with self._making:
                content = self._made.get(key)
                if content is None:
                    content = self._made[key] = ENCODINGS[encoding](self._content(name))
        return content

    def _content(self, name: str) -> bytes:
        content = self._files[name].read_bytes()
        return _AFTER_THE_PICTURE + content if _is_chart_library(name) else content

    def warm_up(self, index_page: str) -> None:
        """Compresses what a first visit asks for: what index.html links to, and the chart library."""
        for name in [*LINKED_FILE.findall(index_page), *filter(_is_chart_library, self._files)]:
            if self.holds(name):
                self.compressed(name, next(iter(ENCODINGS)))


class Compression:
    """Middleware that answers for Streamlit's static files where compression is welcome."""

    def __init__(self, app: ASGIApp, files: StaticFiles) -> None:
        self._app = app
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Websockets, files that do not compress and ranges pass untouched."""
        named = STATIC_FILE.search(scope["path"]) if scope["type"] == "http" else None
        if named is None or scope["method"] not in {"GET", "HEAD"} or not self._files.holds(named[1]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        encoding = best(headers.get("accept-encoding", ""))
        if "range" in headers or encoding is None:
            await self._app(scope, receive, _varying(send))
            return
        etag = f'"{named[1].rpartition("/")[2]}-{encoding}"'
        answered = {"Cache-Control": FOREVER, "ETag": etag, "Vary": "Accept-Encoding"}
        if etag in headers.get("if-none-match", ""):
            await Response(status_code=304, headers=answered)(scope, receive, send)
            return
        content = await run_in_threadpool(self._files.compressed, named[1], encoding)
        answered |= {"Content-Encoding": encoding, "Content-Type": self._files.kind(named[1])}
        await Response(content, headers=answered)(scope, receive, send)


def _is_chart_library(name: str) -> bool:
    """The chart library, which index.html does not name: two thirds of a first visit. Named there (modulepreload), it made the sentence
    0.2 to 0.35 s later and the chart no earlier, on two cores, at 20 Mbit/s as from the same machine.
    """
    return name.rpartition("/")[2].startswith(CHART_LIBRARY)


def _varying(send: Send) -> Send:
    """`send`, adding that the answer would be another one for another Accept-Encoding."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_varying
