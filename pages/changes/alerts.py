"""*Depuis la dernière publication*: what calls for attention, with the feed and the calendar that follow it."""

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from pages.parts.alert_sentences import alert_of
from pages.parts.blocks import show_notes
from pages.parts.markup import html
from pages.parts.read import reading
from pages.parts.tables import Column, of_question, show_download
from queries import answers
from queries.link import to_query

_AT_MOST: Final = 100


def show_alerts(since: str, *, is_last: bool) -> None:
    """The events between the two releases, each with a link to its page; `is_last`: whether they are the last two."""
    current = reading()
    words, access = current.words, current.access
    rows = answers.alerts_since(access, current.scope, since)
    heading = (
        words.say("Depuis la dernière publication") if is_last else words.say("Alertes entre ces deux publications")
    )
    st.header(heading, anchor=False)
    alerts = [alert_of(row, current.settings, words) for row in rows]
    linked = [(alert, alert.address("", current.address)) for alert in alerts[:_AT_MOST]]
    st.html(html("changes/alerts.html", alerts=linked))
    if len(rows) > _AT_MOST:
        show_notes(
            [
                words.say(
                    "Les {n} premières alertes sur {all}\u202f; le fichier les contient toutes.",
                    n=_AT_MOST,
                    all=len(rows),
                )
            ]
        )
    columns = of_question(
        "alerts_since",
        Column(key="alert_event"),
        Column(key="milestone"),
        Column(key="client_name"),
        Column(key="contract_id"),
        Column(key="lot_id"),
        Column(key="subject"),
        Column(key="ends_on"),
        Column(key="month"),
        Column(key="hours"),
    )
    show_download(rows, columns, name="alertes", caption=words.say("Alertes"))
    if is_last:
        query = to_query(current.scope, uncounted_by_default=current.settings.counting.include_uncounted)
        st.html(
            html(
                "changes/follow.html",
                text=words.say("Pour suivre la suite\u00a0:"),
                query=f"?{urlencode(query, safe=',')}" if query else "",
                feed=words.say("flux Atom des alertes"),
                sep=f" {words.say('et')} ",
                calendar=words.say("calendrier des fins de lots"),
                token=words.say("Un programme ajoute son jeton à l’adresse (jeton=…)."),
            )
        )
