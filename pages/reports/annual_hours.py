"""The first parts of the yearly report: the year in a page, milestones and projection, clause categories."""

import datetime as dt
from typing import TYPE_CHECKING, Final

from data.codes import ClauseCategory
from pages.parts import columns
from pages.parts.changes import with_true_changes, year_to_date
from pages.parts.charts import cumulative
from pages.parts.charts_small import series_by_size, small_multiples
from pages.parts.clause_charts import clause_hours
from pages.parts.clause_sentences import by_size, which_carry
from pages.parts.completion import completion_note, completion_sentence, totals_row
from pages.parts.headline_figures import headline_figures
from pages.parts.milestone_block import objectives_judged, why, with_objective_status
from pages.parts.milestone_status import status_text
from pages.parts.notes import curve_notes, has_objectives, policy_dates_within, year_notes
from pages.parts.reserved import reserved_subtotal
from pages.parts.sentences import lasting, milestone_names, pace, where_we_stand
from pages.parts.tables import Column, of_question
from pages.parts.yearly_chart import yearly
from pages.reports.document import Block, Figures, Heading, NewPage, Picture, Sentences, Table, table_of
from queries import answers

if TYPE_CHECKING:
    from pages.reports.annual import ReportRequest

_SIDE_BY_SIDE: Final = 3


def year_in_a_page(request: "ReportRequest") -> list[Block]:
    """The hours of the year, four figures, all years up to it."""
    access, words = request.access, request.words
    years = answers.hours_by_year(access, request.until)
    months = answers.hours_by_month(access, request.until)
    judged = with_objective_status(years, answers.milestone_progress(access, request.until))
    bars = yearly(years, words, summary=year_to_date(years, months, words))
    return [
        Heading(text=words.say("{year} en une page", year=request.year)),
        Sentences(lines=(bars.summary,), kind="lead"),
        Figures(figures=tuple(headline_figures(answers.headline(access, request.scope), access, request.scope, words))),
        Picture(charts=(bars,), caption=bars.name),
        Sentences(lines=tuple(year_notes(years, words)), kind="notes"),
        table_of(
            with_true_changes(judged[-5:])[::-1],
            columns.years(objectives=has_objectives(years), statuses=True),
            words,
            words.say("Les dernières années"),
        ),
    ]


def milestones(request: "ReportRequest") -> list[Block]:
    """The curve toward the milestones at the date of the data, each milestone with what decides it."""
    access, words, settings = request.access, request.words, request.access.settings
    everything = request.scope.without_years()
    whole = access.is_whole(everything)
    progress = answers.milestone_progress(access, everything)
    ahead = lasting(progress, settings) if whole else []
    history = answers.hours_by_month(access, everything)
    since, opening = settings.authority.since, access.opening_balances(everything)
    policy = policy_dates_within(settings, dt.date(since, 1, 1) if since else history[0]["month"]) if whole else ()
    curve = cumulative(
        history, ahead, milestone_names(settings, words), words, opening=opening, since=since,
        policy_dates=policy, summary=pace(ahead, words, whole=whole),
    )  # fmt: skip
    answer = where_we_stand(ahead, settings, words) if ahead else ""
    judged = objectives_judged(answers.hours_by_year(access, everything), progress, words)
    notes = curve_notes(opening, words, policy_dates=policy, scope=everything)
    return [
        NewPage(),
        Heading(text=words.say("Jalons et projection")),
        Sentences(lines=tuple(filter(None, [answer, curve.summary])), kind="lead"),
        Picture(charts=(curve,), caption=curve.name),
        Sentences(lines=tuple(notes), kind="notes"),
        *([_milestones(request)] if whole and progress else []),
        Sentences(lines=tuple(judged)),
    ]


def _milestones(request: "ReportRequest") -> Table:
    words = request.words
    names = milestone_names(request.access.settings, words)
    rows = [
        {**row, "name": names[row["milestone"]], "state": status_text(row["status"], words), "why": why(row, words)}
        for row in answers.milestone_progress(request.access, request.scope.without_years())
    ]
    columns = of_question(
        "milestone_progress",
        Column(key="name", of="milestone", kind="text"),
        *(Column(key=key) for key in ("target_hours", "hours_to_date", "share_ratio")),
        Column(key="state", of="status", kind="text"),
        Column(key="why", label=words.say("Pourquoi")),
    )
    return table_of(rows, columns, words, words.say("Jalons et objectifs, à la date des données"))


def clauses(request: "ReportRequest") -> list[Block]:
    """Which categories carry the hours of the year, and what became of the obligations."""
    access, words = request.access, request.words
    totals = answers.totals(access, request.scope)
    rows = by_size(answers.hours_by_clause(access, request.scope), words)
    bars = clause_hours(rows, words, summary=which_carry(rows, totals, words))
    series = series_by_size(answers.hours_by_clause_and_year(access, request.until), rows)
    names = {str(code): words.say(code.label) for code in ClauseCategory}
    small = tuple(small_multiples(series, names, words, scale="own").values())
    columns = of_question(
        "hours_by_clause",
        Column(key="name", of="clause_category", kind="text"),
        *(
            Column(key=key, adds=True)
            for key in (
                "hours_validated",
                "share_ratio",
                "hours_pending",
                "hours_committed",
                "completion_ratio",
                "lots",
            )
        ),
    )
    return [
        Heading(text=words.say("Types de clause")),
        Sentences(lines=(bars.summary,), kind="lead"),
        table_of(rows, columns, words, words.say("Heures, lots et réalisation par type de clause"), totals_row(totals)),
        Sentences(lines=(completion_sentence(totals, words), *reserved_subtotal(answers.hours_reserved(access, request.scope), words))),
        Sentences(lines=(completion_note(words),), kind="notes"),
        Picture(charts=(bars,), caption=bars.name),
        Picture(charts=small, caption=words.say("D’une année à l’autre, chaque type sur sa propre échelle"), columns=_SIDE_BY_SIDE),
    ]  # fmt: skip
