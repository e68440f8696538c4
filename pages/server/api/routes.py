"""/api/v1: who asks, how often, what; then the answer, or the problem."""

import hashlib
import json
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from data.problems import ExtractError
from data.release.serving import serving
from data.settings import load_settings
from data.words import N_, Words
from pages.server.api.described import PREFIX, listed, open_to, openapi
from pages.server.api.feeds import FEEDS, feed
from pages.server.api.files import FORMATS, etag_of, file_name, file_response, headers_of
from pages.server.api.problems import ProblemError, problem
from pages.server.api.rate import Rate
from pages.server.api.wanted import LANGUAGE, language, only, wanted
from pages.server.base_path import base_path, own_path
from pages.server.readers import follower_of, reader_of
from pages.server.script_error import incident
from queries.errors import AccessError, QueryError
from queries.open_release import open_release
from queries.questions import questions
from queries.rights.access import Access
from queries.rights.readers import LOCAL, PUBLIC
from queries.rights.rights import Right
from queries.rights.trace import Surface

_METHODS: Final = ("GET", "HEAD")
_QUESTIONS: Final = f"{PREFIX}/questions/"


class Api:
    """All that begins with /api/: an ASGI endpoint, so that other methods and unknown paths get a problem document too."""

    def __init__(self, rate: Rate | None = None) -> None:
        self._rate = rate or Rate()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers in a worker thread: the pages of others go on meanwhile."""
        response = await run_in_threadpool(self.answer, Request(scope, receive))

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await response(scope, receive, send_head if scope["method"] == "HEAD" else send)

    def answer(self, request: Request) -> Response:
        """The answer to a request, whatever it is."""
        words = Words(language(request))
        try:
            return self._answer(request, words)
        except ProblemError as error:
            response = problem(request, error.status, error.kind, words.say(error.message, **error.values), words)
            response.headers.update(error.headers)
            return response
        except AccessError as error:
            return problem(request, error.status, "access", error.text(words), words)
        except QueryError as error:
            # The request is valid by now: the cause is time, memory, or a missing release.
            return problem(request, 503, "not-answered", error.text(words), words)
        except ExtractError:
            return problem(request, 503, "no-release", words.say("la publication ne peut pas être lue."), words)
        except Exception as error:
            message = words.say("la réponse n’a pas pu être faite\u00a0: incident {number}.", number=incident(error))
            return problem(request, 500, "incident", message, words)

    def _answer(self, request: Request, words: Words) -> Response:
        if request.method not in _METHODS:
            raise ProblemError(
                405, "method", N_("seules GET et HEAD sont permises."), headers={"Allow": ", ".join(_METHODS)}
            )
        path = own_path(request.scope)
        if path in FEEDS:
            return feed(request, path, self._access(request, followed=True), words)
        access = self._access(request)
        if path in (f"{PREFIX}/questions", f"{PREFIX}/openapi.json"):
            only(request, [LANGUAGE])
            made = listed if path.endswith("questions") else openapi
            return _document(request, made(access, words), access, words)
        name, _, form = path.removeprefix(_QUESTIONS).rpartition(".")
        question = questions().get(name)
        if not path.startswith(_QUESTIONS) or question is None or form not in FORMATS:
            raise ProblemError(
                404,
                "not-found",
                N_("rien à cette adresse\u202f; {list} donne les questions."),
                list=f"{base_path()}{PREFIX}/questions",
            )
        if question not in open_to(access):
            raise AccessError(N_("la question {name} n’est pas ouverte à votre rôle."), name=name)
        chosen = wanted(request, question, form, access)
        headers = headers_of(access) | {
            "ETag": etag_of(chosen, form, access, words),
            "Content-Disposition": f'attachment; filename="{file_name(chosen, form, access, words)}"',
        }
        if _is_known(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            head = Response(media_type=FORMATS[form], headers=headers)
            del head.headers["Content-Length"]
            return head
        return file_response(chosen, form, access, words, headers)

    def _access(self, request: Request, *, followed: bool = False) -> Access:
        """The door that this reader has; refuses whoever is unknown, too quick, or without the right.

        `followed`: a feed or a calendar, which every role may follow, with a token in the address.
        """
        settings = load_settings()
        address = f"address {request.client.host if request.client else ''}"
        try:
            reader = follower_of(request) if followed else reader_of(request)
        except AccessError:
            # Whoever tries tokens is slowed down too.
            self._hold(address, settings.routes.per_minute)
            raise
        self._hold(address if reader in (LOCAL, PUBLIC) else f"reader {reader.name}", settings.routes.per_minute)
        if not followed and not reader.rights.may(Right.ROUTES):
            raise AccessError(N_("les routes de données ne sont pas ouvertes à votre rôle."))
        release = serving().release
        if release is None:
            raise ProblemError(503, "no-release", N_("aucune publication à lire."))
        return Access(
            database=open_release(release, settings), rights=reader.rights, reader=reader.name, surface=Surface.ROUTE
        )

    def _hold(self, who: str, per_minute: int) -> None:
        seconds = self._rate.wait(who, per_minute)
        if seconds:
            raise ProblemError(
                429,
                "rate",
                N_("plus de {n} demandes par minute\u202f; réessayez dans {seconds}\u00a0s."),
                headers={"Retry-After": str(seconds)},
                n=per_minute,
                seconds=seconds,
            )


def _document(request: Request, content: dict[str, Any], access: Access, words: Words) -> Response:
    body = json.dumps(content, ensure_ascii=False).encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = headers_of(access) | {"ETag": etag, "Content-Language": words.lang}
    if _is_known(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _is_known(request: Request, etag: str) -> bool:
    """Whether the client already has it, compared weakly."""
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return "*" in known or etag.removeprefix("W/") in known
