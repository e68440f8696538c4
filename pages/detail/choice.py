"""What of the detail is shown: lots or lines of hours, and those of a search. Kept in the address, as in `lot_choice`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from data.words import N_
from pages.parts.blocks import page_address
from pages.parts.paging import PAGE, write_choice
from pages.parts.read import reading

PATH: Final = "detail"
VIEW: Final = "vue"
SEARCH: Final = "recherche"
LOTS: Final = "lots"
HOURS: Final = "heures"
# In the address → on screen, and the column of detail_counts that counts them.
_VIEWS: Final = {LOTS: (N_("Lots"), "lots"), HOURS: (N_("Lignes d’heures"), "hours_lines")}
_LONGEST: Final = 200  # characters of a search


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailChoice:
    """What the reader asked the detail for."""

    view: str = LOTS
    search: str = ""


def asked_detail() -> DetailChoice:
    """The choice that the address carries; what means nothing there is the default."""
    view = st.query_params.get(VIEW, LOTS)
    return DetailChoice(
        view=view if view in _VIEWS else LOTS, search=st.query_params.get(SEARCH, "").strip()[:_LONGEST]
    )


def detail_address(choice: DetailChoice, page: int) -> str:
    """The address of a page of the choice, with the reader's filters."""
    given = {
        VIEW: "" if choice.view == LOTS else choice.view,
        SEARCH: choice.search,
        PAGE: "" if page == 1 else str(page),
    }
    return page_address(PATH, **{key: value for key, value in given.items() if value})


def show_detail_choice(choice: DetailChoice, counts: Mapping[str, Any]) -> None:
    """The widgets of the choice. `counts`: the row of detail_counts under the search."""
    words = reading().words
    # Set at each run, also when it is no news: a browser that comes back draws the widgets anew.
    st.session_state["_detail_search"] = choice.search
    st.text_input(
        words.say("Chercher dans les lots"),
        key="_detail_search",
        placeholder=words.say("Objet, maître d’ouvrage, n°, SIRET…"),
        type="search",
        max_chars=_LONGEST,
        on_change=write_choice,
        args=(SEARCH, "_detail_search", ""),
    )
    st.session_state["_detail_view"] = choice.view
    st.pills(
        words.say("Ce qui est listé"),
        list(_VIEWS),
        required=True,
        format_func=lambda view: f"{words.say(_VIEWS[view][0])} – {words.number(counts[_VIEWS[view][1]])}",
        key="_detail_view",
        on_change=write_choice,
        args=(VIEW, "_detail_view", LOTS),
    )
