"""The years of the clients: a fold with a table of years and clients, and its file."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.clients import columns as columns_clients
from pages.clients.heat_table import heat_table
from pages.clients.one_client import client_address
from pages.parts.folds import fold
from pages.parts.read import reading
from pages.parts.tables import show_download
from queries import answers
from queries.answers import HoursByClientAndYearRow, HoursByClientRow, TotalsRow

NAME: Final = "heures_par_maitre_d_ouvrage_et_an"


class NamedCellRow(HoursByClientAndYearRow):
    """The hours of a client in a year, with the client's name."""

    client_name: str


def show_years(
    clients: Sequence[HoursByClientRow], cells: Sequence[HoursByClientAndYearRow], totals: TotalsRow
) -> None:
    """The fold. `clients`: rows of hours_by_client in their order; `cells`: of hours_by_client_and_year; `totals`: of totals."""
    current = reading()
    words = current.words
    years = answers.hours_by_year(current.access, current.scope)
    caption = words.say("Heures réalisées par maître d’ouvrage et par année")
    with fold(caption, NAME):
        st.html(heat_table(clients, cells, years, totals, words, client_address))
        show_download(
            named(cells, clients),
            columns_clients.years(),
            name=NAME,
            caption=words.say("Heures par maître d’ouvrage et par année"),
        )


def named(cells: Sequence[HoursByClientAndYearRow], clients: Sequence[HoursByClientRow]) -> list[NamedCellRow]:
    """Rows of hours_by_client_and_year with the client's name, in the order of `clients`."""
    return [
        {**cell, "client_name": client["client_name"]}
        for client in clients
        for cell in cells
        if cell["client_id"] == client["client_id"]
    ]
