"""What of the detail is shown: lots or lines of hours, and those of a search. Kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from data.words import N_
from pages.parts.address_choice import AddressChoice
from pages.parts.blocks import page_address
from pages.parts.paging import PAGE
from pages.parts.read import reading

PATH: Final = "detail"
LOTS: Final = "lots"
HOURS: Final = "heures"
# In the address → on screen, and the column of detail_counts that counts them.
_VIEWS: Final = {LOTS: (N_("Lots"), "lots"), HOURS: (N_("Lignes d’heures"), "hours_lines")}
_LONGEST: Final = 200  # characters of a search
_VIEW: Final = AddressChoice(key="vue", widget="_detail_view", default=LOTS, options=tuple(_VIEWS))
_SEARCH: Final = AddressChoice(key="recherche", widget="_detail_search", longest=_LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailChoice:
    """What the reader asked the detail for."""

    view: str = LOTS
    search: str = ""


def asked_detail() -> DetailChoice:
    """The choice that the address carries; what means nothing there is the default."""
    return DetailChoice(view=_VIEW.value, search=_SEARCH.value)


def detail_address(choice: DetailChoice, page: int) -> str:
    """The address of a page of the choice, with the reader's filters."""
    query = _VIEW.query(choice.view) | _SEARCH.query(choice.search) | ({} if page == 1 else {PAGE: str(page)})
    return page_address(PATH, **query)


def show_detail_choice(counts: Mapping[str, Any]) -> None:
    """The widgets of the choice. `counts`: the row of detail_counts under the search."""
    words = reading().words
    st.text_input(
        words.say("Chercher dans les lots"),
        placeholder=words.say("Objet, maître d’ouvrage, n°, SIRET…"),
        type="search",
        max_chars=_LONGEST,
        **_SEARCH.bound(),
    )
    st.pills(
        words.say("Ce qui est listé"),
        _VIEW.options,
        required=True,
        format_func=lambda view: f"{words.say(_VIEWS[view][0])} – {words.number(counts[_VIEWS[view][1]])}",
        **_VIEW.bound(),
    )
