"""Streamlit's private doors: every name of it that its documentation does not promise, so that a raise of Streamlit looks here first.

`tests/pages/parts/test_streamlit_internals.py` compares each with the Streamlit that is installed. Documented are `streamlit` itself and
`streamlit.testing.v1`; every other module counts as private, the classes that documented functions return or raise included, for
their module is nobody's promise. What tests alone need is in `tests/streamlit_private.py`.
"""

import re
from pathlib import Path
from typing import Any, Final

from streamlit import file_util
from streamlit.auth_util import get_origin_from_redirect_uri
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.elements.lib import streamlit_plotly_theme
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.navigation.page import StreamlitPage
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

__all__ = ["StreamlitPage", "StreamlitSecretNotFoundError", "get_origin_from_redirect_uri", "streamlit_plotly_theme"]

# What looks for components, when a test's run begins.
COMPONENTS: Final = BidiComponentManager

# Imported by Streamlit at the first chart only.
USED_LATER: Final = ("streamlit.elements.plotly_chart",)

# Loggers, and what one of them logs of every run that failed.
RUN_LOG: Final = "streamlit.error_util"
RUN_FAILED: Final = "Uncaught app execution"
BARE_LOG: Final = "streamlit.runtime.scriptrunner_utils.script_run_context"
SIGN_IN_LOG: Final = "streamlit.web.server.starlette.starlette_auth_routes"

# Addresses of the server.
LOGIN: Final = "/auth/login"
CALLBACK: Final = "/oauth2callback"
METRICS: Final = "/_stcore/metrics"
# Files sent to the server, of a session and under an id.
UPLOAD: Final = re.compile(r"/_stcore/upload_file/[^/]+/[^/]+$")
# What no page of ours uses: components, the agent's interface.
UNUSED_DOORS: Final = re.compile(r"/(_stcore/(bidi-components|agent|script-health-check)|component|app/static)(/|$)")
# Answers in HTML below these addresses are not the index page.
OTHER_DOCUMENTS: Final = re.compile(r"/(media|component|app/static)/")

# Its files: the address of one, the links in index.html, and the beginning of the name of what a first chart needs.
STATIC_FILE: Final = re.compile(r"/static/((?:js|css|media)/[^/]+)$")
LINKED_FILE: Final = re.compile(r"\./static/((?:js|css)/[^\"]+)\"")
CHART_LIBRARY: Final = "PlotlyChart."

# What index.html has once each, by what stands there.
INDEX_PLACES: Final[dict[str, str]] = {
    "language": r'<html lang="en">',
    "icon": r'<link rel="shortcut icon"[^>]*/>',
    "title": r"<title>.*?</title>",
    # Pointers to Streamlit's agent interface.
    "agent": r"<!--\s*Machine-readable pointer.*?-->\s*<link rel=\"service-desc\"[^>]*/>\s*",
    "noscript": r"<noscript>.*?</noscript>",
    "root": r'<div id="root"></div>',
}

# Elements that our style sheets, scripts and journeys look for: values of data-testid …
TEST_IDS: Final = frozenset(
    {
        "stAlert", "stApp", "stAppSkeleton", "stButton", "stCode", "stDataFrame", "stDownloadButton", "stExpandSidebarButton", "stHorizontalBlock",
        "stIconMaterial", "stLayoutWrapper", "stMain", "stMarkdownContainer", "stPlotlyChart", "stPopoverBody", "stPopoverButton", "stSidebarCollapseButton",
        "stSidebarNav", "stSidebarNavItems", "stSidebarNavLink", "stFileUploaderDropzone", "stNumberInputContainer", "stSkeleton", "stTextAreaRootElement", "stTextInputRootElement", "stToolbar", "stTopNavDropdownLink", "stTopNavLink", "stTopNavSection",
    }
)  # fmt: skip
# … classes …
CLASSES: Final = frozenset(
    {
        "stApp", "stButton", "stButtonGroup", "stCode", "stColumn", "stDownloadButton", "stElementContainer", "stHeading", "stHorizontalBlock", "stHtml",
        "stMain", "stMainBlockContainer", "stMarkdown", "stPlotlyChart", "stPopover", "stSelectbox", "stSlider", "stTable",
        "stText", "stTextInput", "stVerticalBlock",
    }
)  # fmt: skip
# … and what else they go by: attributes and their values, the prefix of a class made of an element's key, the object that names the server.
MARKS: Final = (
    "data-test-script-state", "data-test-connection-state", "notRunning", "CONNECTED", "data-stale", "data-tag", "st-key-",
    "__streamlit", "BACKEND_BASE_URL",
)  # fmt: skip

# Options of .streamlit/config.toml that `streamlit config show` hides.
HIDDEN_OPTIONS: Final = frozenset({"logger.enableRich", "runner.postScriptGC"})


def streamlit_files() -> Path:
    """The folder of Streamlit's index.html."""
    return Path(file_util.get_static_dir())


def without_components(app: Any) -> None:
    """An AppTest whose runs look for no components: none of our pages has one, and the look through all installed packages takes 0.5 s."""
    app._bidi_component_manager = COMPONENTS()


def identity_cookie(cookies: dict[str, str]) -> bytes | None:
    """What the identity cookie holds, once its signature is checked; None without one.

    Streamlit reads it for websockets only; its own function does the reading here.
    """
    return _get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
