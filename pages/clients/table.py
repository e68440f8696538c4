"""The table of clients: hours, years, completion and lots to call of each, in a row."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from data.words import Words
from pages.clients import columns as columns_clients
from pages.clients.one_client import client_address
from pages.clients.sentences import type_label
from pages.parts.completion import Totals, closed_and_running, totals_row
from pages.parts.lot_alerts import some_hours
from pages.parts.marked_table import Mark, Marks, show_marked_table
from pages.parts.read import reading
from pages.parts.small_bars import bars_of_years, years_text
from pages.parts.sorting import Order
from pages.parts.tables import Row
from queries.answers import (
    HoursByClientAndYearRow,
    HoursByClientRow,
    LateLotsByClientRow,
    LotAlertsRow,
    TotalsRow,
)

NAME = "heures_par_maitre_d_ouvrage"


class TotalRow(Totals):
    """The last row of the table."""

    contracts: int
    to_call_lots: int
    missing_hours: Decimal


def show_clients(
    clients: Sequence[HoursByClientRow],
    cells: Sequence[HoursByClientAndYearRow],
    totals: TotalsRow,
    late: Sequence[LateLotsByClientRow],
    to_call: LotAlertsRow,
) -> None:
    """The table and its file.

    `clients`: rows of hours_by_client. `cells`: rows of hours_by_client_and_year. `totals`: the row of totals. `late`:
    rows of late_lots_by_client, one for each client; `to_call`: that of lot_alerts over all of them.
    """
    words = reading().words
    of_client = {row["client_id"]: row for row in late}
    bars = bars_of_years(cells, "client_id", words)
    total: TotalRow = {
        **totals_row(totals),
        "contracts": totals["contracts"],
        "to_call_lots": to_call["lots"],
        "missing_hours": to_call["missing_hours"],
    }

    def row(client: HoursByClientRow) -> dict[str, Any]:
        years = {columns_clients.YEARS: bars.get(client["client_id"])}
        return {**client, **of_client[client["client_id"]], **years}

    show_marked_table(
        [row(client) for client in clients],
        columns_clients.clients(client_address, years_text(cells)),
        _marks(words),
        caption=words.say("Heures par maître d’ouvrage"),
        name=NAME,
        total=total,
        usual=Order(key="hours_validated", descending=True),
        wide=("hours_pending", "hours_committed", "lots"),
    )


def _marks(words: Words) -> Marks:
    """What each cell has beside its figure; the total has it where it is of all clients."""

    def share(row: Row) -> str:
        return words.percent(row["share_ratio"]) if row.get("share_ratio") is not None else ""

    def missing(row: Row) -> str:
        if not row["missing_hours"]:
            return ""
        return words.say("il manque {hours}", hours=some_hours(row["missing_hours"], words))

    return {
        "client_name": lambda row: Mark(type_label(row["client_type"], words) if "client_type" in row else ""),
        "hours_validated": lambda row: Mark(share(row), part=row["hours_validated"] if "client_id" in row else None),
        columns_clients.YEARS: lambda row: Mark(bars=row.get(columns_clients.YEARS)),
        "completion_ratio": lambda row: Mark(closed_and_running(row, words)),
        "lots": lambda row: Mark(words.say_count("dans {n} marché", "dans {n} marchés", row["contracts"])),
        "to_call_lots": lambda row: Mark(missing(row)),
    }
