"""Who may knock: without an identity provider this machine only, unless the settings open the public version to all."""

import importlib.util
import os
import sys
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.problems import ExtractError
from data.settings import load_settings
from data.words import N_, Lang, Words
from pages.frame.provider import ENVIRONMENT, configured, has_provider
from pages.parts.streamlit_internals import CALLBACK, StreamlitSecretNotFoundError
from pages.server.base_path import own_path
from pages.server.security_headers import is_local

_SHORTEST_SECRET: Final = 32
_PORTS: Final = {"http": 80, "https": 443}


def check_doors() -> None:
    """Ends the start, exit code 1 and the reason on stderr, when the server would let in who may not read.

    Says on which terms it is open otherwise.
    """
    lang: Lang = "en" if (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("en") else "fr"
    words = Words(lang)
    try:
        reason = fault(st.get_option("server.address"), configured(), public=load_settings().access.public)
    except ExtractError as error:
        reason = error.text(words)
    except (StreamlitSecretNotFoundError, OSError, UnicodeDecodeError):
        # Its message may quote a secret.
        reason = N_("le fichier des secrets (.streamlit/secrets.toml) ne peut pas être lu.")
    if reason is not None:
        print(words.say("Le serveur ne démarre pas\u00a0: {reason}", reason=words.say(reason)), file=sys.stderr)  # noqa: T201
        raise SystemExit(1)


def fault(address: str | None, auth: dict[str, object], *, public: bool) -> str | None:
    """Why a server may not start that listens there with this provider; None when it may."""
    if not auth:
        if public or is_loopback(address):
            return None
        return N_(
            "sans fournisseur d’identité il n’écoute que cette machine (server.address = 127.0.0.1). Configurez la"
            " connexion ([auth] dans .streamlit/secrets.toml), ou ouvrez la version publique ([access] public = true"
            " dans settings.toml)."
        )
    if any(not auth.get(entry) for entry in ENVIRONMENT.values()):
        return N_(
            "la connexion n’est pas complète\u202f; [auth] demande server_metadata_url, client_id, client_secret,"
            " redirect_uri et cookie_secret."
        )
    if not str(auth["redirect_uri"]).endswith(CALLBACK):
        return N_("l’adresse de retour de la connexion (redirect_uri) doit finir par /oauth2callback.")
    if len(str(auth["cookie_secret"])) < _SHORTEST_SECRET:
        return N_("le secret des sessions (cookie_secret) est trop court\u202f; il en faut 32 caractères au hasard.")
    if importlib.util.find_spec("authlib") is None or importlib.util.find_spec("httpx") is None:
        return N_("la connexion demande l’extra auth\u00a0: uv run --extra auth streamlit run dashboard.py.")
    return None


def is_loopback(address: str | None) -> bool:
    """Whether only this machine reaches the address. No address means every one."""
    if address == "localhost":
        return True
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


class Door:
    """Middleware that turns strangers away before anything answers, websockets included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what may be answered."""
        if scope["type"] == "websocket" and not is_own_origin(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
        elif (
            scope["type"] not in {"http", "websocket"}
            or is_local(scope)
            or has_provider()
            or _is_public()
            or _is_api(scope)
        ):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            message = Words("fr").say("Ces pages ne sont ouvertes qu’à la machine qui les sert.")
            await PlainTextResponse(message, status_code=403)(scope, receive, send)


def is_own_origin(headers: Headers) -> bool:
    """Whether this very server sent the page that opens a websocket. The port counts; Streamlit compares names alone.

    A request without an Origin does not come from a browser. Behind a proxy, Host is the browser's, and may lack its port.
    """
    if "origin" not in headers or headers["origin"] in (st.get_option("server.corsAllowedOrigins") or ()):
        return True
    try:
        page, here = urlsplit(headers["origin"]), urlsplit(f"//{headers.get('host', '')}")
        port = page.port or _PORTS.get(page.scheme)
        return page.hostname == here.hostname and (port == here.port if here.port else port in _PORTS.values())
    except ValueError:
        return False


def _is_api(scope: Scope) -> bool:
    """The data routes and the metrics know tokens from strangers themselves, and refuse in their own form."""
    path = own_path(scope)
    return scope["type"] == "http" and (path in ("/api", "/metrics") or path.startswith("/api/"))


def _is_public() -> bool:
    try:
        return load_settings().access.public
    except ExtractError:
        return False
