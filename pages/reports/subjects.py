"""What a sheet is about: its question, the sentence that answers it, four figures, a chart, the five lines that matter."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from data.codes import LotStatus
from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.changes import year_to_date
from pages.parts.charts import Chart, cumulative
from pages.parts.clause_sentences import by_size, clause_text
from pages.parts.client_sentences import client_figures, client_text, curve_text
from pages.parts.commune_sentences import commune_text, places_in_scope
from pages.parts.first_figures import first_figures
from pages.parts.headline_figures import headline_figures
from pages.parts.lot_alerts import CALLS, alert_text, lot_name
from pages.parts.milestone_block import is_measured_whole
from pages.parts.milestone_question import which_milestone
from pages.parts.notes import curve_notes, policy_dates_within, year_notes
from pages.parts.sentences import lasting, milestone_names, pace, where_filters_stand, where_we_stand
from pages.parts.tables import Column, of_question
from pages.parts.yearly_chart import yearly
from pages.reports.document import Table, table_of
from queries import answers
from queries.answers import HoursByClientRow, MilestoneProgressRow
from queries.rights.access import Access
from queries.scope import Scope

LINES: Final = 5  # of the table of a sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a sheet shows. `path`, `query`, `scope`: of its page."""

    title: str
    sentence: str
    figures: tuple[Figure, ...]
    chart: Chart | None
    table: Table | None
    notes: tuple[str, ...]
    path: str
    scope: Scope
    query: dict[str, str] = field(default_factory=dict)


def whole_subject(access: Access, scope: Scope, words: Words) -> Subject | None:
    """The first page: where we stand. None where the filters leave nothing."""
    settings, whole = access.settings, access.is_whole(scope)
    headline = answers.headline(access, scope)
    months, years = answers.hours_by_month(access, scope), answers.hours_by_year(access, scope)
    if not headline["lots"] or not months:
        return None
    milestones = lasting(answers.milestone_progress(access, scope), settings) if whole else []
    opening = access.opening_balances(scope)
    first = opening and settings.authority.since
    history = answers.hours_by_month(access, scope.without_years())
    policy = policy_dates_within(settings, dt.date(first, 1, 1) if first else history[0]["month"]) if whole else ()
    summary = pace(milestones, words, whole=whole)
    curve = cumulative(
        history, milestones, milestone_names(settings, words), words, opening=opening,
        since=settings.authority.since, policy_dates=policy, within=scope.days, summary=summary,
    )  # fmt: skip
    answer = (
        where_we_stand(milestones, settings, words)
        if milestones
        else where_filters_stand(headline, months, words, whole=whole)
    )
    return Subject(
        title=which_milestone(milestones, settings, words),
        sentence=answer,
        figures=tuple(first_figures(headline, milestones, years, months, access, scope, words)),
        chart=curve,
        table=_clients(answers.hours_by_client(access, scope), words),
        notes=(summary, *curve_notes(opening, words, policy_dates=policy, scope=scope)),
        path="",
        scope=scope,
    )


def client_subject(access: Access, others: Scope, scope: Scope, client_id: str, words: Words) -> Subject | None:
    """A client. `others`: the filters without it, over which its share is taken. None where there is nothing of it."""
    client = next((row for row in answers.hours_by_client(access, others) if row["client_id"] == client_id), None)
    if client is None:
        return None
    (freshness,) = answers.clients_freshness(access, scope)
    months = answers.hours_by_month(access, scope)
    settings, opening = access.settings, access.opening_balances(scope)
    chart = None
    if months and (months[-1]["cumulative_hours"] or months[-1]["cumulative_committed_hours"]):
        chart = cumulative(
            answers.hours_by_month(access, scope.without_years()), _own_milestones(access, scope, client_id),
            milestone_names(settings, words), words, opening=opening, since=settings.authority.since,
            within=scope.days, summary=curve_text(months, client, words),
        )  # fmt: skip
    notes = [chart.summary, *curve_notes(opening, words, scope=scope)] if chart is not None else []
    return Subject(
        title=words.say("{client}\u00a0: où en est-on\u202f?", client=client["client_name"]),
        sentence=client_text(client, freshness, words),
        figures=tuple(client_figures(client, freshness, words)),
        chart=chart,
        table=_lots(access, scope, words),
        notes=tuple(notes),
        path="clients",
        scope=others,
        query={"client": client_id},
    )


