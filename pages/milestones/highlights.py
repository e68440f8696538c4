"""*Depuis la dernière publication*: three sentences at most, for an elected official, each with the page that says more."""

from typing import Final

import streamlit as st

from data.codes import AlertEvent
from data.words import Words
from pages.parts.alert_sentences import Alert, alert_of
from pages.parts.blocks import page_address
from pages.parts.markup import html
from pages.parts.read import reading
from queries import answers
from queries.answers import AlertsSinceRow, HighlightsSinceRow
from queries.link import to_query

_MOST: Final = 3


def show_highlights() -> None:
    """The first kinds of events since the release before, in the order of their weight; nothing when there is none.

    Only without filters, where every reader asks for the same: two releases are compared once, and kept.
    """
    current = reading()
    words, access = current.words, current.access
    usual = current.settings.counting.include_uncounted
    if not access.is_whole(current.scope) or to_query(current.scope, uncounted_by_default=usual):
        return
    rows = answers.highlights_since(access, current.scope)[:_MOST]
    if not rows:
        return
    st.header(words.say("Depuis la dernière publication"), anchor=False)
    alerts = [highlight(row, words) for row in rows]
    linked = [(alert, alert.address("", current.address)) for alert in alerts]
    st.html(
        html(
            "milestones/highlights.html",
            alerts=linked,
            all=page_address("changements"),
            more=words.say("Tout ce qui a changé"),
        )
    )


def highlight(row: HighlightsSinceRow, words: Words) -> Alert:
    """One kind of event in a sentence: what happened where it happened once, else how many times."""
    if row["events"] == 1:
        return alert_of(_only(row), reading().settings, words)
    kind, hours = AlertEvent.of(row["alert_event"]), words.hours(row["hours"])
    n = row["events"]
    text = {
        AlertEvent.MILESTONE_REACHED: lambda: words.say("{n} jalons ont été atteints.", n=n),
        AlertEvent.MILESTONE_DATED: lambda: words.say("{n} jalons ont désormais une date estimée.", n=n),
        AlertEvent.OBJECTIVE_OUT_OF_REACH: lambda: words.say(
            "{n} objectifs ne seraient pas atteints au rythme actuel.", n=n
        ),
        AlertEvent.CLIENT_LATE: lambda: words.say(
            "{n} maîtres d’ouvrage sont désormais en retard de déclaration.", n=n
        ),
        AlertEvent.LOT_ENDING: lambda: words.say(
            "{n} lots arrivent en fin d’exécution\u00a0: il manque {hours} en tout.", n=n, hours=hours
        ),
        AlertEvent.LOT_NOT_STARTED: lambda: words.say(
            "{n} lots auraient dû démarrer entre-temps\u00a0: ils ont {hours} de moins que le rythme attendu.",
            n=n,
            hours=hours,
        ),
        AlertEvent.LOT_BEHIND: lambda: words.say(
            "{n} lots ont pris du retard\u00a0: ils ont {hours} de moins que le rythme attendu.", n=n, hours=hours
        ),
        AlertEvent.LOT_ENDED_SHORT: lambda: words.say(
            "{n} lots se sont terminés sans toutes leurs heures\u00a0: il manque {hours} en tout.", n=n, hours=hours
        ),
    }[kind]()
    return Alert(kind=words.say(kind.label), text=text, path="changements", query={})


def _only(row: HighlightsSinceRow) -> AlertsSinceRow:
    """The one event of its kind, as alerts_since has it."""
    return {
        "alert_event": row["alert_event"],
        "milestone": row["milestone"],
        "contract_id": row["contract_id"],
        "lot_id": row["lot_id"],
        "contract_ref": None,
        "subject": row["subject"],
        "client_id": row["client_id"],
        "client_name": row["client_name"],
        "ends_on": row["ends_on"],
        "month": row["month"],
        "hours": row["hours"],
        "data_as_of": row["data_as_of"],
    }
