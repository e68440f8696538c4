"""Définitions. Each term and indicator: what it means, its formula, its source, the SQL that computes it."""

import streamlit as st

from pages.parts.blocks import show_question
from pages.parts.read import reading
from pages.parts.terms import TERMS, show_term

words = reading().words
show_question(
    words.say("Que veut dire chaque chiffre\u202f?"),
    words.say("Chaque terme a sa définition, sa formule, sa source et la requête SQL qui le calcule."),
)
chosen = [term for term in TERMS if term.id == st.query_params.get("terme")]
if chosen:
    with st.container(border=True):
        show_term(chosen[0])
for term in TERMS:
    if term not in chosen:
        show_term(term)
