"""After the sign-in, back to the address of the first request: Streamlit leads everybody to the first page.

The address is kept in a cookie of ten minutes, on the reader's side, and held to the pages of the menu: it can lead nowhere
else.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.frame.menu import OF_SEVERAL, PAGES
from pages.parts.streamlit_internals import CALLBACK, LOGIN, get_origin_from_redirect_uri
from pages.server.base_path import base_path

COOKIE: Final = "cap_wanted"
_SECONDS: Final = 600
_LONGEST: Final = 2000


def own_address(text: str) -> str | None:
    """The path and query of a page of ours; None for anything else."""
    parts = urlsplit(text)
    known = {f"{base_path()}/{page.path}" for page in (*PAGES, OF_SEVERAL)}
    if (
        parts.scheme
        or parts.netloc
        or parts.path not in known
        or len(text) > _LONGEST
        or not text.isascii()
        or not text.isprintable()
    ):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class ReturnAddress:
    """Middleware around Streamlit's routes for the sign-in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Keeps the address on the way out; takes it on the way back."""
        if scope["type"] == "http" and scope["path"].endswith(LOGIN):
            await self._app(scope, receive, _keeping(_wanted(scope), send))
        elif scope["type"] == "http" and scope["path"].endswith(CALLBACK):
            await self._app(scope, receive, _leading(_kept(scope), send))
        else:
            await self._app(scope, receive, send)


def _wanted(scope: Scope) -> str | None:
    """The page where the sign-in began, from the browser's Referer (Referrer-Policy: same-origin)."""
    parts = urlsplit(Headers(scope=scope).get("referer", ""))
    if f"{parts.scheme}://{parts.netloc}" != get_origin_from_redirect_uri():
        return None
    return own_address(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _kept(scope: Scope) -> str | None:
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return own_address(unquote(cookie.value)) if cookie else None


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={quote(value, safe='')}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax"


def _keeping(address: str | None, send: Send) -> Send:
    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start" and address is not None:
            MutableHeaders(scope=message).append("set-cookie", _cookie(address, _SECONDS))
        await send(message)

    return keep


def _leading(address: str | None, send: Send) -> Send:
    async def lead(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if address is not None and message["status"] == 302:
                headers["location"] = address
            headers.append("set-cookie", _cookie("", 0))
        await send(message)

    return lead
