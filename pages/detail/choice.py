"""The choices of the detail: lots or lines of hours, the search, the order, the columns. Kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from data.words import N_
from pages.detail.columns import open_columns
from pages.parts.address_choice import AddressChoice, one_of, several_of, text_of
from pages.parts.read import reading

LOTS: Final = "lots"
HOURS: Final = "heures"
# In the address → on screen, and the column of detail_counts that counts them.
_VIEWS: Final = {LOTS: (N_("Lots"), "lots"), HOURS: (N_("Lignes d’heures"), "hours_lines")}
_QUESTIONS: Final = {LOTS: "detail_lots", HOURS: "detail_hours"}
_LONGEST: Final = 200  # characters of a search
_VIEW: Final = one_of(key="vue", widget="_detail_view", default=LOTS, options=tuple(_VIEWS))
_SEARCH: Final = text_of(key="recherche", widget="_detail_search", longest=_LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailChoice:
    """The reader's choices. `columns`: the chosen columns; none for the usual ones."""

    view: str = LOTS
    search: str = ""
    columns: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The question whose answer is listed."""
        return _QUESTIONS[self.view]


def chosen_detail() -> DetailChoice:
    """The choice that the address carries; what means nothing there is the default."""
    view = _VIEW.value
    return DetailChoice(view=view, search=_SEARCH.value, columns=_picked(_QUESTIONS[view]).value)


def _picked(name: str) -> AddressChoice[tuple[str, ...]]:
    return several_of(
        key="colonnes", widget="_detail_columns", options=tuple(column.key for column in open_columns(name))
    )


def show_detail_choice(counts: Mapping[str, Any], choice: DetailChoice) -> None:
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
    picked, headers = _picked(choice.question), {column.key: column for column in open_columns(choice.question)}
    with st.expander(words.say("Choisir les colonnes"), expanded=bool(choice.columns)):
        st.multiselect(
            words.say("Colonnes du tableau et du fichier"),
            picked.options,
            format_func=lambda key: headers[key].header(words),
            placeholder=words.say("Colonnes habituelles"),
            select_all=False,
            **picked.bound(),
        )
