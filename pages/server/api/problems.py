"""What goes wrong, as RFC 9457 tells it to programs, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse

from data.words import N_, Words

_TITLES: Final = {
    400: N_("Demande mal formée"),
    401: N_("Connexion nécessaire"),
    403: N_("Accès refusé"),
    404: N_("Introuvable"),
    405: N_("Méthode non permise"),
    422: N_("Réponse trop longue"),
    429: N_("Trop de demandes"),
    500: N_("Erreur du serveur"),
    503: N_("Indisponible"),
}


class ProblemError(Exception):
    """An answer that is a problem. `kind`: the end of its type, for programs; `message`: a catalogue text."""

    def __init__(
        self, status: int, kind: str, message: str, *, headers: Mapping[str, str] | None = None, **values: Any
    ) -> None:
        self.status = status
        self.kind = kind
        self.message = message
        self.headers = dict(headers or {})
        self.values = values
        super().__init__(kind)


def problem(request: Request, status: int, kind: str, detail: str, words: Words) -> JSONResponse:
    """The answer; `instance` is the path of the request, without its query, which may name clients."""
    body = {
        "type": f"urn:cap-insertion:problem:{kind}",
        "title": words.say(_TITLES[status]),
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    headers = {"Cache-Control": "no-store", "Content-Language": words.lang}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status_code=status, media_type="application/problem+json", headers=headers)
