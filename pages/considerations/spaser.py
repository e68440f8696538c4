"""The yearly indicators of a SPASER on the page: reserved contracts by year, then every indicator by year and buyer."""

import streamlit as st

from data.words import Words
from pages.considerations import columns
from pages.parts.blocks import show_notes
from pages.parts.spaser import notified_text, reserved_text, silent_years, spaser_notes
from pages.parts.tables import show_table
from queries import answers
from queries.rights.access import Access
from queries.scope import Scope


def show_spaser(access: Access, scope: Scope, words: Words) -> None:
    """Both sections, under their headings."""
    years = answers.spaser_indicators_by_year(access, scope)
    st.header(words.say("Quels marchés sont réservés\u202f?"), anchor=False)
    if text := reserved_text(years, words):
        show_notes([text])
    show_table(
        years[::-1],
        columns.reserved_years(),
        caption=words.say("Marchés réservés, par année de notification"),
        name="marches_reserves_par_an",
        folded=False,
    )
    show_notes(silent_years(years, words))

    st.header(words.say("Quels indicateurs pour le SPASER\u202f?"), anchor=False)
    buyers = answers.spaser_indicators_by_year_and_client(access, scope)
    others = words.say("Autres acheteurs des DECP")
    show_notes([*notified_text(buyers, words), *spaser_notes(words)])
    show_table(
        [{**row, "buyer": row["client_name"] if row["client_id"] is not None else others} for row in buyers],
        columns.indicators(),
        caption=words.say("Indicateurs annuels du SPASER, par acheteur"),
        name="indicateurs_spaser",
    )
