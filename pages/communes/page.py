"""Communes. Where the work is done: a map to choose from, its table twin, and what lies elsewhere or nowhere."""

import streamlit as st

from data.codes import CommentScope
from pages.communes import sentences
from pages.communes.map import choose_measure, everywhere, show_map, show_map_notes
from pages.communes.table import show_communes
from pages.parts.blocks import show_figures, show_notes, show_question
from pages.parts.comments import show_comments
from pages.parts.commune_chart import commune_chart, drawable
from pages.parts.commune_sentences import (
    chosen_text,
    commune_text,
    is_nothing_located,
    named,
    places_in_scope,
    table_rows,
    where_hours_are,
)
from pages.parts.empty import stop_if_empty
from pages.parts.headline_figures import headline_figures
from pages.parts.image_downloads import show_images
from pages.parts.read import reading
from pages.reports.buttons import show_page_sheet, show_sheet_button
from queries import answers
from queries.scope import NONE

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Dans quelles communes les heures sont-elles réalisées\u202f?")
filtered = scope.execution_communes is not None
# Participants are counted for chosen communes only.
headline = answers.headline(access, scope) if filtered else None
totals = headline or answers.totals(access, scope)
stop_if_empty(question, totals)
# The map and its table compare all communes, whichever are filtered.
all_communes = everywhere(scope)
places = table_rows(answers.commune_map(access, all_communes), words)
members = [place for place in places if place["place"] == "member"]
elsewhere = [place for place in answers.hours_by_commune(access, all_communes) if not place["is_member"]]
chosen = named(answers.hours_by_commune(access, scope), words)
table_title, total = words.say("Heures par commune d’exécution"), {**totals, "name": words.say("Total")}

if is_nothing_located(places):
    show_question(question, sentences.unlocated_text(totals, access.release.absent_columns, words))
    show_communes(chosen, total, elsewhere, caption=table_title, name="heures_par_commune")
    st.stop()
if headline is not None:
    lines = [commune_text(place, words) for place in places_in_scope(scope, members, elsewhere, words)]
    show_question(question, chosen_text(lines, totals, words))
    show_notes(lines if len(lines) > 1 else [])
    show_figures(headline_figures(headline, access, scope, words))
else:
    show_question(question, where_hours_are(places, words))
    show_figures(sentences.place_figures(places, access.release.has_several, words))

codes = [place["execution_commune"] or NONE for place in chosen] if filtered else []
if mapped := drawable(members):
    measure = choose_measure()
    drawn = commune_chart(mapped, measure, words, chosen=codes, summary=sentences.map_text(mapped, measure, words))
    map_side, table_side = st.columns([3, 2], gap="large")
    with map_side:
        show_map(drawn, mapped)
        show_notes([drawn.summary])
        show_images([drawn], "carte")
        show_sheet_button() if filtered else show_page_sheet()
else:
    table_side = st.container()
with table_side:
    if filtered:
        title = words.say("Heures des lieux choisis")
        show_communes(chosen, total, elsewhere, caption=title, name="heures_des_lieux_choisis")
        total |= answers.totals(access, all_communes)
    show_communes(
        places, total, elsewhere, caption=table_title, name="heures_par_commune", scope=all_communes, folded=filtered
    )
show_map_notes(members, elsewhere, filtered=filtered)
show_comments(CommentScope.COMMUNE, [code for code in codes if code != NONE])
