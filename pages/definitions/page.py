"""Définitions. Each term: what it means, its formula, its source, its SQL; then the dictionary of tables, columns and codes, folded."""

from pathlib import Path

import streamlit as st

from pages.definitions import entries as dictionary
from pages.definitions.file import markdown
from pages.definitions.list import show_folded, show_matches
from pages.parts.blocks import show_question
from pages.parts.read import reading
from pages.parts.tables import show_download
from pages.parts.terms import TERMS, show_term

current = reading()
words = current.words
st.html(Path(__file__).with_name("definitions.css"))
every = dictionary.entries(words, several=current.access.release.has_several)
show_question(
    words.say("Que veut dire chaque chiffre\u202f?"),
    words.say("Chaque terme a sa définition, sa formule, sa source et la requête SQL qui le calcule."),
)
search = st.text_input(
    words.say("Chercher une définition"),
    key="recherche",
    bind="query-params",
    type="search",
    placeholder=words.say("Un mot, une colonne, un code"),
)
matches = [entry for entry in every if entry.has(search)]
if search:
    show_matches(matches, words)
else:
    chosen = [term for term in TERMS if term.id == st.query_params.get("terme")]
    if chosen:
        with st.container(border=True):
            show_term(chosen[0])
    for term in TERMS:
        if term not in chosen:
            show_term(term)
    st.header(words.say("Dictionnaire des données"), anchor=False)
    show_folded([entry for entry in every if entry.part != words.say(dictionary.INDICATORS)], words)
show_download(
    lambda: [entry.row for entry in matches],
    dictionary.columns(words),
    name="dictionnaire",
    filtered=False,
    label=words.say("Télécharger le dictionnaire"),
)
st.download_button(
    words.say("Télécharger le dictionnaire (Markdown)"),
    lambda: markdown(matches, words),
    file_name="dictionnaire.md",
    mime="text/markdown",
    on_click="ignore",
    type="tertiary",
    icon=":material/download:",
)
