"""The lots that call for a word, client by client: how many, why, how many hours they miss, and the way to them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from data.words import Words
from pages.parts.blocks import show_paragraph
from pages.parts.lot_alerts import CALLS, TO_CALL, alert_count, some_hours
from pages.parts.lot_links import lots_address, show_lots_link
from pages.parts.read import reading
from queries.answers import LateLotsByClientRow, LotAlertsRow
from queries.link import KEYS, codes_text


def late_lots_address(client_id: str) -> str:
    """The list of the lots to call of one client, with the reader's other filters."""
    return lots_address(TO_CALL, **_of_client(client_id))


def _of_client(client_id: str) -> dict[str, str]:
    return {KEYS["clients"]: codes_text((client_id,))}


def show_late_lots(alerts: Mapping[str, LotAlertsRow], late: Sequence[LateLotsByClientRow]) -> None:
    """How many lots call for a word, of how many clients, and for which hours. `alerts`: rows of lot_alerts by alert."""
    words = reading().words
    st.header(words.say("Quels lots appellent une relance\u202f?"), anchor=False)
    show_paragraph("cap-summary", late_lots_text(alerts, late, words))
    if alerts[TO_CALL]["lots"]:
        show_lots_link(words.say("Voir les lots à relancer"), TO_CALL)


def late_lots_text(alerts: Mapping[str, LotAlertsRow], late: Sequence[LateLotsByClientRow], words: Words) -> str:
    """The sentence over all clients: how many lots to call and of how many clients, then each reason with its hours."""
    lots = alerts[TO_CALL]["lots"]
    if not lots:
        return words.say("Aucun lot n’appelle de relance.")
    reasons = [
        _with_hours(alert_count(alert, alerts[alert]["lots"], words), alerts[alert]["missing_hours"], words)
        for alert in CALLS
        if alerts[alert]["lots"]
    ]
    clients = words.say_count(
        "{n} maître d’ouvrage", "{n} maîtres d’ouvrage", len([row for row in late if row["to_call_lots"]])
    )
    return words.say_count(
        "À la fin du dernier mois complet, {n} lot en cours, chez {clients}, appelait une relance\u00a0: {reasons}.",
        "À la fin du dernier mois complet, {n} lots en cours, chez {clients}, appelaient une relance\u00a0: {reasons}.",
        lots,
        clients=clients,
        reasons=words.listed(reasons),
    )


def show_client_late_lots_link(client_id: str) -> None:
    """The way to the lots to call of one client."""
    show_lots_link(reading().words.say("Voir les lots à relancer"), TO_CALL, **_of_client(client_id))


def client_late_lots_text(late: LateLotsByClientRow, words: Words) -> str:
    """The sentence of one client: how many of its lots call for a word, each reason with its hours."""
    if not late["to_call_lots"]:
        return words.say("Aucun lot n’appelle de relance.")
    of_alert = {
        "ending": (late["ending_lots"], late["ending_missing_hours"]),
        "not_started": (late["not_started_lots"], late["not_started_missing_hours"]),
        "behind": (late["behind_lots"], late["behind_missing_hours"]),
    }
    reasons = [
        _with_hours(alert_count(alert, lots, words), hours, words) for alert, (lots, hours) in of_alert.items() if lots
    ]
    return words.say_count(
        "À la fin du dernier mois complet, {n} lot en cours appelait une relance\u00a0: {reasons}.",
        "À la fin du dernier mois complet, {n} lots en cours appelaient une relance\u00a0: {reasons}.",
        late["to_call_lots"],
        reasons=words.listed(reasons),
    )


def _with_hours(reason: str, hours: Decimal, words: Words) -> str:
    """The reason with the hours that are missing; without, where a lot has no dates and nothing is expected of it."""
    if not hours:
        return reason
    return words.say("{reason} (il manquait {hours})", reason=reason, hours=some_hours(hours, words))
