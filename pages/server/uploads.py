"""Files that browsers send. A publisher's file goes straight to disk; every other reader gets a 404.

Streamlit would hold them in the memory of the session. It gets a receipt in their place, some bytes that say what became of the file
(`server.maxUploadSize` stays small: nothing else comes through).
"""

import errno
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.preparation.folder import Preparation, preparation_of
from data.problems import ExtractError
from data.settings import load_settings
from pages.parts.streamlit_internals import UPLOAD
from pages.server.door import is_own_origin
from pages.server.readers import reader_of
from queries.errors import AccessError
from queries.rights.readers import Reader
from queries.rights.rights import Right

_STORED: Final = 204
_CHUNK: Final = 1 << 20
_LONGEST_HEAD: Final = 1 << 14
_BOUNDARY: Final = re.compile(r'multipart/form-data;.*boundary="?([^";,\s]{1,200})"?', re.IGNORECASE)
_NAME: Final = re.compile(rb'filename="([^"\r\n]{1,1000})"')
# As browsers write a name into its header.
_ESCAPED: Final = {b"%22": b'"', b"%0D": b"", b"%0A": b""}


class Uploads:
    """Middleware around Streamlit's door for files."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on everything else; of the door for files, what who may publish sends from a page of this server."""
        if scope["type"] != "http" or not UPLOAD.search(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        reader = await run_in_threadpool(_publisher, request)
        if reader is None:
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        elif request.method != "PUT":
            await self._app(scope, receive, send)
        else:
            await self._put(request, preparation_of(reader.name), scope, send)

    async def _put(self, request: Request, preparation: Preparation, scope: Scope, send: Send) -> None:
        """Keeps the file, then has Streamlit judge the session and its token; what it refuses is gone again."""
        match = _BOUNDARY.search(request.headers.get("content-type", ""))
        if match is None:
            await PlainTextResponse("Bad Request", status_code=400)(scope, request.receive, send)
            return
        boundary = match[1].encode("latin-1")
        arriving = Arriving(preparation, boundary)
        try:
            await arriving.keep(request.stream())
        except ClientDisconnect:
            arriving.refused = "form"
            return
        finally:
            arriving.close()

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                await run_in_threadpool(arriving.take if message["status"] == _STORED else arriving.forget)
            await send(message)

        try:
            receipt = json.dumps({"name": arriving.name, "refused": arriving.refused}).encode("ascii")
            await self._app(*_with_receipt(scope, boundary, receipt), send_on)
        finally:
            arriving.forget()


class Arriving:
    """One file on its way to disk. `refused`: why it is not kept; the rest of it is then read and thrown away."""

    def __init__(self, preparation: Preparation, boundary: bytes) -> None:
        self.name = ""
        self.refused = ""
        self._preparation = preparation
        self._end = b"\r\n--" + boundary + b"--"
        self._room = load_settings().publishing.max_megabytes * 1_000_000 - preparation.size
        self._place: Path | None = None
        self._out: BinaryIO | None = None

    async def keep(self, chunks: AsyncIterator[bytes]) -> None:
        """Writes what comes, in parts of a megabyte, on a thread beside the server's own."""
        waiting = b""
        async for chunk in chunks:
            waiting += chunk
            if not self.name and not self.refused:
                waiting = self._after_head(waiting)
            elif len(waiting) >= _CHUNK:
                await run_in_threadpool(self._write, waiting)
                waiting = b""
        if not self.name:
            self.refused = self.refused or "form"
        await run_in_threadpool(self._write, waiting)
        await run_in_threadpool(self._cut)

    def close(self) -> None:
        """Nothing more comes."""
        if self._out is not None:
            self._out.close()
            self._out = None
        if self.refused:
            self.forget()

    def take(self) -> None:
        """It is a source from now on."""
        if self._place is not None and not self.refused:
            self._preparation.take(self._place, self.name)

    def forget(self) -> None:
        """What was not taken is gone."""
        if self._place is not None:
            self._place.unlink(missing_ok=True)

    def _after_head(self, waiting: bytes) -> bytes:
        """What follows the part's own headers, once they are whole; its name is known then."""
        head, blank, rest = waiting.partition(b"\r\n\r\n")
        if not blank:
            if len(waiting) > _LONGEST_HEAD:
                self.refused = "form"
            return waiting
        name = _NAME.search(head)
        if name is None:
            self.refused = "form"
            return b""
        self.name = _plain(name[1])
        try:
            self._place = self._preparation.incoming()
            self._out = self._place.open("xb")
        except OSError as error:
            self.refused = _reason(error)
        return rest

    def _write(self, content: bytes) -> None:
        self._room -= len(content)
        if self._room < -_LONGEST_HEAD:
            self.refused = self.refused or "too_large"
        if self.refused or self._out is None:
            return
        try:
            self._out.write(content)
        except OSError as error:
            self.refused = _reason(error)

    def _cut(self) -> None:
        """Takes off what ends the form. A file without it did not come whole."""
        if self.refused or self._place is None or self._out is None:
            return
        try:
            self._out.close()
            size = self._place.stat().st_size
            with self._place.open("r+b") as file:
                file.seek(max(0, size - len(self._end) - 8))
                at = file.tell()
                tail = file.read()
                if self._end not in tail:
                    self.refused = "form"
                    return
                file.truncate(at + tail.rindex(self._end))
        except OSError as error:
            self.refused = _reason(error)


def _publisher(request: Request) -> Reader | None:
    """Whoever sends, when it is a page of this server and its reader may publish; never a program with a token."""
    if "authorization" in request.headers or not is_own_origin(request.headers):
        return None
    try:
        reader = reader_of(request)
    except (AccessError, ExtractError):
        return None
    return reader if reader.rights.may(Right.PUBLISH) else None


def _with_receipt(scope: Scope, boundary: bytes, receipt: bytes) -> tuple[Scope, Receive]:
    """The request as Streamlit gets it: the same but for what it sends."""
    body = b"".join(
        (
            b"--" + boundary + b'\r\nContent-Disposition: form-data; name="file"; filename="receipt.json"\r\n',
            b"Content-Type: application/json\r\n\r\n" + receipt + b"\r\n--" + boundary + b"--\r\n",
        )
    )
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"content-length", b"transfer-encoding")]
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    return {**scope, "headers": [*kept, (b"content-length", str(len(body)).encode())]}, receive


def _plain(name: bytes) -> str:
    for escaped, sign in _ESCAPED.items():
        name = name.replace(escaped, sign)
    return name.decode("utf-8", "replace")


def _reason(error: OSError) -> str:
    return "no_space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "not_kept"
