"""The table of clients with their lots to call, and the sentence on these lots below it."""

from collections.abc import Sequence
from decimal import Decimal

from pages.clients import columns as columns_clients
from pages.clients.late_lots import show_late_lots
from pages.clients.one_client import client_address
from pages.parts.completion import Totals, totals_row
from pages.parts.lot_alerts import TO_CALL
from pages.parts.read import reading
from pages.parts.tables import show_table
from queries import answers
from queries.answers import HoursByClientRow, TotalsRow


class TotalRow(Totals):
    """The last row of the table."""

    to_call_lots: int
    missing_hours: Decimal


def show_clients(clients: Sequence[HoursByClientRow], totals: TotalsRow) -> None:
    """The table in the order of `clients`, its file, then which lots call for a word.

    `clients`: rows of hours_by_client; late_lots_by_client has one for each of them too. `totals`: the row of totals.
    """
    current = reading()
    words, access, scope = current.words, current.access, current.scope
    late = answers.late_lots_by_client(access, scope)
    alerts = {row["alert"]: row for row in answers.lot_alerts(access, scope)}
    of_client = {row["client_id"]: row for row in late}
    total: TotalRow = {
        **totals_row(totals),
        "to_call_lots": alerts[TO_CALL]["lots"],
        "missing_hours": alerts[TO_CALL]["missing_hours"],
    }
    show_table(
        [{**client, **of_client[client["client_id"]]} for client in clients],
        columns_clients.clients(client_address),
        caption=words.say("Heures par maître d’ouvrage"),
        name="heures_par_maitre_d_ouvrage",
        total=total,
        folded=False,
    )
    show_late_lots(alerts, late)
