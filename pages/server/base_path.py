"""Where the server's addresses begin: `server.baseUrlPath` of Streamlit, which moves its own routes only."""

import streamlit as st
from starlette.types import Scope


def base_path() -> str:
    """What comes before each address: `/cap`, or nothing."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def own_path(scope: Scope) -> str:
    """The path of a request without what comes before each address."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    base = base_path()
    return path.removeprefix(base) if path == base or path.startswith(f"{base}/") else path
