"""The buttons that make a sheet of a page, or the report, when they are clicked."""

import streamlit as st

from pages.parts.read import reading
from pages.reports.sheets import sheet
from queries.scope import Scope


def show_sheet_button(scope: Scope | None = None) -> None:
    """*Fiche (PDF)*: the view on one page of paper. `scope`: of the page, where it is not the reader's own."""
    current = reading()
    words = current.words
    asked, server = current.scope if scope is None else scope, _server()
    st.download_button(
        words.say("Fiche d’une page (PDF)"),
        lambda: sheet(current.access, asked, words, server=server),
        file_name=file_name(words.say("fiche"), ".pdf"),
        mime="application/pdf",
        on_click="ignore",
        key="cap_sheet",
        type="tertiary",
        icon=":material/description:",
    )


def file_name(name: str, ending: str) -> str:
    """The name of a file: whether it is a demonstration, what it is, the date of the data."""
    current = reading()
    release = current.access.release
    prefix = current.words.say("demonstration") + "_" if release.demo else ""
    return f"{prefix}{name}_{release.data_as_of.isoformat()}{ending}"


def _server() -> str:
    """The address of the server as the reader has it; empty outside a browser."""
    url = (st.context.url or "").partition("?")[0]
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('/')[0] or rest}" if rest else ""
