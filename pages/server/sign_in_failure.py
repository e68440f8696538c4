"""When the identity provider does not answer: a sentence and the way back, where Streamlit says "Authentication error"."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.words import Words
from pages.parts.markup import html
from pages.parts.streamlit_internals import LOGIN
from pages.server.index_page import language_of


class SignInFailure:
    """Middleware around Streamlit's route for the sign-in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the way to the provider on; answers 503 in the place of an error."""
        if scope["type"] != "http" or not scope["path"].endswith(LOGIN) or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        failed = False

        async def send_unless_failed(message: Message) -> None:
            nonlocal failed
            failed = failed or (message["type"] == "http.response.start" and message["status"] >= 400)
            if not failed:
                await send(message)

        await self._app(scope, receive, send_unless_failed)
        if failed:
            await HTMLResponse(_page(scope), status_code=503, headers={"Cache-Control": "no-store"})(
                scope, receive, send
            )


def _page(scope: Scope) -> str:
    """The page, in the language of the address where the sign-in began."""
    lang = language_of(urlsplit(Headers(scope=scope).get("referer", "")).query.encode("latin-1", "ignore"))
    words = Words(lang)
    return html(
        "server/sign_in_failure.html",
        lang=lang,
        title=words.say("La connexion n’a pas abouti"),
        reason=words.say(
            "Le fournisseur d’identité ne répond pas. Réessayez dans quelques minutes\u202f; si cela dure, prévenez la"
            " personne qui gère l’outil."
        ),
        again=words.say("Revenir à la connexion"),
    )
