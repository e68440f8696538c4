"""Headers that make browsers refuse foreign content, and paths that strangers cannot reach. Streamlit sends no such header itself."""

import re
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.streamlit_internals import METRICS, UNUSED_DOORS

# Streamlit's components set style attributes, hence 'unsafe-inline' for styles; scripts need neither that nor eval.
_POLICY: Final = (
    "default-src 'self'",
    "script-src 'self' {scripts}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'{sites}",
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # A link is a view: it can name clients and communes, which is nobody else's business.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ONE_YEAR: Final = "max-age=31536000"
# What proxies add: the way a request came, or the address of who sent it.
_OF_A_PROXY: Final = re.compile(
    r"x-forwarded.*|forwarded.*|via|x-original-.*|x-proxy.*|x-envoy-.*|x-azure-.*|x-amzn-.*|x-arr-.*|cf-.*|fastly-.*|fly-.*"
    r"|(.*-)?(client|real|remote|user|source|connecting)-?(ip|addr|address)"
)
_LOOPBACK_NAMES: Final = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?", re.IGNORECASE)


def content_security_policy(script_hashes: tuple[str, ...], sites: tuple[str, ...] = ()) -> str:
    """The policy that allows our own files and these inline scripts, nothing else; `sites` may show our pages in a frame."""
    return "; ".join(_POLICY).format(scripts=" ".join(script_hashes), sites="".join(f" {site}" for site in sites))


class SecurityHeaders:
    """Middleware that adds the headers to every answer, and answers strangers at local doors itself."""

    def __init__(self, app: ASGIApp, script_hashes: tuple[str, ...], sites: tuple[str, ...] = ()) -> None:
        self._app = app
        self._headers = {"Content-Security-Policy": content_security_policy(script_hashes, sites), **_HEADERS}
        if sites:
            # It knows no sites but our own; browsers that know frame-ancestors pass over it.
            del self._headers["X-Frame-Options"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Websockets pass untouched: Streamlit checks their origin and host itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        over_tls = is_over_tls(scope)

        async def send_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if over_tls:
                    headers["Strict-Transport-Security"] = _ONE_YEAR
                message["headers"] = [
                    (name, _cookie(value, over_tls) if name.lower() == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        # How many sessions, how much memory: for the machine's own monitoring.
        stranger = scope["path"].rstrip("/").endswith(METRICS) and not is_local(scope)
        if stranger or UNUSED_DOORS.search(scope["path"]):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send_headers)
            return
        await self._app(scope, receive, send_headers)


def is_over_tls(scope: Scope) -> bool:
    """Whether the browser's own connection is encrypted; a proxy in front says so. Who lies only binds himself."""
    return scope.get("scheme") == "https" or Headers(scope=scope).get("x-forwarded-proto", "") == "https"


def _cookie(cookie: bytes, over_tls: bool) -> bytes:
    """A cookie with what Streamlit leaves out: no other site's request carries it, no open connection over TLS."""
    attributes = {part.strip().lower().partition(b"=")[0] for part in cookie.split(b";")[1:]}
    if b"samesite" not in attributes:
        cookie += b"; SameSite=Lax"
    return cookie + b"; Secure" if over_tls and b"secure" not in attributes else cookie


def is_local(scope: Scope) -> bool:
    """Whether this machine itself asks, by a name of its own. What a proxy passes on comes from elsewhere, wherever the proxy runs."""
    client, headers = scope.get("client"), Headers(scope=scope)
    if client is None or any(_OF_A_PROXY.fullmatch(name) for name in headers):
        return False
    if not _LOOPBACK_NAMES.fullmatch(headers.get("host", "")):
        return False
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False
