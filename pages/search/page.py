"""Recherche. Pages, communes, clients, filters, companies, lots and terms that have the words of a question."""

import streamlit as st

from pages.parts.blocks import show_notes, show_question
from pages.parts.markup import html
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.search.results import AT_MOST, results_of
from pages.search.sentences import answer_text, more_text
from pages.search.wanted import QUERY, wanted

current = reading()
words = current.words
query = wanted(st.query_params.get(QUERY, ""))
kinds = results_of(query, current)
question = (
    words.say("Que trouve-t-on pour «\u00a0{text}\u00a0»\u202f?", text=as_text(query.text))
    if query.text
    else words.say("Que cherchez-vous\u202f?")
)
show_question(question, answer_text(query, kinds, words))
for kind in kinds:
    st.header(kind.heading, anchor=False)
    more = more_text(kind, words) if kind.count > AT_MOST else ""
    st.html(html("search/results.html", results=kind.results, more=more, address=kind.more))
if kinds:
    show_notes(
        [words.say("Les filtres en cours ne s’appliquent pas à ces résultats\u202f; les années de la question, si.")]
    )
