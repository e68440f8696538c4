"""The columns of the tables that several pages show."""

from typing import Final

from data.words import Words
from pages.parts.milestone_status import SYMBOLS, MilestoneStatus
from pages.parts.tables import Column, of_question

# The rates of completion: all lots, closed ones and running ones; in files each with its two sides.
RATES: Final = (
    Column(key="completion_ratio", ratio_of=("rated_hours", "rated_committed")),
    Column(key="rated_closed_hours", adds=True, only_in_file=True),
    Column(key="rated_closed_committed", adds=True, only_in_file=True),
    Column(key="completion_closed_ratio", ratio_of=("rated_closed_hours", "rated_closed_committed")),
    Column(key="rated_running_hours", adds=True, only_in_file=True),
    Column(key="rated_running_committed", adds=True, only_in_file=True),
    Column(key="completion_running_ratio", ratio_of=("rated_running_hours", "rated_running_committed")),
)


def months() -> tuple[Column, ...]:
    """Of hours_by_month."""
    return of_question(
        "hours_by_month",
        Column(key="month"),
        Column(key="hours_validated", adds=True),
        Column(key="hours_pending", adds=True),
        Column(key="cumulative_hours", drawn="line"),
        Column(key="cumulative_committed_hours"),
        Column(key="provisional"),
    )


def years(*, objectives: bool, statuses: bool = False) -> tuple[Column, ...]:
    """Of hours_by_year; the columns of objectives only when the settings have some, their status when the rows have it."""
    columns: tuple[Column, ...] = (
        Column(key="year"),
        Column(key="hours_validated", adds=True, drawn="column"),
        Column(key="hours_pending", adds=True, drawn="column"),
        Column(key="change_ratio"),
        Column(key="compared_months"),
        Column(key="same_months_change_ratio"),
    )
    if objectives:
        columns += (Column(key="objective_hours"), Column(key="objective_ratio"))
    if objectives and statuses:
        columns += (Column(key="objective_status", codes=MilestoneStatus, symbols=SYMBOLS),)
    return of_question("hours_by_year", *columns)


def anomalies() -> tuple[Column, ...]:
    """Of anomalies."""
    return of_question(
        "anomalies", Column(key="kind"), Column(key="rows"), Column(key="hours"), Column(key="in_totals")
    )


def anomalies_by_client() -> tuple[Column, ...]:
    """Of anomalies_by_client."""
    return of_question(
        "anomalies_by_client",
        Column(key="kind"),
        Column(key="client_name"),
        Column(key="client_id", only_in_file=True),
        Column(key="rows"),
        Column(key="hours"),
        Column(key="in_totals", only_in_file=True),
    )


def anomaly_lines() -> tuple[Column, ...]:
    """Of anomaly_lines."""
    return of_question(
        "anomaly_lines",
        Column(key="kind"),
        Column(key="source_file"),
        Column(key="source_row"),
        Column(key="contract_id"),
        Column(key="lot_id"),
        Column(key="client_name"),
        Column(key="client_id"),
        Column(key="month"),
        Column(key="hours", digits=2),
        Column(key="in_totals"),
        Column(key="detail"),
    )


def freshness() -> tuple[Column, ...]:
    """Of clients_freshness."""
    return of_question(
        "clients_freshness",
        Column(key="client_name"),
        Column(key="client_id", only_in_file=True),
        Column(key="last_month"),
        Column(key="months_late"),
        Column(key="hours_pending", adds=True),
        Column(key="is_active"),
    )


def clause_years() -> tuple[Column, ...]:
    """Of hours_by_clause_and_year."""
    return of_question(
        "hours_by_clause_and_year",
        Column(key="year"),
        Column(key="clause_category"),
        Column(key="hours_validated", adds=True),
        Column(key="year_share_ratio"),
    )


def sources(words: Words, *, fingerprints: bool) -> tuple[Column, ...]:
    """Of the files of a release: no answer has them. A fingerprint confirms a guess of what a file holds: for who may see lines."""
    columns = (
        Column(key="file", label=words.say("Fichier")),
        Column(key="table", label=words.say("Contenu")),
        Column(key="rows", label=words.say("Lignes"), kind="count"),
    )
    return (*columns, Column(key="sha256", label=words.say("Empreinte SHA-256"))) if fingerprints else columns
