"""Où en est-on ? The cumulative curve toward the milestones, then hours per year."""

import datetime as dt

from data.codes import CommentScope
from pages.milestones.highlights import show_highlights
from pages.milestones.next_milestone import show_next_milestone
from pages.parts import charts, columns
from pages.parts.blocks import show_chart, show_figures, show_question
from pages.parts.changes import with_true_changes, year_to_date
from pages.parts.comments import show_comments
from pages.parts.empty import stop_if_empty
from pages.parts.first_figures import first_figures
from pages.parts.milestone_question import which_milestone
from pages.parts.notes import curve_notes, has_objectives, negative_months_note, policy_dates_within, year_notes
from pages.parts.other_totals import show_other_totals
from pages.parts.read import reading
from pages.parts.sentences import lasting, milestone_names, pace, where_filters_stand, where_we_stand
from pages.parts.tables import show_table
from pages.parts.yearly_chart import yearly
from pages.reports.buttons import show_sheet_button
from queries import answers
from queries.together import together

current = reading()
words, access, scope, settings = current.words, current.access, current.scope, current.settings
whole = access.is_whole(scope)
headline, months, years = together(access, scope, answers.headline, answers.hours_by_month, answers.hours_by_year)
milestones = lasting(answers.milestone_progress(access, scope), settings) if whole else []
question = which_milestone(milestones, settings, words)
stop_if_empty(question, headline)
history = answers.hours_by_month(access, scope.without_years())

answer = (
    where_we_stand(milestones, settings, words)
    if milestones
    else where_filters_stand(headline, months, words, whole=whole)
)
show_question(question, answer)
show_figures(first_figures(headline, milestones, years, months, access, scope, words))
opening = access.opening_balances(scope)
first = opening and settings.authority.since
policy_dates = policy_dates_within(settings, dt.date(first, 1, 1) if first else history[0]["month"]) if whole else ()
curve = charts.cumulative(
    history,
    milestones,
    milestone_names(settings, words),
    words,
    opening=opening,
    since=settings.authority.since,
    policy_dates=policy_dates,
    within=scope.days,
    summary=pace(milestones, words, whole=whole),
)
notes = curve_notes(opening, words, policy_dates=policy_dates, scope=scope)
show_chart(curve, "cumul", notes=[*notes, *negative_months_note(months, words)])
show_table(months[::-1], columns.months(), caption=curve.name, name="heures_par_mois")
show_sheet_button()
show_highlights()
show_next_milestone(milestones, headline, curve.summary)
if not scope.has_months:  # a year of some months is not compared with another
    bars = yearly(years, words, summary=year_to_date(years, months, words))
    show_chart(bars, "annees", heading=words.say("Et d’une année à l’autre\u202f?"), notes=year_notes(years, words))
    show_table(
        with_true_changes(years)[::-1],
        columns.years(objectives=has_objectives(years)),
        caption=bars.name,
        name="heures_par_an",
    )
if whole:
    show_comments(CommentScope.ALL, [""])
show_other_totals()
