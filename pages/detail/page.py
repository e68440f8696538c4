"""Détail. The lots of the filters, or their lines of hours one by one: searched, page by page, and as a whole file."""

import streamlit as st

from pages.detail.choice import HOURS, asked_detail, detail_address, show_detail_choice
from pages.detail.columns import file_columns, screen_columns
from pages.detail.sentences import detail_notes, detail_text, place_text
from pages.parts.blocks import show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.paging import PER_PAGE, first_shown, show_pages
from pages.parts.read import reading
from pages.parts.tables import html_table, show_download
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Quels lots et quelles heures, ligne par ligne\u202f?")
stop_if_empty(question, answers.detail_counts(access, scope), lots_suffice=True)
choice = asked_detail()
counts = answers.detail_counts(access, scope, choice.search)
show_question(question, detail_text(counts, choice, words))
show_detail_choice(counts)

of_hours = choice.view == HOURS
count = counts["hours_lines"] if of_hours else counts["lots"]
name = "detail_hours" if of_hours else "detail_lots"
if count:
    first = first_shown(count)
    part = choice.search, str(first), str(PER_PAGE)
    shown = answers.detail_hours(access, scope, *part) if of_hours else answers.detail_lots(access, scope, *part)
    st.html(html_table(shown, screen_columns(name), words, place_text(choice, first, len(shown), count, words)))
    show_pages(count, lambda number: detail_address(choice, number), place=".cap-table")
    show_download(
        lambda: access.stream(name, scope, search=choice.search),
        file_columns(name),
        name=f"detail_{choice.view}",
        label=words.say("Télécharger toutes les lignes d’heures")
        if of_hours
        else words.say("Télécharger tous les lots"),
        caption=words.say("Lignes d’heures") if of_hours else words.say("Lots"),
        count=count,
    )
else:
    st.text(words.say("Rien ne répond à cette recherche."))
show_notes(detail_notes(choice, words))
