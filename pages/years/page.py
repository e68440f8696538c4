"""Année par année. Every year, its change, its objective; then months, quarters or rolling twelve months."""

import streamlit as st

from data.codes import CommentScope
from pages.parts import columns
from pages.parts.blocks import show_chart, show_question
from pages.parts.changes import with_true_changes, year_to_date
from pages.parts.comments import show_comments
from pages.parts.empty import stop_if_empty
from pages.parts.milestone_block import objectives_judged, with_objective_status
from pages.parts.notes import has_objectives, year_notes
from pages.parts.other_totals import show_other_totals
from pages.parts.read import reading
from pages.parts.sentences import best_years
from pages.parts.tables import show_table
from pages.parts.yearly_chart import yearly
from pages.reports.buttons import show_page_sheet, show_report_buttons
from pages.years.periods import show_periods
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
    with_true_changes(years)[::-1],
    columns.years(objectives=has_objectives(years), statuses=True),
    caption=bars.name,
    name="heures_par_an",
)
with st.container(horizontal=True):
    show_page_sheet()
    show_report_buttons()
show_periods()
show_comments(CommentScope.YEAR, [str(row["year"]) for row in years])
show_other_totals()
