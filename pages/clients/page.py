"""Maîtres d'ouvrage. Who bears the hours, when, and what became of the obligations; or one client's own page."""

import streamlit as st

from pages.clients import columns as columns_clients
from pages.clients.charts import completion_marks, hours_bars, year_bars
from pages.clients.heat_table import heat_table
from pages.clients.one_client import KEY, client_address, open_client, show_client
from pages.clients.order import choose_order, order_text, ordered, years_text
from pages.clients.sentences import clients_figures, named
from pages.clients.table import show_clients
from pages.parts.blocks import show_figures, show_question
from pages.parts.client_sentences import who_bears
from pages.parts.completion import completion_notes, completion_sentence
from pages.parts.empty import stop_if_empty
from pages.parts.milestone_block import show_milestones
from pages.parts.other_totals import show_other_totals
from pages.parts.panels import show_panels
from pages.parts.read import reading
from pages.parts.tables import show_download
from queries import answers

current = reading()
words, access, scope, settings = current.words, current.access, current.scope, current.settings
if st.query_params.get(KEY):
    show_client(st.query_params[KEY])
    st.stop()

question = words.say("Qui porte les heures\u202f?")
totals = answers.totals(access, scope)
stop_if_empty(question, totals)
clients = answers.hours_by_client(access, scope)
sides = answers.hours_by_own_and_assisted(access, scope)
cells = answers.hours_by_client_and_year(access, scope)
years = answers.hours_by_year(access, scope)

show_question(question, who_bears(totals, sides, clients, settings, words))
show_figures(clients_figures(totals, sides, answers.clients_freshness(access, scope), settings, words))
order = choose_order()
groups = ordered(clients, answers.hours_by_client_type(access, scope), order, words)
listed = [client for group in groups for client in group.rows]
show_panels(hours_bars(groups, words, summary=order_text(order, words)), "clients_heures", on_pick=open_client)
show_clients(listed, totals)

series = named(cells, listed)
show_panels(
    year_bars(groups, series, words, summary=years_text(order, words)),
    "clients_annees",
    heading=words.say("Quand ces heures ont-elles été faites\u202f?"),
    on_pick=open_client,
)
st.html(heat_table(listed, cells, years, totals, words, client_address))
show_download(
    [cell for found in series.values() for cell in found],
    columns_clients.years(),
    name="heures_par_maitre_d_ouvrage_et_an",
    caption=words.say("Heures par maître d’ouvrage et par année"),
)
show_panels(
    completion_marks(groups, words, summary=completion_sentence(totals, words)),
    "clients_realisation",
    heading=words.say("Que deviennent les heures engagées\u202f?"),
    notes=[*completion_notes(words), order_text(order, words)],
    on_pick=open_client,
)
show_milestones(
    [entry for entry in answers.milestone_progress(access, scope) if entry["client"]],
    heading=words.say("Quels jalons sont fixés avec un maître d’ouvrage\u202f?"),
)
show_other_totals()
