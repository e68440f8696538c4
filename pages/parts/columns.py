"""The columns of the tables that several pages show."""

from data import codes
from data.words import Words
from pages.parts.milestone_block import SYMBOLS, MilestoneStatus
from pages.parts.tables import Column


def months(words: Words) -> tuple[Column, ...]:
    """Of hours_by_month."""
    return (
        Column(key="month", header=words.say("Mois travaillé"), kind="month"),
        Column(key="hours_validated", header=words.say("Heures réalisées (h)"), kind="hours", digits=2, adds=True),
        Column(key="hours_pending", header=words.say("En attente (h)"), kind="hours", digits=2, adds=True),
        Column(key="cumulative_hours", header=words.say("Cumul réalisé (h)"), kind="hours", digits=2, drawn="line"),
        Column(key="cumulative_committed_hours", header=words.say("Cumul engagé (h)"), kind="hours", digits=2),
        Column(key="provisional", header=words.say("Provisoire"), kind="yes"),
    )


def years(words: Words, *, objectives: bool, statuses: bool = False) -> tuple[Column, ...]:
    """Of hours_by_year; the columns of objectives only when the settings have some, their status when the rows have it."""
    found: tuple[Column, ...] = (
        Column(key="year", header=words.say("Année"), kind="year"),
        Column(
            key="hours_validated",
            header=words.say("Heures réalisées (h)"),
            kind="hours",
            digits=2,
            adds=True,
            drawn="column",
        ),
        Column(
            key="hours_pending", header=words.say("En attente (h)"), kind="hours", digits=2, adds=True, drawn="column"
        ),
        Column(key="change_ratio", header=words.say("Évolution sur un an (%)"), kind="change"),
        Column(key="same_months_change_ratio", header=words.say("Évolution à mois comparables (%)"), kind="change"),
    )
    if objectives:
        found += (
            Column(key="objective_hours", header=words.say("Objectif (h)"), kind="hours"),
            Column(key="objective_ratio", header=words.say("Part de l’objectif (%)"), kind="percent"),
        )
    if objectives and statuses:
        found += (
            Column(
                key="objective_status",
                header=words.say("État de l’objectif"),
                kind="status",
                codes=MilestoneStatus,
                symbols=SYMBOLS,
            ),
        )
    return found


def anomalies(words: Words) -> tuple[Column, ...]:
    """Of anomalies."""
    return (
        Column(key="kind", header=words.say("Anomalie"), kind="label", codes=codes.AnomalyKind),
        Column(key="rows", header=words.say("Lignes ou lots"), kind="count"),
        Column(key="hours", header=words.say("Heures (h)"), kind="hours", digits=2),
        Column(key="in_totals", header=words.say("Comprises dans les totaux"), kind="yes"),
    )


def anomaly_lines(words: Words) -> tuple[Column, ...]:
    """Of anomaly_lines."""
    return (
        Column(key="kind", header=words.say("Anomalie"), kind="label", codes=codes.AnomalyKind),
        Column(key="source_file", header=words.say("Fichier")),
        Column(key="source_row", header=words.say("Ligne")),
        Column(key="contract_id", header=words.say("Marché")),
        Column(key="lot_id", header=words.say("Lot")),
        Column(key="client_name", header=words.say("Maître d’ouvrage")),
        Column(key="month", header=words.say("Mois travaillé"), kind="month"),
        Column(key="hours", header=words.say("Heures (h)"), kind="hours", digits=2),
        Column(key="in_totals", header=words.say("Comprises dans les totaux"), kind="yes"),
        Column(key="detail", header=words.say("Détail")),
    )


def freshness(words: Words) -> tuple[Column, ...]:
    """Of clients_freshness."""
    return (
        Column(key="client_name", header=words.say("Maître d’ouvrage")),
        Column(key="last_month", header=words.say("Dernier mois déclaré"), kind="month"),
        Column(key="months_late", header=words.say("Écart à la date des données (mois)"), kind="count"),
        Column(key="hours_pending", header=words.say("En attente (h)"), kind="hours", digits=2, adds=True),
        Column(key="is_active", header=words.say("Lot en cours"), kind="yes"),
    )


def clause_years(words: Words) -> tuple[Column, ...]:
    """Of hours_by_clause_and_year."""
    return (
        Column(key="year", header=words.say("Année"), kind="year"),
        Column(key="clause_category", header=words.say("Type de clause"), kind="label", codes=codes.ClauseCategory),
        Column(key="hours_validated", header=words.say("Heures réalisées (h)"), kind="hours", digits=2, adds=True),
        Column(key="year_share_ratio", header=words.say("Part de l’année (%)"), kind="percent"),
    )


def sources(words: Words) -> tuple[Column, ...]:
    """Of the files of a release."""
    return (
        Column(key="file", header=words.say("Fichier")),
        Column(key="table", header=words.say("Contenu")),
        Column(key="rows", header=words.say("Lignes"), kind="count"),
        Column(key="sha256", header=words.say("Empreinte SHA-256")),
    )
