"""The menu in the reader's language, and the title of the document: those pages that the reader's rights open."""

from pathlib import Path
from typing import Final

import streamlit as st

from data.words import Words
from pages.frame.menu import MenuPage, pages_there
from pages.parts.filters.names import Names
from pages.parts.filters.sentence import filters_text
from pages.parts.read import Reading
from pages.parts.streamlit_internals import StreamlitPage
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope

ROOMS: Final = Path(__file__).parents[1]


def open_pages(rights: Rights, *, several: bool = False) -> tuple[MenuPage, ...]:
    """The pages that the rights open; that of structures where `several` publish."""
    return tuple(page for page in pages_there(several=several) if page.needs is None or rights.may(page.needs))


def menu(words: Words, access: Access) -> StreamlitPage:
    """The page to run, once the menu is drawn in the reader's language. A page without the right to it says so."""

    def refusal() -> None:
        st.title(words.say("Accès refusé"), anchor=False)
        st.text(
            words.say("Cette page n’est pas ouverte à votre rôle ({role}).", role=words.say(access.rights.role.label))
        )

    groups: dict[str, list[StreamlitPage]] = {}
    several = access.release.has_several
    opened = open_pages(access.rights, several=several)
    for page in pages_there(several=several):
        if page in opened:
            entry = st.Page(
                ROOMS / page.script,
                title=words.say(page.title),
                url_path=page.path or None,
                default=not page.path,
                visibility="hidden" if page.at_foot else "visible",
            )
        else:
            entry = st.Page(refusal, title=words.say("Accès refusé"), url_path=page.path, visibility="hidden")
        groups.setdefault(words.say(page.group) if page.group else "", []).append(entry)
    return st.navigation(groups, position="top")


def page_reading(page: MenuPage, pages: tuple[MenuPage, ...], access: Access, scope: Scope, names: Names) -> Reading:
    """What the page reads with. `pages`: those that the rights open."""
    query = st.query_params.to_dict()
    seen = page.scope_at(scope, query)
    return Reading(
        words=names.words,
        access=access,
        scope=seen,
        months=(scope.first_month, scope.last_month),
        filters=filters_text(access.rights.narrowed(seen), names),
        pages=pages,
        path=page.path,
        idle=page.idle_text(scope, names, query),
    )


def show_title(page: MenuPage, authority: str, words: Words) -> None:
    """The title of the document: the page, then the product, then whose figures they are."""
    st.set_page_config(page_title=f"{words.say(page.title)} – Cap Insertion – {authority}")
