"""Qu'est-ce qui a changé ? What changed between two releases: years, clients and clauses, lots."""

import streamlit as st

from pages.changes import columns
from pages.changes.alerts import show_alerts
from pages.changes.choice import chosen_pair, reading_of, show_pair
from pages.changes.lists import show_list
from pages.changes.sentences import changes_figures, changes_text, revised_text
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.read import reading, set_reading
from pages.parts.tables import show_table
from queries import answers

words = reading().words
question = words.say("Qu’est-ce qui a changé\u202f?")
pair = chosen_pair(reading().access.release)
if pair is None:
    show_question(question, words.say("Aucune publication antérieure n’est conservée\u00a0: il n’y a rien à comparer."))
    st.stop()
set_reading(reading_of(pair.later, reading()))
current = reading()
access, scope, since = current.access, current.scope, pair.earlier.id
total = answers.changes_total(access, scope, since)
years = answers.changes_by_year(access, scope, since)
clients = answers.changes_since(access, scope, since)
lots = answers.changed_lots(access, scope, since)

show_question(question, changes_text(total, words))
show_pair(pair, words)
show_figures(changes_figures(total, words))

show_alerts(since, is_last=pair.is_last)
st.header(words.say("Quelles années ont changé\u202f?"), anchor=False)
show_notes(revised_text(years, current.settings, words))
moved = [row for row in years if row["change_hours"]]
if moved:
    show_table(moved, columns.years(), caption=words.say("Écarts par année"), name="ecarts_par_an", folded=False)

until = current.settings.revisions.consolidated_until
if until is not None:
    consolidated = [row for row in clients if row["is_consolidated"]]
    st.header(
        words.say("Qu’est-ce qui a changé dans les années consolidées (jusqu’en {year})\u202f?", year=until),
        anchor=False,
    )
    if consolidated:
        caption = words.say("Écarts des années consolidées")
        show_list(consolidated, columns.clients(), caption=caption, name="ecarts_consolides")
    else:
        show_notes([words.say("Rien n’a changé dans ces années.")])

rest = [row for row in clients if not row["is_consolidated"]]
if rest:
    st.header(words.say("Chez qui, et pour quels types de clause\u202f?"), anchor=False)
    caption = words.say("Écarts par maître d’ouvrage, type de clause et année")
    show_list(rest, columns.clients(), caption=caption, name="ecarts_par_client")
if lots:
    st.header(words.say("Dans quels lots\u202f?"), anchor=False)
    show_list(lots, columns.lots(), caption=words.say("Lots modifiés"), name="lots_modifies")
