"""Maîtres d'ouvrage. The clients whose contracts have the hours: hours, years and completion of each in a row; or one client's own page."""

import streamlit as st

from pages.clients.late_lots import show_late_lots
from pages.clients.one_client import KEY, show_client
from pages.clients.sentences import clients_figures
from pages.clients.table import show_clients
from pages.clients.types import show_types
from pages.clients.years import show_years
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.client_sentences import which_clients
from pages.parts.completion import completion_note
from pages.parts.empty import stop_if_empty
from pages.parts.lot_alerts import TO_CALL
from pages.parts.milestone_block import show_milestones
from pages.parts.other_totals import show_other_totals
from pages.parts.read import reading
from pages.parts.small_bars import bars_notes
from pages.reports.buttons import show_page_sheet
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
# Years of which a range of months cuts the first and the last are not put side by side.
cells = [] if scope.has_months else answers.hours_by_client_and_year(access, scope)
late = answers.late_lots_by_client(access, scope)
alerts = {row["alert"]: row for row in answers.lot_alerts(access, scope)}

show_question(question, which_clients(totals, sides, clients, settings, words))
show_figures(clients_figures(totals, sides, answers.clients_freshness(access, scope), settings, words))
show_clients(clients, cells, totals, late, alerts[TO_CALL])
show_page_sheet()
show_notes([*bars_notes(cells, words), completion_note(words)])
if not scope.has_months:
    show_years(clients, cells, totals)
show_types(answers.hours_by_client_type(access, scope), totals)
show_late_lots(alerts, late)
show_milestones(
    [entry for entry in answers.milestone_progress(access, scope) if entry["client"]],
    heading=words.say("Quels jalons sont fixés avec un maître d’ouvrage\u202f?"),
    folded=True,
)
show_other_totals()
