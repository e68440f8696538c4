"""Whether readers sign in here, and what a signed-in one is: the claims of the id_token turned into a reader."""

import datetime as dt
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import streamlit as st

from data.settings import Settings
from data.words import N_
from pages.frame.provider import has_provider
from pages.frame.shared_state import StateError, shared_state
from queries.errors import AccessError
from queries.rights.readers import LOCAL, PUBLIC, Reader, known_reader

# Sessions that this process closed: they stay closed here even where the shared state cannot be written.
_signed_out: Final[set[str]] = set()
_CLOCKS_DIFFER: Final = dt.timedelta(minutes=5)


def without_provider(settings: Settings) -> Reader:
    """Who reads where nobody signs in: anybody when the settings say so, else whoever sits at this machine."""
    return PUBLIC if settings.access.public else LOCAL


def session_reader(settings: Settings) -> Reader:
    """Who reads in this session; raises what `reader_of_claims` raises."""
    if not has_provider():
        return without_provider(settings)
    return reader_of_claims(st.user.to_dict(), settings, dt.datetime.now(dt.UTC))


def reader_of_claims(claims: Mapping[str, Any], settings: Settings, now: dt.datetime) -> Reader:
    """The reader whom the provider described.

    Raises AccessError when nobody is signed in, when the session is over, or when no grant is for this reader.
    """
    if claims.get("is_logged_in") is not True:
        raise AccessError(N_("connectez-vous pour lire ces pages."), status=401)
    issued = claims.get("iat")
    age = now - dt.datetime.fromtimestamp(issued, dt.UTC) if isinstance(issued, int) else None
    if age is None or not -_CLOCKS_DIFFER <= age <= dt.timedelta(hours=settings.access.session_hours):
        raise AccessError(N_("votre session a pris fin\u202f; connectez-vous à nouveau."), status=401)
    if _is_closed(_session(claims)):
        raise AccessError(N_("cette session a été fermée\u202f; connectez-vous à nouveau."), status=401)
    email, groups = claims.get("email"), claims.get(settings.access.groups_claim)
    # An address that the provider has not checked could be anybody's.
    email = email if isinstance(email, str) and _is_verified(claims) else ""
    groups = [groups] if isinstance(groups, str) else groups
    return known_reader(
        settings.access, email, [str(group) for group in groups] if isinstance(groups, list | tuple) else []
    )


def _is_verified(claims: Mapping[str, Any]) -> bool:
    """Whether the provider checked the address, or has no word about it; some providers write true and false as texts."""
    return str(claims.get("email_verified", True)).lower() == "true"


def end_session(claims: Mapping[str, Any]) -> None:
    """From now on the session of these claims is refused in every process, whoever still has its cookie.

    Where the shared state cannot be written, in this process only; its log says so.
    """
    _signed_out.add(_session(claims))
    with suppress(StateError):
        shared_state().close_session(_session(claims), time.time())


def _is_closed(session: str) -> bool:
    if session in _signed_out:
        return True
    try:
        return shared_state().is_closed(session)
    except StateError:
        return False


def _session(claims: Mapping[str, Any]) -> str:
    return "|".join(str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce"))
