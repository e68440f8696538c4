"""One client's page, at the same address as all of them: `clients?client=ID`."""

import streamlit as st

from data.codes import CommentScope, LotStatus
from pages.clients import columns as columns_clients
from pages.clients.late_lots import client_late_lots_text, show_client_late_lots_link
from pages.clients.sentences import type_label
from pages.parts import charts
from pages.parts.blocks import page_address, show_chart, show_figures, show_notes, show_paragraph, show_question
from pages.parts.changes import year_to_date
from pages.parts.client_sentences import client_figures, client_text, curve_text
from pages.parts.comments import show_comments
from pages.parts.completion import totals_row
from pages.parts.lot_alerts import alert_text, lot_name
from pages.parts.markup import html
from pages.parts.milestone_block import is_measured_whole, show_milestones
from pages.parts.notes import curve_notes, year_notes
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.parts.reserved import reserved_subtotal
from pages.parts.sentences import milestone_names
from pages.parts.tables import show_table
from pages.parts.yearly_chart import yearly
from pages.reports.buttons import show_sheet_button
from queries import answers
from queries.answers import HoursByClientRow
from queries.scope import Scope

KEY = "client"


def client_address(client_id: str) -> str:
    """The address of a client's page, with the reader's filters."""
    return page_address("clients", **{KEY: client_id})


def show_client(client_id: str) -> None:
    """All that concerns one client within the reader's filters; a calm word when there is nothing of that code."""
    current = reading()
    words, access = current.words, current.access
    scope = current.scope.narrowed(clients=(client_id,))
    client = next((c for c in answers.hours_by_client(access, current.scope) if c["client_id"] == client_id), None)
    if client is None:
        _show_nothing(client_id)
        return
    (freshness,) = answers.clients_freshness(access, scope)
    show_question(
        words.say("{client}\u00a0: où en est-on\u202f?", client=as_text(client["client_name"])),
        client_text(client, freshness, words),
    )
    _show_way_back(type_label(client["client_type"], words))
    show_figures(client_figures(client, freshness, words))
    _show_hours(client, scope)
    show_sheet_button(scope)
    _show_clauses(scope, client)
    _show_lots(scope, client_id)
    show_comments(CommentScope.CLIENT, [client_id])


def _show_nothing(client_id: str) -> None:
    words = reading().words
    show_question(
        words.say("Qui porte les heures\u202f?"),
        words.say(
            "Aucun maître d’ouvrage de code «\u00a0{code}\u00a0» dans ces données, ou les filtres l’écartent.",
            code=client_id,
        ),
    )
    _show_way_back("")


def _show_way_back(about: str) -> None:
    back = reading().words.say("Tous les maîtres d’ouvrage")
    st.html(html("clients/way_back.html", about=about, address=page_address("clients"), back=back))


def _show_hours(client: HoursByClientRow, scope: Scope) -> None:
    """The curve toward the client's own milestones, their sentences, and the years."""
    current = reading()
    words, settings, access = current.words, current.settings, current.access
    own = [entry for entry in answers.milestone_progress(access, scope) if entry["client"] == client["client_id"]]
    toward = [
        entry
        for entry in own
        if entry["measure"] == "validated"
        and not (entry["year"] or entry["clause_category"])
        and is_measured_whole(entry, scope)
    ]
    months = answers.hours_by_month(access, scope)
    history = answers.hours_by_month(access, scope.without_years())
    if not months or not (months[-1]["cumulative_hours"] or months[-1]["cumulative_committed_hours"]):
        # Nothing promised in hours, nothing done: an empty chart would say nothing.
        show_milestones(own, scope=scope)
        return
    opening = access.opening_balances(scope)
    curve = charts.cumulative(
        history,
        toward,
        milestone_names(settings, words),
        words,
        opening=opening,
        since=settings.authority.since,
        within=scope.days,
        summary=curve_text(months, client, words),
    )
    notes = curve_notes(opening, words, scope=scope)
    show_chart(curve, "client_cumul", heading=words.say("Combien d’heures depuis l’origine\u202f?"), notes=notes)
    show_milestones(own, scope=scope, behind=True)
    if scope.has_months:
        return  # a year of some months is not compared with another
    years = answers.hours_by_year(access, scope)
    if not any(year["hours_validated"] or year["hours_pending"] for year in years):
        return
    bars = yearly(years, words, summary=year_to_date(years, months, words))
    heading = words.say("Et d’une année à l’autre\u202f?")
    show_chart(bars, "client_annees", heading=heading, notes=year_notes(years, words))


def _show_clauses(scope: Scope, client: HoursByClientRow) -> None:
    words = reading().words
    st.header(words.say("Avec quels types de clause\u202f?"), anchor=False)
    show_table(
        answers.hours_by_clause(reading().access, scope),
        columns_clients.clauses(),
        caption=words.say("Heures par type de clause"),
        name="types_de_clause_du_client",
        total=totals_row(client),
        folded=False,
    )
    show_notes(reserved_subtotal(answers.hours_reserved(reading().access, scope), words))


def _show_lots(scope: Scope, client_id: str) -> None:
    """Which lots call for a word, with the way to them; then all of them."""
    words = reading().words
    (late,) = answers.late_lots_by_client(reading().access, scope)
    # Those that a call can still change first; then as the question orders them.
    lots = sorted(answers.lots(reading().access, scope), key=lambda lot: bool(lot["status"] != LotStatus.RUNNING))
    named = [{**lot, "lot": lot_name(lot, words), "alert_text": alert_text(lot, words)} for lot in lots]
    st.header(words.say("Dans quels lots\u202f?"), anchor=False)
    show_paragraph("cap-summary", client_late_lots_text(late, words))
    show_table(
        named,
        columns_clients.lots(),
        caption=words.say("Lots en cours d’abord, du plus en retard au plus en avance sur le rythme attendu"),
        name="lots_du_client",
        folded=False,
    )
    if late["to_call_lots"]:
        show_client_late_lots_link(client_id)
