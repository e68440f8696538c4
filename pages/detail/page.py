"""Détail. The lots of the filters, or their lines of hours one by one: searched, ordered, page by page, and as a whole file."""

import streamlit as st

from pages.detail.choice import HOURS, chosen_detail, show_detail_choice
from pages.detail.columns import file_columns
from pages.detail.list import show_list
from pages.detail.sentences import detail_notes, detail_text
from pages.parts.blocks import show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.read import reading
from pages.parts.tables import show_download
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Quels lots et quelles heures, ligne par ligne\u202f?")
stop_if_empty(question, answers.detail_counts(access, scope), lots_suffice=True)
choice = chosen_detail()
counts = answers.detail_counts(access, scope, choice.search)
show_question(question, detail_text(counts, choice, words))
show_detail_choice(counts, choice)

of_hours = choice.view == HOURS
count = counts["hours_lines"] if of_hours else counts["lots"]
if count:
    show_list(choice, count)
    show_download(
        lambda: access.stream(choice.question, scope, search=choice.search),
        file_columns(choice.question, choice.columns),
        name=f"detail_{choice.view}",
        label=words.say("Télécharger toutes les lignes d’heures")
        if of_hours
        else words.say("Télécharger tous les lots"),
        caption=words.say("Lignes d’heures") if of_hours else words.say("Lots"),
        count=count,
    )
else:
    st.text(words.say("Aucun résultat pour cette recherche."))
show_notes(detail_notes(choice, words))
