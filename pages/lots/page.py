"""Lots. Which ones call for a word today: the facilitator's list; or one lot's own page."""

from pathlib import Path

import streamlit as st

from pages.lots.choice import LATE_CLIENTS, PENDING, chosen_lots, list_choice, show_choice
from pages.lots.last_months import last_months
from pages.lots.late_clients import show_late_clients
from pages.lots.list_sentences import lots_figures, lots_notes, place_text
from pages.lots.one_lot import show_lot
from pages.lots.table import Beside, file_columns, file_rows, lots_rows, lots_table
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.comments import last_calls
from pages.parts.empty import stop_if_empty
from pages.parts.lot_alerts import ALL, lots_text
from pages.parts.lot_links import CONTRACT, LOT, show_lots_link
from pages.parts.page_content import LINES, remember_table
from pages.parts.paging import first_row, rows_of_a_page, show_pages, show_rows_of_a_page
from pages.parts.read import reading
from pages.parts.tables import show_download
from pages.reports.buttons import show_page_sheet
from pages.reports.call_list import called_columns, called_rows
from queries import answers

current = reading()
words, access, scope, settings = current.words, current.access, current.scope, current.settings
st.html(Path(__file__).with_name("lots.css"))
if st.query_params.get(CONTRACT):
    show_lot(st.query_params[CONTRACT], st.query_params.get(LOT, "00"))
    st.stop()

question = words.say("Quels lots appellent une relance aujourd’hui\u202f?")
alerts = {row["alert"]: row for row in answers.lot_alerts(access, scope)}
stop_if_empty(question, {"lots": alerts["all"]["lots"], "hours_validated": 0, "hours_pending": 0}, lots_suffice=True)
show_question(question, lots_text(alerts, words))
show_figures(lots_figures(alerts, settings.alerts, words))

show_page_sheet()
choice = list_choice()
followed = answers.lot_follow_ups(access, scope)
counts = {PENDING: followed["pending_lots"], LATE_CLIENTS: followed["late_clients"]}
show_choice({alert: row["lots"] for alert, row in alerts.items()} | counts)
if choice.alert == LATE_CLIENTS:
    show_late_clients()
    st.stop()
matches = chosen_lots(access.ask("lots", scope), choice, f"{access.release.id} {access.rights} {scope}")
if matches.num_rows:
    first = first_row(matches.num_rows)
    visible = lots_rows(matches.slice(first, rows_of_a_page(matches.num_rows)))
    calls = last_calls(access)
    beside = Beside(calls=calls, bars=last_months(access.ask("lot_last_months", scope), visible, words))
    st.html(lots_table(visible, choice, words, place_text(first, len(visible), matches.num_rows, words), beside))
    called = called_rows(lots_rows(matches.slice(0, LINES)), words, calls)
    remember_table(called, called_columns(words, by_phone=True), words.say("Liste des lots"), count=matches.num_rows)
    show_pages(matches.num_rows, place=".cap-lots")
    show_rows_of_a_page(matches.num_rows)
    show_download(
        lambda: file_rows(matches, words),
        file_columns(),
        name="lots",
        label=words.say("Télécharger toute la liste"),
        caption=words.say("Liste des lots"),
    )
else:
    st.text(words.say("Aucun lot ne répond à ce choix."))
    if choice.alert != ALL:
        show_lots_link(words.say("Voir tous les lots"), search=choice.text)
show_notes(lots_notes(settings.alerts, scope, words))
