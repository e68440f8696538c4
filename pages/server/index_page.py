"""The one HTML document of the product: Streamlit's index.html with our language, title, icon and first scripts.

Streamlit answers it to every address that is nothing else. Its own says "Streamlit", `lang="en"`, and shows English until
the first run; ours is in the reader's language from the first byte.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.words import LANGS, Lang, Words
from pages.frame.menu import page_at
from pages.parts.markup import INLINE_SCRIPT, html_blocks
from pages.parts.streamlit_internals import INDEX_PLACES, OTHER_DOCUMENTS, streamlit_files
from pages.server.base_path import own_path
from pages.server.compression import gzipped, takes

HERE: Final = Path(__file__).parent


def index_page(lang: Lang, path: str = "") -> str:
    """The document in a language, at an address of the menu: its title and description are those of the page. Raises RuntimeError when Streamlit's index.html is no longer what it was."""
    words, entry = Words(lang), page_at(path)
    page = (streamlit_files() / "index.html").read_text(encoding="utf-8")
    ours = html_blocks(
        "server/index_page.html",
        lang=lang,
        icon=quote((HERE.parent / "frame" / "icon.svg").read_text(encoding="utf-8").strip()),
        title=f"{words.say(entry.title)} – Cap Insertion",
        description=words.say(entry.about),
        streamlit_words=json.loads((HERE / "streamlit_words.json").read_text(encoding="utf-8")),
        # In both: the script is the same in any language, as its hash is.
        wide_table={one: Words(one).say("Tableau plus large que l’écran\u00a0: faites-le défiler.") for one in LANGS},
        needs_script=words.say(
            "Ces pages ont besoin de JavaScript. Activez-le dans votre navigateur, puis rechargez la page."
        ),
        loading=words.say("Chargement…"),
    )
    for place, pattern in INDEX_PLACES.items():
        page, times = re.subn(pattern, _literally(ours[place]), page, flags=re.DOTALL)
        if times != 1:
            raise RuntimeError(f"Streamlit's index.html has {times} times {pattern!r}, once was expected")
    return page


def _literally(replacement: str) -> Callable[[re.Match[str]], str]:
    """A replacement in which backslashes mean nothing."""
    return lambda _: replacement


def inline_script_hashes() -> tuple[str, ...]:
    """CSP sources of the document's inline scripts, which are the same in any language: `'sha256-…'`."""
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(index_page("fr")))
    return tuple(sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))


@cache
def _prepared(lang: Lang, path: str) -> tuple[bytes, bytes, str]:
    """The document at an address of the menu, the document for gzip, and the hash that its ETags are made of."""
    content = index_page(lang, path).encode()
    return content, gzipped(content), hashlib.sha256(content).hexdigest()[:16]


def language_of(query_string: bytes) -> Lang:
    """The language of an address: `?lang=en`, French being understood."""
    return "en" if parse_qs(query_string.decode("latin-1")).get("lang") == ["en"] else "fr"


class IndexPage:
    """Middleware that puts our document in the place of Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and answers ours when Streamlit begins to answer its own."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or OTHER_DOCUMENTS.search(scope["path"]):
            await self._app(scope, receive, send)
            return
        replaced = False

        async def send_ours(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_document(message):
                replaced = True
                await _answer(scope)(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, send_ours)


def _is_document(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return bool(start["status"] == 200 and headers.get("content-type", "").startswith("text/html"))


def _answer(scope: Scope) -> Response:
    """Never kept without asking again: the document names the files of the version that runs."""
    headers = Headers(scope=scope)
    lang = language_of(scope["query_string"])
    address = own_path(scope).strip("/")
    # Of an address that is no page's, the first page's: nobody fills the memory with documents.
    plain, packed, digest = _prepared(lang, page_at(address).path)
    gzip = takes(headers.get("accept-encoding", ""), "gzip")
    etag = f'"{digest}{"-gzip" if gzip else ""}"'
    answered = {"Cache-Control": "no-cache", "ETag": etag, "Vary": "Accept-Encoding"}
    if etag in headers.get("if-none-match", ""):
        return Response(status_code=304, headers=answered)
    answered |= {"Content-Type": "text/html; charset=utf-8", "Content-Language": lang}
    return Response(packed if gzip else plain, headers=answered | ({"Content-Encoding": "gzip"} if gzip else {}))
