"""What browsers are told to refuse, and the doors that are closed to strangers. Streamlit sends none of it itself."""

from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    "frame-ancestors 'self'",
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
# How many sessions, how much memory: for the machine's own monitoring.
_LOCAL_ONLY: Final = "/_stcore/metrics"
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def content_security_policy(script_hashes: tuple[str, ...]) -> str:
    """The policy that allows our own files and these inline scripts, nothing else."""
    return "; ".join(_POLICY).format(scripts=" ".join(script_hashes))


class SecurityHeaders:
    """Middleware that adds the headers to every answer, and answers strangers at local doors itself."""

    def __init__(self, app: ASGIApp, script_hashes: tuple[str, ...]) -> None:
        self._app = app
        self._told = {"Content-Security-Policy": content_security_policy(script_hashes), **_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Websockets pass untouched: Streamlit checks their origin and host itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._told)
            await send(message)

        if scope["path"].rstrip("/").endswith(_LOCAL_ONLY) and not is_local(scope):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send_headers)
            return
        await self._app(scope, receive, send_headers)


def is_local(scope: Scope) -> bool:
    """Whether this machine itself asks. What a proxy passes on comes from elsewhere, wherever the proxy runs."""
    client = scope.get("client")
    if client is None or any(name in Headers(scope=scope) for name in _FORWARDED):
        return False
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False