def _own_milestones(access: Access, scope: Scope, client_id: str) -> list[MilestoneProgressRow]:
    """The milestones that the client's curve climbs toward."""
    return [
        row
        for row in answers.milestone_progress(access, scope)
        if row["client"] == client_id
        and row["measure"] == "validated"
        and not (row["year"] or row["clause_category"])
        and is_measured_whole(row, scope)
    ]


def commune_subject(access: Access, others: Scope, scope: Scope, _code: str, words: Words) -> Subject | None:
    """A commune of execution, of the authority or not; also one without any hour. None for a code that the data do not have."""
    members = [row for row in answers.commune_map(access, others) if row["place"] == "member"]
    elsewhere = [row for row in answers.hours_by_commune(access, others) if not row["is_member"]]
    places = places_in_scope(scope, members, elsewhere, words)
    if not places:
        return None
    return Subject(
        title=words.say("{commune}\u00a0: quelles heures d’insertion\u202f?", commune=places[0]["name"]),
        sentence=commune_text(places[0], words),
        **_of_headline(access, scope, words),
        path="communes",
        scope=scope,
    )


def clause_subject(access: Access, others: Scope, scope: Scope, code: str, words: Words) -> Subject | None:
    """A clause category. None where no lot has it."""
    clauses = by_size(answers.hours_by_clause(access, others), words)
    clause = next((row for row in clauses if row["clause_category"] == code), None)
    if clause is None:
        return None
    return Subject(
        title=words.say("{clause}\u00a0: où en est-on\u202f?", clause=clause["name"]),
        sentence=clause_text(clause, answers.totals(access, others), words),
        **_of_headline(access, scope, words),
        path="clauses",
        scope=scope,
    )


def _of_headline(access: Access, scope: Scope, words: Words) -> dict[str, Any]:
    """Figures, years, clients: what the sheets of a commune and of a category have in common."""
    years, months = answers.hours_by_year(access, scope), answers.hours_by_month(access, scope)
    chart = None
    # A year of some months is not put beside another.
    if not scope.has_months and any(year["hours_validated"] or year["hours_pending"] for year in years):
        chart = yearly(years, words, summary=year_to_date(years, months, words))
    return {
        "figures": tuple(headline_figures(answers.headline(access, scope), access, scope, words)),
        "chart": chart,
        "table": _clients(answers.hours_by_client(access, scope), words),
        "notes": (chart.summary, *year_notes(years, words)) if chart is not None else (),
    }


def _clients(clients: Sequence[HoursByClientRow], words: Words) -> Table:
    """The clients with most hours; none that has only a lot."""
    first = sorted(
        (row for row in clients if row["hours_validated"] > 0), key=lambda row: row["hours_validated"], reverse=True
    )[:LINES]
    columns = of_question(
        "hours_by_client",
        *(Column(key=key) for key in ("client_name", "hours_validated", "share_ratio", "hours_committed", "completion_ratio", "lots")),
    )  # fmt: skip
    caption = words.say_count(
        "Le maître d’ouvrage", "Les {n} maîtres d’ouvrage qui portent le plus d’heures", len(first)
    )
    return table_of(first, columns, words, caption)


def _lots(access: Access, scope: Scope, words: Words) -> Table:
    """The running lots that are furthest behind; those that need a call first."""
    running = [lot for lot in answers.lots(access, scope) if lot["status"] == LotStatus.RUNNING]
    first = sorted(running, key=lambda lot: lot["alert"] not in CALLS)[:LINES]
    named = [{**lot, "lot": lot_name(lot, words), "alert_text": alert_text(lot, words)} for lot in first]
    columns = of_question(
        "lots",
        Column(key="subject"), Column(key="lot", of="lot_id"), Column(key="alert_text", of="alert"),
        *(Column(key=key) for key in ("ends_on", "hours_committed", "hours_to_date", "completion_ratio")),
    )  # fmt: skip
    caption = words.say_count(
        "Le lot en cours", "Les {n} lots en cours à suivre d’abord, du plus en retard au plus en avance", len(first)
    )
    return table_of(named, columns, words, caption)
