"""The server: `streamlit run dashboard.py`. Composes the frame with what surrounds it; everything has its place elsewhere.

With an `st.App` Streamlit's old way of finding pages by folder never exists, so that a page can only be reached through the
frame (its filters, its rights), a cold deep link included.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from data.settings import load_settings
from pages.frame.provider import secrets_from_environment
from pages.parts.streamlit_internals import streamlit_files
from pages.server.compression import Compression, StaticFiles
from pages.server.door import Door, check_doors
from pages.server.embed_address import EmbedAddress
from pages.server.index_page import IndexPage, inline_script_hashes
from pages.server.metrics import Counted
from pages.server.own_routes import own_routes
from pages.server.return_address import ReturnAddress
from pages.server.script_error import keep_values_out_of_the_log, show_incident
from pages.server.security_headers import SecurityHeaders
from pages.server.sign_in_failure import SignInFailure
from pages.server.uploads import Uploads
from pages.server.warm_up import warm_up

check_doors()
static_files = StaticFiles(streamlit_files())


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start: nothing is answered before the first page can be."""
    log = logging.getLogger("cap_insertion")
    log.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    keep_values_out_of_the_log()
    await run_in_threadpool(warm_up, static_files)
    yield


app = st.App(
    "pages/frame/page.py",
    lifespan=lifespan,
    middleware=[
        Middleware(Counted),
        Middleware(SecurityHeaders, script_hashes=inline_script_hashes(), sites=load_settings().embed.sites),
        # Streamlit holds only its websocket to these names.
        Middleware(TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts") or ["*"]),
        Middleware(Door),
        Middleware(Uploads),
        Middleware(SignInFailure),
        Middleware(ReturnAddress),
        Middleware(EmbedAddress),
        Middleware(Compression, files=static_files),
        Middleware(IndexPage),
    ],
    routes=own_routes(),
    secrets=secrets_from_environment(),
    on_script_error=show_incident,
)
