"""Dictionnaire. Every table, column, code and indicator: what it means, its unit, its formula, where it comes from."""

from pathlib import Path

import streamlit as st

from pages.dictionary import entries as dictionary
from pages.dictionary.file import markdown
from pages.dictionary.list import show_folded, show_matches
from pages.parts.blocks import show_question
from pages.parts.read import reading
from pages.parts.tables import show_download

current = reading()
words = current.words
st.html(Path(__file__).with_name("dictionary.css"))
every = dictionary.entries(words, several=current.access.release.has_several)
show_question(
    words.say("Que contient chaque table, chaque colonne, chaque code\u202f?"),
    words.say(
        "{count} entrées\u00a0: chacune a sa définition, et son unité, sa formule et sa référence quand elle en a.",
        count=words.number(len(every)),
    ),
)
search = st.text_input(
    words.say("Chercher dans le dictionnaire"),
    key="recherche",
    bind="query-params",
    type="search",
    placeholder=words.say("Un mot, une colonne, un code"),
)
matches = [entry for entry in every if entry.has(search)]
if search:
    show_matches(matches, words)
else:
    show_folded(matches, words)
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
