"""Who asks a route: a program by its token, a signed-in browser by its cookie, else whoever may read without."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from data.problems import ExtractError
from data.settings import load_settings
from data.words import N_
from pages.frame.identity import reader_of_claims, without_provider
from pages.frame.provider import has_provider
from pages.parts.streamlit_internals import get_origin_from_redirect_uri, identity_cookie
from pages.server.api.wanted import TOKEN
from pages.server.security_headers import is_local
from queries.errors import AccessError
from queries.rights.readers import LOCAL, Reader, holding


def reader_of(request: Request) -> Reader:
    """Whoever sent the request. Raises AccessError: 401 when unknown, 403 without a right, 503 when settings are broken."""
    try:
        settings = load_settings()
    except ExtractError as error:
        raise AccessError(N_("les réglages ne peuvent pas être lus\u202f; rien n’est montré."), status=503) from error
    now = dt.datetime.now(dt.UTC)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer":
            raise AccessError(N_("seul un jeton (Bearer) est accepté."), status=401)
        return holding(settings.access, secret.strip(), now.date())
    if has_provider():
        return reader_of_claims(cookie_claims(request), settings, now)
    reader = without_provider(settings)
    if reader is LOCAL and not is_local(request.scope):
        raise AccessError(N_("ces pages ne sont ouvertes qu’à cette machine."))
    return reader


def follower_of(request: Request) -> Reader:
    """Whoever follows a feed: by the token in its address, else as any route. Raises what `reader_of` raises."""
    secret = request.query_params.get(TOKEN)
    if secret is None:
        return reader_of(request)
    return holding(load_settings().access, secret, dt.datetime.now(dt.UTC).date())


def cookie_claims(request: Request) -> Mapping[str, Any]:
    """What the identity cookie of Streamlit says, once its signature and its origin are checked; empty without."""
    signed = identity_cookie(dict(request.cookies))
    if signed is None:
        return {}
    try:
        claims = json.loads(signed)
    except ValueError:
        return {}
    if not isinstance(claims, dict) or claims.get("origin") != get_origin_from_redirect_uri():
        return {}
    return claims
