"""The identity provider: `[auth]` of .streamlit/secrets.toml, or the environment."""

import os
from functools import cache
from typing import Any, Final

import streamlit as st

# Environment → entry of [auth]. Together they take the place of the whole section.
ENVIRONMENT: Final = {
    "CAP_OIDC_METADATA_URL": "server_metadata_url",
    "CAP_OIDC_CLIENT_ID": "client_id",
    "CAP_OIDC_CLIENT_SECRET": "client_secret",
    "CAP_OIDC_REDIRECT_URI": "redirect_uri",
    "CAP_OIDC_COOKIE_SECRET": "cookie_secret",
}


def secrets_from_environment() -> dict[str, Any]:
    """What `st.App(secrets=…)` takes; empty when the environment says nothing of a provider."""
    auth = {entry: os.environ[name] for name, entry in ENVIRONMENT.items() if os.environ.get(name)}
    return {"auth": auth} if auth else {}


def configured() -> dict[str, Any]:
    """The entries of the provider, empty without one. Raises what Streamlit raises for a file that is no TOML."""
    from_environment = secrets_from_environment()
    if from_environment:
        return dict(from_environment["auth"])
    if not any(os.path.exists(path) for path in st.get_option("secrets.files")):  # noqa: PTH110
        return {}
    return dict(st.secrets.to_dict().get("auth") or {})


@cache
def has_provider() -> bool:
    """Whether readers sign in here. Decided once: a server never forgets that they must."""
    return bool(configured())
