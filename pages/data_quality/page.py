"""Données. What is published, how fresh it is, what in it raises a question."""

import streamlit as st

from data.schema import ALL_TABLES
from pages.data_quality.anomalies import show_anomalies
from pages.data_quality.sentences import (
    absent_columns,
    lag_text,
    release_figures,
    release_text,
    source_lines,
)
from pages.parts import columns
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.freshness import freshness_text
from pages.parts.read import reading
from pages.parts.tables import show_table
from queries import answers
from queries.rights.right import Right
from queries.scope import Scope

LABELS = {table.name: table.label for table in ALL_TABLES}
current = reading()
words, access = current.words, current.access
summary = answers.release_summary(access)
show_question(words.say("Que valent ces données\u202f?"), release_text(summary, words))
show_figures(release_figures(summary, words))
if not access.is_whole(Scope()):
    show_notes([words.say("Ces chiffres sont ceux des lots ouverts à votre compte, sans les filtres.")])
else:
    show_notes(lag_text(access.release, access.settings, words))
    if current.filters:
        show_notes([words.say("Ces chiffres sont ceux de toute la publication, sans les filtres.")])
    st.header(words.say("D’où viennent-elles\u202f?"), anchor=False)
    show_table(
        [
            {"file": s.file, "table": words.say(LABELS[s.table]), **source_lines(s, access), "sha256": s.sha256}
            for s in access.release.sources
        ],
        columns.sources(words, fingerprints=access.rights.may(Right.DETAIL)),
        caption=words.say("Fichiers publiés"),
        name="fichiers_publies",
        filtered=False,
        folded=False,
    )
show_notes(absent_columns(access.release, words))

clients = answers.clients_freshness(access, current.scope)
st.header(words.say("Jusqu’à quand chacun a-t-il déclaré\u202f?"), anchor=False)
show_notes([freshness_text(clients, current.settings, words)])
show_table(
    clients,
    columns.freshness(),
    caption=words.say("Dernière déclaration de chaque maître d’ouvrage"),
    name="dernieres_declarations",
    folded=False,
    scope=current.scope.without_years(),
)

st.header(words.say("Qu’est-ce qui pose question\u202f?"), anchor=False)
show_anomalies()
