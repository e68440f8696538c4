"""Streamlit's private doors that tests alone use: its harness, its signature of cookies, the messages of its websocket, its routes."""

import json
import re
from typing import Any
from unittest.mock import MagicMock

import pytest
import streamlit as st
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

__all__ = ["USER_COOKIE_NAME", "BackMsg", "ForwardMsg"]

STREAM = "/_stcore/stream"
HEALTH = "/_stcore/health"
SUBPROTOCOL = "streamlit"


def open_address(at: AppTest, path: str) -> None:
    """The next run is of the page at that address, as by a cold deep link.

    AppTest's own switch_page takes scripts beside the frame only, and knows an address only once another page has run.
    """
    at._page_hash = calc_hash(path)


def signed_cookie(secret: str, claims: dict[str, Any]) -> str:
    """The value of the identity cookie of somebody whom the provider described so, signed as the server signs it."""
    return create_signed_value(secret, USER_COOKIE_NAME, json.dumps(claims)).decode()


def set_secrets(monkeypatch: pytest.MonkeyPatch, secrets: dict[str, Any] | None, file: str = "") -> None:
    """What `st.secrets` holds; None: nothing is read yet, and `file` is where it will be."""
    monkeypatch.setattr(st.secrets, "_secrets", secrets)
    if file:
        real = st.get_option
        monkeypatch.setattr(st, "get_option", lambda name: [file] if name == "secrets.files" else real(name))
        monkeypatch.setattr("streamlit.runtime.secrets.config.get_option", st.get_option)


def route_paths() -> set[str]:
    """The addresses of all routes of Streamlit's server."""
    return {path for route in create_streamlit_routes(MagicMock()) if (path := str(getattr(route, "path", "")))}


def options() -> dict[str, str]:
    """Every option of Streamlit by its name: "visible" or "hidden"."""
    return {name: option.visibility for name, option in config._config_options_template.items()}


# What is drawn at random in each run: the ids of files, and our mark of the run.
_RANDOM = re.compile(r'deferred_file_id: "[^"]*"|url: "/media/[^"]*"|data-run=\\"[0-9a-f]*')


def elements(at: AppTest) -> list[str]:
    """Everything that a run sent, element by element, blocks included: as text, without what is drawn at random."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if (proto := getattr(node, "proto", None)) is not None:
            found.append(_RANDOM.sub("", str(proto)))
        for child in getattr(node, "children", {}).values():
            walk(child)

    walk(at._tree)
    return found
