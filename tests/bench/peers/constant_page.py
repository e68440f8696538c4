"""The dashboard over constant frames: each answer is wanted once, then given from a dictionary. No engine, no rights, no trace.

The floor of a page: what is left is Streamlit, the figures and the browser. Run by tests/bench/clicks.py.
"""

from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

import dashboard
from pages.server.own_routes import own_routes
from pages.server.script_error import show_incident
from queries.engine import Parameter
from queries.questions import Question
from queries.rights.access import Access
from queries.scope import Scope

_ANSWERS: dict[Any, pa.Table] = {}
_ask = Access.ask


def ask(self: Access, wanted: str | Question, scope: Scope, **parameters: Parameter) -> pa.Table:
    """The answer of the first time."""
    key = wanted, scope, *sorted(parameters.items())
    if key not in _ANSWERS:
        _ANSWERS[key] = _ask(self, wanted, scope, **parameters)
    return _ANSWERS[key]


Access.ask = ask  # type: ignore[method-assign]

app = st.App(
    str(Path(dashboard.__file__).parent / "pages" / "frame" / "page.py"),
    routes=own_routes(),
    lifespan=dashboard.lifespan,
    on_script_error=show_incident,
)
