"""Où en est-on ? The cumulative curve toward the milestones, then hours per year."""

import datetime as dt

from pages.milestones.next_milestone import show_next_milestone
from pages.parts import charts, columns
from pages.parts.blocks import show_chart, show_figures, show_question
from pages.parts.changes import year_to_date
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

current = reading()
words, access, scope, settings = current.words, current.access, current.scope, current.settings
whole = access.is_whole(scope)
headline = answers.headline(access, scope)
milestones = lasting(answers.milestone_progress(access, scope), settings) if whole else []
question = which_milestone(milestones, settings, words)
stop_if_empty(question, headline)
months = answers.hours_by_month(access, scope)
history = answers.hours_by_month(access, scope.without_years())
years = answers.hours_by_year(access, scope)

answer = where_we_stand(milestones, settings, words) if milestones else where_filters_stand(headline, months, words)
show_question(question, answer)
show_figures(first_figures(headline, milestones, years, months, access, scope, words))
first = settings.opening_balance and settings.authority.since
policy_dates = policy_dates_within(settings, dt.date(first, 1, 1) if first else history[0]["month"]) if whole else ()
curve = charts.cumulative(
    history,
    milestones,
    milestone_names(settings, words),
    words,
    opening=settings.opening_balance if whole else (),
    since=settings.authority.since,
    policy_dates=policy_dates,
    within=(scope.first_year, scope.last_year),
    summary=pace(milestones, words),
)
notes = curve_notes(settings, words, whole=whole, policy_dates=policy_dates, scope=scope)
show_chart(curve, "cumul", notes=[*notes, *negative_months_note(months, words)])
show_table(months[::-1], columns.months(), caption=curve.name, name="heures_par_mois")
show_sheet_button()
show_next_milestone(milestones, headline, curve.summary)
bars = yearly(years, words, summary=year_to_date(years, months, words))
show_chart(bars, "annees", heading=words.say("Et d’une année à l’autre\u202f?"), notes=year_notes(years, words))
show_table(years[::-1], columns.years(objectives=has_objectives(years)), caption=bars.name, name="heures_par_an")
show_other_totals()
