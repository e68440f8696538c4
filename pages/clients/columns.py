"""The columns of the tables on the clients' pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pages.clients.late_lots import late_lots_address
from pages.parts.columns import RATES
from pages.parts.lot_links import lot_row_address
from pages.parts.tables import Column, Row, of_question

YEARS: Final = "years"  # of a row: the bars of its years
_OF_A_ROW: Final = ("hours_committed", "completion_ratio", "lots")
_OBLIGATIONS: Final = (
    Column(key="hours_committed", adds=True),
    Column(key="rated_hours", adds=True),
    Column(key="rated_committed", adds=True),
    *RATES,
    Column(key="lots", adds=True),
    Column(key="lots_excluded", adds=True),
)


def clients(address: Callable[[str], str], years: str) -> tuple[Column, ...]:
    """Of hours_by_client with late_lots_by_client: the lots to call lead to their list. `years`: what those of the bars are called; empty without bars.

    What has no column on screen stands in the second line of a cell, or on the page of the client.
    """
    hours = of_question(
        "hours_by_client",
        Column(key="client_name", address=lambda row: address(row["client_id"])),
        Column(key="client_id", only_in_file=True),
        Column(key="client_type", only_in_file=True),
        Column(key="hours_validated", adds=True, drawn="bar"),
        *([Column(key=YEARS, label=years, only_on_screen=True)] if years else []),
        Column(key="share_ratio", adds=True, only_in_file=True),
        Column(key="hours_pending", adds=True),
        *(replace(column, only_in_file=column.key not in _OF_A_ROW) for column in _OBLIGATIONS),
        Column(key="contracts", only_in_file=True),
    )
    late = of_question(
        "late_lots_by_client",
        Column(key="to_call_lots", adds=True, address=_to_call),
        Column(key="missing_hours", adds=True, only_in_file=True),
        *(Column(key=key, adds=True, only_in_file=True) for key in _BY_ALERT),
    )
    return hours + late


_BY_ALERT: Final = (
    "ending_lots", "ending_missing_hours", "not_started_lots", "not_started_missing_hours", "behind_lots",
    "behind_missing_hours",
)  # fmt: skip


def _to_call(row: Row) -> str:
    """Where the number of lots to call of a client leads; nowhere without any, nor in the total."""
    return late_lots_address(row["client_id"]) if row["to_call_lots"] and "client_id" in row else ""


def types() -> tuple[Column, ...]:
    """Of hours_by_client_type."""
    return of_question(
        "hours_by_client_type",
        Column(key="client_type"),
        Column(key="clients", adds=True),
        Column(key="hours_validated", adds=True, drawn="bar"),
        Column(key="share_ratio", adds=True),
        Column(key="hours_committed", adds=True),
        Column(key="rated_hours", adds=True),
        Column(key="rated_committed", adds=True),
        Column(key="completion_ratio", ratio_of=("rated_hours", "rated_committed")),
    )


def years() -> tuple[Column, ...]:
    """Of hours_by_client_and_year with names, for a file."""
    return of_question(
        "hours_by_client_and_year",
        Column(key="client_name"),
        Column(key="client_id"),
        Column(key="year"),
        Column(key="hours_validated", adds=True),
    )


def clauses() -> tuple[Column, ...]:
    """Of hours_by_clause."""
    return of_question(
        "hours_by_clause",
        Column(key="clause_category"),
        Column(key="hours_validated", adds=True, drawn="bar"),
        Column(key="share_ratio", adds=True),
        *_OBLIGATIONS,
    )


def lots() -> tuple[Column, ...]:
    """Of lots with what they are called and what their alert is called, on a client's page."""
    return of_question(
        "lots",
        Column(key="subject", address=lot_row_address),
        Column(key="lot", of="lot_id"),
        Column(key="contract_id", only_in_file=True),
        Column(key="lot_id", of="lot_code", only_in_file=True),
        Column(key="alert_text", of="alert"),
        Column(key="clause_category"),
        Column(key="status"),
        Column(key="ends_on"),
        Column(key="hours_committed", adds=True),
        Column(key="hours_to_date", adds=True),
        Column(key="completion_ratio"),
        Column(key="needed_per_month"),
        Column(key="best_per_month"),
        Column(key="last_month"),
    )
