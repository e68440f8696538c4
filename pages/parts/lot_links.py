"""Where links to lots lead: the list, and a lot's own page at the same address."""

from typing import Any, Final

import streamlit as st

from pages.parts.blocks import page_address
from pages.parts.lot_alerts import ALL, TO_CALL
from pages.parts.markup import html

PATH: Final = "lots"
CONTRACT: Final = "marche"
LOT: Final = "lot"
ALERT: Final = "alerte"
SEARCH: Final = "recherche"


def lots_address(alert: str = ALL, search: str = "", **more: str) -> str:
    """The address of the list with the reader's filters: all lots, or those of an alert; `more`: filters to add."""
    query = ({} if alert == TO_CALL else {ALERT: alert}) | ({SEARCH: search} if search else {})
    return page_address(PATH, **query, **more)


def lot_address(contract_id: str, lot_id: str) -> str:
    """The address of a lot's page, with the reader's filters."""
    return page_address(PATH, **{CONTRACT: contract_id, LOT: lot_id})


def lot_row_address(row: Any) -> str:
    """`lot_address` of a row that has contract_id and lot_id: for the column of a table."""
    return lot_address(row["contract_id"], row["lot_id"])


def show_lots_link(text: str, alert: str = ALL, search: str = "", **more: str) -> None:
    """A line below a chart or a table that leads to its lots."""
    st.html(html("parts/templates/lots_link.html", text=text, address=lots_address(alert, search, **more)))
