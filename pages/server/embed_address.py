"""A short link into another site's frame: `/clients?embed=1` is the first block of the page, as `pages/parts/embed.py` has it."""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.parts.embed import BLOCK, EMBED, FIRST
from pages.server.return_address import own_address

_YES: Final = ("1", "true")


class EmbedAddress:
    """Middleware that leads the short link of a page to the one that Streamlit and the page understand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only for pages of the menu, and only where the address lacks something."""
        address = _whole(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if address is None:
            await self._app(scope, receive, send)
        else:
            await RedirectResponse(address, status_code=307)(scope, receive, send)


def _whole(scope: Scope) -> str | None:
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    if query.get(EMBED) not in _YES or own_address(scope["path"]) is None:
        return None
    whole = {**query, EMBED: "true", BLOCK: query.get(BLOCK) or FIRST}
    return None if whole == query else f"{scope['path']}?{urlencode(whole, safe=',')}"
