"""The menu: every page, in the order readers need them."""

from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data.words import N_, Words

# script, address, title. The first page is the default: its address is the root.
PAGES: Final = (
    ("milestones.py", "", N_("Où en est-on\u202f?")),
    ("years.py", "annees", N_("Année par année")),
    ("clauses.py", "clauses", N_("Types de clause")),
    ("clients.py", "clients", N_("Maîtres d’ouvrage")),
    ("communes.py", "communes", N_("Communes")),
    ("lots.py", "lots", N_("Lots")),
    ("considerations.py", "considerations", N_("Considérations sociales")),
    ("data_quality.py", "donnees", N_("Données")),
    ("definitions.py", "definitions", N_("Définitions")),
)


def menu(words: Words) -> StreamlitPage:
    """The page to run, once the menu is drawn in the reader's language."""
    listed = [
        st.Page(script, title=words.say(title), url_path=path or None, default=not path)
        for script, path, title in PAGES
    ]
    return st.navigation(listed, position="top")
