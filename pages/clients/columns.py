"""The columns of the tables on the clients' pages."""

from collections.abc import Callable

from data import codes
from data.words import Words
from pages.parts.lot_links import lot_row_address
from pages.parts.tables import Column


def clients(words: Words, address: Callable[[str], str]) -> tuple[Column, ...]:
    """Of hours_by_client."""
    return (
        Column(key="client_name", header=words.say("Maître d’ouvrage"), address=lambda row: address(row["client_id"])),
        Column(key="client_type", header=words.say("Type"), kind="label", codes=codes.ClientType),
        Column(
            key="hours_validated",
            header=words.say("Heures réalisées (h)"),
            kind="hours",
            digits=2,
            adds=True,
            drawn="bar",
        ),
        Column(key="share_ratio", header=words.say("Part (%)"), kind="percent", adds=True),
        Column(key="hours_pending", header=words.say("En attente (h)"), kind="hours", digits=2, adds=True),
        *_obligations(words),
        Column(key="contracts", header=words.say("Marchés"), kind="count"),
    )


def years(words: Words) -> tuple[Column, ...]:
    """Of hours_by_client_and_year with names, for a file."""
    return (
        Column(key="client_name", header=words.say("Maître d’ouvrage")),
        Column(key="year", header=words.say("Année"), kind="year"),
        Column(key="hours_validated", header=words.say("Heures réalisées (h)"), kind="hours", digits=2, adds=True),
    )


def clauses(words: Words) -> tuple[Column, ...]:
    """Of hours_by_clause."""
    return (
        Column(key="clause_category", header=words.say("Type de clause"), kind="label", codes=codes.ClauseCategory),
        Column(
            key="hours_validated",
            header=words.say("Heures réalisées (h)"),
            kind="hours",
            digits=2,
            adds=True,
            drawn="bar",
        ),
        Column(key="share_ratio", header=words.say("Part (%)"), kind="percent", adds=True),
        *_obligations(words),
    )


def _obligations(words: Words) -> tuple[Column, ...]:
    return (
        Column(key="hours_committed", header=words.say("Heures engagées (h)"), kind="hours", digits=2, adds=True),
        Column(key="completion_closed_ratio", header=words.say("Réalisation, lots soldés (%)"), kind="percent"),
        Column(key="completion_running_ratio", header=words.say("Réalisation, lots en cours (%)"), kind="percent"),
        Column(key="lots", header=words.say("Lots"), kind="count", adds=True),
        Column(key="lots_excluded", header=words.say("Lots hors calcul"), kind="count", adds=True),
    )


def lots(words: Words) -> tuple[Column, ...]:
    """Of lots with what they are called and what their alert is called, on a client's page."""
    return (
        Column(key="subject", header=words.say("Objet"), address=lot_row_address),
        Column(key="lot", header=words.say("Lot")),
        Column(key="alert_text", header=words.say("Alerte")),
        Column(key="clause_category", header=words.say("Type de clause"), kind="label", codes=codes.ClauseCategory),
        Column(key="status", header=words.say("État"), kind="label", codes=codes.LotStatus),
        Column(key="ends_on", header=words.say("Fin prévue"), kind="date"),
        Column(key="hours_committed", header=words.say("Heures engagées (h)"), kind="hours", digits=2, adds=True),
        Column(
            key="hours_to_date", header=words.say("Heures réalisées à ce jour (h)"), kind="hours", digits=2, adds=True
        ),
        Column(key="completion_ratio", header=words.say("Réalisation (%)"), kind="percent"),
        Column(key="last_month", header=words.say("Dernier mois déclaré"), kind="month"),
    )
