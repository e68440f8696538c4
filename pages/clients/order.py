"""In which order clients stand: alphabetical within their type, or an order that the reader asks for in the address."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.codes import ClientType
from data.words import N_, Words, folded
from pages.parts.address_choice import AddressChoice
from pages.parts.charts_lines import Group
from pages.parts.read import reading
from queries.answers import HoursByClientRow, HoursByClientTypeRow

BY_TYPE: Final = "type"
# In the address → on screen.
ORDERS: Final = {BY_TYPE: N_("Type puis nom"), "heures": N_("Heures"), "realisation": N_("Taux de réalisation")}
_ORDER: Final = AddressChoice(key="ordre", widget="cap_client_order", default=BY_TYPE, options=tuple(ORDERS))


def choose_order() -> str:
    """The choice of an order: by type when the address asks for none, or for one that does not exist."""
    words = reading().words
    st.segmented_control(
        words.say("Ordre"),
        _ORDER.options,
        required=True,
        format_func=lambda order: words.say(ORDERS[order]),
        **_ORDER.bound(),
    )
    return _ORDER.value


def ordered(
    clients: Sequence[HoursByClientRow], types: Sequence[HoursByClientTypeRow], order: str, words: Words
) -> list[Group[HoursByClientRow]]:
    """The clients in that order: under the heading of their type with its hours, or all together.

    `clients`: rows of hours_by_client, alphabetical. `types`: rows of hours_by_client_type.
    """
    if order == "heures":
        return [Group(heading="", rows=sorted(clients, key=lambda row: row["hours_validated"], reverse=True))]
    if order == "realisation":
        return [Group(heading="", rows=sorted(clients, key=_completion, reverse=True))]
    labels = {row["client_type"]: words.say(ClientType.of(row["client_type"]).label) for row in types}
    return [
        Group(
            heading=f"{labels[entry['client_type']]} · {words.hours(entry['hours_validated'])}",
            rows=[row for row in clients if row["client_type"] == entry["client_type"]],
        )
        for entry in sorted(types, key=lambda entry: folded(labels[entry["client_type"]]))
    ]


def _completion(row: HoursByClientRow) -> tuple[bool, float]:
    """Clients without a completion come last."""
    ratio = row["completion_ratio"]
    return (ratio is not None, ratio or 0.0)


def order_text(order: str, words: Words) -> str:
    """Why clients stand as they do."""
    told = {
        BY_TYPE: words.say("Par type de maître d’ouvrage, puis par ordre alphabétique."),
        "heures": words.say("Des plus aux moins nombreuses heures réalisées."),
        "realisation": words.say("Du plus haut au plus bas taux de réalisation, tous lots compris."),
    }
    return told[order]


def years_text(order: str, words: Words) -> str:
    """The sentence of the small charts."""
    return f"{words.say('Une même échelle pour tous.')} {order_text(order, words)}"
