"""The fold of client types: their hours, their completion and how many clients each has."""

from collections.abc import Sequence

from pages.clients import columns as columns_clients
from pages.parts.completion import totals_row
from pages.parts.read import reading
from pages.parts.tables import show_table
from queries.answers import HoursByClientTypeRow, TotalsRow


def show_types(types: Sequence[HoursByClientTypeRow], totals: TotalsRow) -> None:
    """The table, folded; nothing where there is one type. `types`: rows of hours_by_client_type; `totals`: the row of totals."""
    words = reading().words
    if len(types) < 2:
        return
    caption = words.say("Heures par type de maître d’ouvrage")
    show_table(
        types,
        columns_clients.types(),
        caption=caption,
        name="heures_par_type_de_maitre_d_ouvrage",
        total={**totals_row(totals), "clients": totals["clients"]},
        opener=caption,
    )
