"""The choices of the list: its lots and their order. Kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from data.words import N_, Words
from pages.parts.address_choice import one_of, text_of
from pages.parts.lot_alerts import CHOSEN, TO_CALL, LotAlert
from pages.parts.lot_links import ALERT, SEARCH, lots_address
from pages.parts.lot_search import folded_column, has_words
from pages.parts.read import reading

BY_GAP: Final = "ecart"
BY_CONTRACTOR: Final = "titulaire"
# In the address → on screen, and the columns that sort. Running lots come first in any order.
_ORDERS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    BY_GAP: (N_("Écart au rythme attendu"), ("gap_hours",)),
    "fin": (N_("Date de fin"), ("ends_on", "gap_hours")),
    "client": (N_("Maître d’ouvrage"), ("client_name", "gap_hours")),
    BY_CONTRACTOR: (N_("Titulaire"), ("contractor_name", "gap_hours")),
    "declaration": (N_("Dernière déclaration"), ("last_month", "gap_hours")),
    "objet": (N_("Objet"), ("subject", "gap_hours")),
    "alerte": (N_("Alerte"), ("alert", "gap_hours")),
    "fait": (N_("Heures réalisées"), ("hours_to_date", "gap_hours")),
    "attendu": (N_("Heures attendues"), ("expected_hours", "gap_hours")),
    "effort": (N_("Heures à faire par mois"), ("needed_per_month", "gap_hours")),
}
# The orders that are looked for from the highest, and those that the list above the table offers: headers have them all.
_HIGHEST_FIRST: Final = ("fait", "attendu", "effort")
_OFFERED: Final = tuple(_ORDERS)[:5]
_BACKWARDS: Final = "-"


# What else is followed up: lots with hours to validate; clients, not lots, that are late in declaring.
PENDING: Final = "attente"
LATE_CLIENTS: Final = "sans_declaration"
_FOLLOWED: Final = {PENDING: N_("À valider"), LATE_CLIENTS: N_("Maîtres d’ouvrage sans déclaration récente")}
_ALERT: Final = one_of(key=ALERT, widget="_lots_alert", default=TO_CALL, options=(*CHOSEN, *_FOLLOWED))
_SEARCH: Final = text_of(key=SEARCH, widget="_lots_search")
_ORDER: Final = one_of(
    key="tri", widget="_lots_order", default=BY_GAP, options=(*_ORDERS, *(_BACKWARDS + code for code in _ORDERS))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The reader's choices for the list."""

    alert: str = TO_CALL
    text: str = ""
    order: str = BY_GAP


def list_choice() -> Choice:
    """The choice that the address carries; what means nothing there is the default."""
    return Choice(alert=_ALERT.value, text=_SEARCH.value, order=_ORDER.value)


def show_choice(lots: Mapping[str, int]) -> None:
    """The widgets of the choice. `lots`: how many lots, or clients, each alert has."""
    words = reading().words
    st.pills(
        words.say("Alerte"),
        _ALERT.options,
        required=True,
        format_func=lambda alert: f"{words.say(_label(alert))} – {words.number(lots[alert])}",
        **_ALERT.bound(),
    )
    if _ALERT.value == LATE_CLIENTS:
        return  # a handful of clients, whose table is sorted by its headers
    search, order = st.columns([3, 2])
    search.text_input(
        words.say("Chercher un lot"),
        placeholder=words.say("Objet, maître d’ouvrage, titulaire, n° de marché ou SIRET"),
        type="search",
        **_SEARCH.bound(),
    )
    order.selectbox(
        words.say("Trier par"),
        tuple(dict.fromkeys((*_OFFERED, _ORDER.value))),
        format_func=lambda code: order_name(code, words),
        filter_mode=None,
        **_ORDER.bound(),
    )


def _label(alert: str) -> str:
    return _FOLLOWED[alert] if alert in _FOLLOWED else LotAlert.of(alert).label


def order_name(code: str, words: Words) -> str:
    """What an order is called: Date de fin; Date de fin, à rebours."""
    name = words.say(_ORDERS[code.removeprefix(_BACKWARDS)][0])
    return words.say("{order}, ordre inverse", order=name) if code.startswith(_BACKWARDS) else name


def is_by_contractor(choice: Choice) -> bool:
    """Whether the list is ordered by contractor, one way or the other."""
    return choice.order.removeprefix(_BACKWARDS) == BY_CONTRACTOR


def header_order(choice: Choice, code: str) -> tuple[str, str, str]:
    """How the header of a column orders the list (aria-sort), the address of its order, the id of its link."""
    up, down = code, _BACKWARDS + code
    state = {up: "ascending", down: "descending"}.get(choice.order, "")
    wanted = up if state == "descending" or (not state and code not in _HIGHEST_FIRST) else down
    return state, lots_address(choice.alert, choice.text, **_ORDER.query(wanted)), f"tri_lots_{code}"


def chosen_lots(answer: pa.Table, choice: Choice, known_as: str) -> pa.Table:
    """The lots of the choice, in its order: running ones first.

    `answer`: the answer to lots; `known_as`: its release, reader’s rights and scope. Arrow all the way: ten thousand lots cost milliseconds.
    """
    if choice.alert == PENDING:
        wanted = pc.greater(answer["pending_to_date"], pa.scalar(0))
    else:
        wanted = pc.is_in(answer["alert"], value_set=pa.array(CHOSEN[choice.alert]))
    if choice.text:
        wanted = pc.and_(wanted, has_words(answer, choice.text, known_as))
    matches = answer.filter(wanted)
    keys: dict[str, Any] = {"later": pc.not_equal(matches["status"], "running")}
    first, *others = _ORDERS[choice.order.removeprefix(_BACKWARDS)][1]
    keys |= {name: _sortable(name, matches[name]) for name in (first, *others)}
    down = {first} if choice.order.startswith(_BACKWARDS) else set()
    # A lot that never declared comes before those that did; an unknown name, date or gap comes last.
    order = [
        (name, "descending" if name in down else "ascending", "at_start" if name == "last_month" else "at_end")
        for name in keys
    ]
    return matches.take(pc.sort_indices(pa.table(keys), sort_keys=order))


def _sortable(name: str, column: pa.ChunkedArray) -> Any:
    """Names in the order of readers, whatever accents and capitals; alerts in that of the choice."""
    if name == "alert":
        return pc.index_in(column, value_set=pa.array([str(alert) for alert in LotAlert]))
    return folded_column(column) if pa.types.is_string(column.type) else column
