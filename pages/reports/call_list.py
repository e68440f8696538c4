"""The call list on paper: contractor, lot, client, reason, end date, missing hours and the note on the last call."""

from collections.abc import Iterable, Mapping
from typing import Any

from data.words import Words
from pages.parts.lot_alerts import alert_text, lot_name, reason_text
from pages.parts.tables import Column, of_question
from queries.answers import LotsRow


def called_rows(lots: Iterable[LotsRow], words: Words, calls: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """Rows of lots with their name, their alert and its reason in words. `calls`: what was noted of the last call, by `contract/lot`."""
    return [
        {
            **lot,
            "lot": lot_name(lot, words),
            "alert_text": alert_text(lot, words),
            "why": reason_text(lot, words),
            "call": (calls or {}).get(f"{lot['contract_id']}/{lot['lot_id']}", ""),
        }
        for lot in lots
    ]


def called_columns(words: Words, *, by_phone: bool = False) -> tuple[Column, ...]:
    """The columns of the list. `by_phone`: for a morning's calls: the contractor and the note on the last call replace the alert's name."""
    whom = (Column(key="contractor_name"),) if by_phone else ()
    alert = () if by_phone else (Column(key="alert_text", of="alert"),)
    last_call = (Column(key="call", label=words.say("Dernier appel noté")),) if by_phone else ()
    return of_question(
        "lots",
        *whom,
        Column(key="subject"),
        Column(key="lot", of="lot_id"),
        Column(key="client_name"),
        *alert,
        Column(key="why", label=words.say("Pourquoi")),
        Column(key="ends_on"),
        Column(key="missing_hours"),
        *last_call,
    )
