"""The frame around every page: language, release, filters of the link, menu, freshness line. Then the page runs."""

from pathlib import Path

import streamlit as st

from data.problems import ExtractError
from data.release.serving import serving
from data.settings import load_settings
from data.words import Words
from pages.frame.failure import run_page, show_failure, show_older_release, stop_without_data
from pages.frame.filter_form import show_form
from pages.frame.foot import show_foot
from pages.frame.identity import session_reader
from pages.frame.kept_view import kept_view
from pages.frame.line import show_frame_line, show_language
from pages.frame.menu import page_at
from pages.frame.navigation import menu, open_pages, page_reading, show_title
from pages.frame.search import show_search
from pages.frame.sign_in import reader_text, show_door, show_sign_out
from pages.frame.style import show_style
from pages.frame.turn import turn
from pages.parts.authority import authority_name
from pages.parts.filters.address import read_scope, show_closed, show_not_understood
from pages.parts.filters.names import Names
from pages.parts.read import reading, set_reading
from queries.errors import AccessError, QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.readers import Reader

HERE = Path(__file__).parent

st.set_page_config(layout="wide", page_icon=str(HERE / "icon.svg"))
show_style()
line = st.container()
row = st.container(horizontal=True, vertical_alignment="center", gap="small")
filters = row.container(horizontal=True, vertical_alignment="center", gap="small")
search = row.container(width="content", key="cap_search")
with row:
    words = Words(show_language())
reader: Reader | None = None
try:
    settings = load_settings()
    reader = session_reader(settings)
    with turn(settings.engine.threads):
        served = serving()
        release = served.release
        if release is None:
            stop_without_data(reader, words)
        access = Access(database=open_release(release, settings), rights=reader.rights, reader=reader.name)
        names = Names(access, words)
        given = read_scope(access, names)
        scope = given.scope
        pages = open_pages(access.rights, several=release.has_several)
        run = menu(words, access)
        page = next((one for one in pages if one.path == run.url_path), page_at(run.url_path))
        set_reading(page_reading(page, pages, access, scope, names))
        show_title(page, authority_name(access.settings, words), words)
        with line:
            show_frame_line(page, reader_text(reader, settings, words), kept_view(scope, names))
            show_older_release(served.broken, reader, words)
        with row:
            show_sign_out(words)
        with search:
            show_search()
        with filters:
            show_form(access, scope, names, reading().idle)
        show_not_understood(given.lost, words)
        show_closed(given.closed, words)
        body = st.container()
        show_foot()
        with body:
            run_page(run.run, reader, words)
except AccessError as refused:
    show_door(refused, words)
except (ExtractError, QueryError) as error:
    show_failure(error, reader, words)
