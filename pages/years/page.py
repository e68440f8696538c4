"""Année par année. Every year, its change, its objective; then each clause category on one scale."""

import streamlit as st

from data.codes import CommentScope
from pages.parts import columns
from pages.parts.blocks import show_chart, show_notes, show_question
from pages.parts.changes import year_to_date
from pages.parts.clause_years import show_clause_years
from pages.parts.comments import show_comments
from pages.parts.empty import stop_if_empty
from pages.parts.milestone_block import objectives_judged, with_objective_status
from pages.parts.notes import has_objectives, year_notes
from pages.parts.other_totals import show_other_totals
from pages.parts.read import reading
from pages.parts.reserved import reserved_subtotal
from pages.parts.sentences import best_years
from pages.parts.tables import show_table
from pages.parts.yearly_chart import yearly
from pages.reports.buttons import show_report_buttons
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Combien d’heures chaque année\u202f?")
stop_if_empty(question, answers.totals(access, scope))
months = answers.hours_by_month(access, scope)
milestones = answers.milestone_progress(access, scope)
years = with_objective_status(answers.hours_by_year(access, scope), milestones)

show_question(question, best_years(years, words))
bars = yearly(years, words, summary=year_to_date(years, months, words))
show_chart(
    bars,
    "annees",
    notes=[
        bars.summary,
        *year_notes(years, words),
        *objectives_judged(years, milestones, words),
    ],
)
show_table(
    years[::-1],
    columns.years(objectives=has_objectives(years), statuses=True),
    caption=bars.name,
    name="heures_par_an",
    folded=False,
)

show_report_buttons()

st.header(words.say("De quels types de clause viennent ces heures\u202f?"), anchor=False)
show_clause_years(answers.hours_by_clause_and_year(access, scope), answers.hours_by_clause(access, scope))
show_notes(reserved_subtotal(answers.hours_reserved(access, scope), words))
show_comments(CommentScope.YEAR, [str(row["year"]) for row in years])
show_other_totals()
