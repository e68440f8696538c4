"""The search in the frame: one field, whose question the page *Recherche* answers."""

import streamlit as st

from pages.parts.markup import html
from pages.parts.read import reading


def show_search() -> None:
    """The field. It keeps the reader's filters and language in the address; shortcuts.js leads on without a load."""
    words = reading().words
    st.html(
        html(
            "frame/search.html",
            label=words.say("Chercher dans toutes les pages"),
            placeholder=words.say("Commune, lot, SIRET…"),
            verb=words.say("Chercher"),
            kept=list(reading().address.items()),
        ),
        width="content",
    )
