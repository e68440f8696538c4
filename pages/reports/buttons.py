"""The buttons that make a sheet of a page, or the report, when they are clicked."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from pages.parts.page_content import page_content
from pages.parts.read import reading
from pages.reports.about import page_view
from pages.reports.annual import annual_docx, annual_pdf
from pages.reports.page_sheet import page_sheet
from pages.reports.sheets import sheet
from queries import answers
from queries.scope import Scope

_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_sheet_button(scope: Scope | None = None) -> None:
    """*Fiche (PDF)*: the view on one page of paper. `scope`: of the page, where it is not the reader's own."""
    current = reading()
    chosen, server = current.scope if scope is None else scope, _server()
    _show_sheet(lambda: sheet(current.access, chosen, current.words, server=server))


def show_page_sheet() -> None:
    """*Fiche (PDF)* of a page that is about no single client, commune or clause category: what it shows first, on one page of paper."""
    current, made_of = reading(), page_content()
    address = page_view(current, _server(), st.query_params)
    _show_sheet(lambda: page_sheet(current, made_of, address))


def _show_sheet(make: Callable[[], bytes]) -> None:
    words = reading().words
    st.download_button(
        words.say("Fiche d’une page (PDF)"),
        make,
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


def show_report_buttons() -> None:
    """*Rapport annuel*: the report of a year, as PDF and for Word. The last year that is over is proposed."""
    current = reading()
    words, access, scope = current.words, current.access, current.scope
    years = [row for row in answers.hours_by_year(access, scope.without_years()) if row["hours_validated"]]
    if not years:
        return
    server = _server()
    with st.popover(words.say("Rapport annuel"), type="tertiary", icon=":material/description:", key="cap_report"):
        complete = [row["year"] for row in years if row["complete"]]
        choices = [row["year"] for row in years][::-1]
        index = choices.index(complete[-1]) if complete else 0
        year = st.selectbox(words.say("Année"), choices, index=index, key="cap_report_year")
        for label, ending, mime, write in (
            (words.say("PDF"), ".pdf", "application/pdf", annual_pdf),
            (words.say("Word (DOCX)"), ".docx", _DOCX, annual_docx),
        ):
            st.download_button(
                label, partial(write, access, scope, words, year, server=server),
                file_name=file_name(words.say("rapport_{year}", year=year), ending), mime=mime, on_click="ignore",
                key=f"cap_report{ending}", type="tertiary",
            )  # fmt: skip
