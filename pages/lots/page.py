"""Lots. Which ones call for a word today: the facilitator's list; or one lot's own page."""

from pathlib import Path

import streamlit as st

from pages.lots.choice import asked_choice, chosen_lots, show_choice, show_lot_pages
from pages.lots.list_sentences import lots_figures, lots_notes, shown_text
from pages.lots.one_lot import show_lot
from pages.lots.table import file_columns, file_rows, lots_rows, lots_table
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.lot_alerts import ALL, lots_text
from pages.parts.lot_links import CONTRACT, LOT, show_lots_link
from pages.parts.paging import PER_PAGE, first_shown
from pages.parts.read import reading
from pages.parts.tables import show_download
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
show_question(question, lots_text(alerts, access.release.data_as_of, words))
show_figures(lots_figures(alerts, settings.alerts, words))

choice = asked_choice()
show_choice({alert: row["lots"] for alert, row in alerts.items()})
found = chosen_lots(access.ask("lots", scope), choice, f"{access.release.id} {access.rights} {scope}")
if found.num_rows:
    first = first_shown(found.num_rows)
    shown = lots_rows(found.slice(first, PER_PAGE))
    st.html(lots_table(shown, choice, words, shown_text(first, len(shown), found.num_rows, words)))
    show_lot_pages(choice, found.num_rows)
    show_download(
        lambda: file_rows(found, words),
        file_columns(),
        name="lots",
        label=words.say("Télécharger toute la liste"),
        caption=words.say("Liste des lots"),
    )
else:
    st.text(words.say("Aucun lot ne répond à ce choix."))
    if choice.alert != ALL:
        show_lots_link(words.say("Voir tous les lots"), search=choice.text)
show_notes(lots_notes(settings.alerts, words))
