"""Runs the script of a room as a server does, for the reader of the public version, and takes what it shows.

Streamlit's own runner for tests is the documented way to run a script without a browser. One run at a time in a process: it puts a
runtime of its own in the place of the server's.
"""

import logging
from dataclasses import dataclass
from typing import Any, Final

from streamlit.testing.v1 import AppTest

from pages.frame.navigation import ROOMS
from pages.parts.read import Reading, start_reading
from pages.parts.streamlit_internals import BARE_LOG, RUN_LOG, without_components
from pages.public.piece import read, style_sheets
from pages.public.targets import Target

_SECONDS: Final = 120  # a page takes half of one


class PageError(Exception):
    """A page that could not be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRun:
    """What a page shows: a tree of Streamlit's elements, and the style sheets of its own, which Streamlit keeps apart."""

    tree: Any
    styles: tuple[str, ...]


def keep_quiet() -> None:
    """Silences Streamlit's log: no line for a run without a browser, no source line and no value of a failed run."""
    for name in (BARE_LOG, RUN_LOG):
        logging.getLogger(name).disabled = True


def run_page(target: Target, reading: Reading) -> PageRun:
    """What the page shows. PageError with the class of what its script raised: its text may quote a value."""
    app = AppTest.from_file(str(ROOMS / target.page.script), default_timeout=_SECONDS)
    without_components(app)
    for key, value in start_reading(reading).items():
        app.session_state[key] = value
    app.query_params.update(target.query)
    app.run()
    if app.exception:
        raise PageError(f"{target.file}: {app.exception[0].proto.type}")
    sheets = (sheet for element in app.get("html") for sheet in style_sheets(read(element.proto.body)))
    return PageRun(tree=app.main, styles=tuple(dict.fromkeys(sheets)))
