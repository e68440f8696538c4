"""Considérations sociales. The share of all contracts notified, by year and by buyer; those above the European thresholds."""

import streamlit as st

from pages.considerations import columns, sentences
from pages.considerations import obligation as obligation_text
from pages.considerations.spaser import show_spaser
from pages.parts.blocks import show_chart, show_figures, show_notes, show_question
from pages.parts.filters.address import clear_filters
from pages.parts.read import reading
from pages.parts.social_chart import social_shares
from pages.parts.social_share import computed, dated, share_text
from pages.parts.tables import show_table
from pages.reports.buttons import show_page_sheet
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Quelle part des marchés comporte une considération sociale\u202f?")
if access.release.notified is None:
    show_question(question, words.say("Non calculable\u00a0: la liste de tous les marchés notifiés n’est pas publiée."))
    show_notes(sentences.not_computable(words))
    st.stop()
whole = answers.social_condition(access, scope)
if not whole["contracts"]:
    show_question(question, words.say("Aucun marché notifié pour ces filtres."))
    st.button(words.say("Tout afficher"), on_click=clear_filters, key="show_everything")
    show_notes(sentences.buyers_notes(scope, words))
    st.stop()
years = answers.social_share_by_year(access, scope)
to_look_at = answers.contracts_without_social_condition(access, scope)

show_question(question, share_text(years, whole, words))
show_figures(sentences.share_figures(years, whole, to_look_at, words))
if computed(years):
    chart = social_shares(dated(years), words, summary=sentences.change_text(years, words))
    show_chart(chart, "considerations", notes=sentences.chart_notes(years, words))
show_table(
    years[::-1],
    columns.years(),
    caption=words.say("Marchés notifiés avec une considération sociale, par année"),
    name="considerations_sociales_par_an",
    total=whole,
)
show_page_sheet()

st.header(words.say("Chez quels acheteurs\u202f?"), anchor=False)
clients = answers.social_share_by_client(access, scope)
show_notes([sentences.buyers_text(clients, words)])
show_table(
    sentences.buyers(clients, words),
    columns.clients(),
    caption=words.say("Marchés notifiés avec une considération sociale, par acheteur"),
    name="considerations_sociales_par_acheteur",
    total=whole,
    folded=False,
)
show_notes(sentences.buyers_notes(scope, words))

show_spaser(access, scope, words)

st.header(words.say("Quels marchés examiner au-dessus des seuils européens\u202f?"), anchor=False)
show_notes([obligation_text.obligation_text(whole, words)])
if to_look_at:
    show_table(
        obligation_text.looked_at(to_look_at, words),
        columns.to_look_at(),
        caption=words.say("Marchés au-dessus des seuils, sans clause sociale déclarée"),
        name="marches_sans_clause_sociale",
        folded=False,
    )
show_notes(obligation_text.obligation_notes(whole, words))
