"""Comparer. Two to five communes, clients, clause types or years side by side: sentence, figures, curves on one scale, table."""

import streamlit as st

from pages.compare.charts import compared_curves
from pages.compare.choice import (
    YEARS,
    around,
    chosen_index,
    chosen_kind,
    compared,
    hours_by_value,
    short_name,
    show_choice,
)
from pages.compare.side_by_side import by_month, by_year
from pages.parts.blocks import show_chart, show_figures, show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.filters.names import Names
from pages.parts.read import reading
from pages.parts.tables import show_table
from pages.reports.buttons import show_page_sheet
from queries import answers

current = reading()
words, access = current.words, current.access
kind, names = chosen_kind(), Names(access, words)
scope = around(kind, current.scope)
question = (
    words.say("Quelle année compte le plus d’heures, à mois comparables\u202f?")
    if kind == YEARS
    else words.say("Comment les heures se comparent-elles, année par année\u202f?")
)
stop_if_empty(question, answers.totals(access, current.scope))
hours = hours_by_value(kind, scope)
chosen = compared(hours)
if not chosen:
    show_question(question, words.say("Aucune valeur à comparer\u00a0: la colonne n’est pas renseignée."))
    show_choice(kind, hours, chosen, names)
    st.stop()

if kind == YEARS:
    comparison = by_month({year: year for year in sorted(chosen)}, scope, indexed=chosen_index())
else:
    comparison = by_year(
        kind, {value: short_name(kind, value, names) for value in chosen}, scope, indexed=chosen_index()
    )
show_question(question, comparison.sentence or words.say("Aucun mois complet n’est commun à ces années."))
show_choice(kind, hours, chosen, names)
show_figures(comparison.figures)
if comparison.rows:
    chart = compared_curves(comparison, words)
    show_chart(chart, "comparaison", heading=comparison.name if comparison.is_indexed else "")
    show_notes(comparison.notes)
    show_page_sheet()
    show_table(
        comparison.rows if kind == YEARS else comparison.rows[::-1],
        comparison.columns(words),
        caption=comparison.name,
        name="comparaison",
        total=comparison.totals,
        folded=False,
        scope=scope,
    )
