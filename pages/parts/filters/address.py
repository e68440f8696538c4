"""The filters in the address, which is the truth: read at each run, and changed from callbacks.

Each filter has a hidden text field bound to its key of the address (Streamlit then keeps it over pages, reload and Back); the
visible widgets are set from it at each run and write to it when they change. They are not bound themselves, because Streamlit
would write their labels into the address: labels have hours and a language.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from data.words import Words
from pages.parts.filters.names import Names
from pages.parts.plain import as_text
from pages.parts.read import reading
from queries import link
from queries.filters import FILTERS, Filter
from queries.rights.access import Access
from queries.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressScope:
    """The scope of the address. `lost`: its parts that mean nothing here. `closed`: its filters that the reader's rights refuse."""

    scope: Scope
    lost: tuple[tuple[str, str], ...] = ()
    closed: tuple[Filter, ...] = ()


def read_scope(access: Access, names: Names) -> AddressScope:
    """The scope that the address carries; what means nothing or is refused is not filtered."""
    with st.container(key="cap_address"):
        query = {
            key: st.text_input(key, key=key, bind="query-params", label_visibility="hidden") for key in link.ALL_KEYS
        }
    scope, lost = link.from_query(query, uncounted_by_default=access.settings.counting.include_uncounted)
    closed = access.rights.closed_filters(scope)
    changes: dict[str, Any] = {declared.field: None for declared in closed}
    for name, declared in FILTERS.items():
        values = getattr(scope, name)
        known = tuple(value for value in values or () if names.is_known(name, value))
        if declared not in closed and values and known != values:
            lost += [(declared.key, value) for value in values if value not in known]
            changes[name] = known or None
    return AddressScope(scope=replace(scope, **changes), lost=tuple(lost), closed=closed)


def set_filter(field: str, values: Iterable[str]) -> None:
    """Filters on these values, everything when there are none. Only from a callback: before the next run draws the form."""
    chosen = tuple(values)
    st.session_state[FILTERS[field].key] = link.codes_text(chosen) if chosen else ""


def set_years(first: int | None, last: int | None) -> None:
    """Filters on the years, which may come in either order; None: without that end. Only from a callback."""
    first, last = link.sorted_ends(first, last)
    st.session_state[link.YEARS] = "" if first is None and last is None else link.years_text(first, last)
    st.session_state[link.MONTHS] = ""


def set_months(first: dt.date | None, last: dt.date | None) -> None:
    """Filters on the months, in place of the years; they may come in either order. Only from a callback."""
    first, last = link.sorted_ends(first, last)
    st.session_state[link.MONTHS] = "" if first is None and last is None else link.months_text(first, last)
    st.session_state[link.YEARS] = ""


def set_uncounted(included: bool) -> None:
    """With the lots out of the total, or without; what the settings say anyway is not in the address. Only from a callback."""
    is_default = included == reading().settings.counting.include_uncounted
    st.session_state[link.UNCOUNTED] = "" if is_default else str(included).lower()


def clear_filters() -> None:
    """Everything again. Only from a callback."""
    for key in link.ALL_KEYS:
        st.session_state[key] = ""


def show_not_understood(parts: Sequence[tuple[str, str]], words: Words) -> None:
    """What in the link means nothing, and so is not filtered."""
    if parts:
        listed = words.listed([f"{key}={value}" for key, value in parts])
        st.warning(words.say("Partie du lien non comprise, donc ignorée\u00a0: {parts}", parts=as_text(listed)))


def show_closed(closed: Sequence[Filter], words: Words) -> None:
    """The filters of the link that the reader's rights refuse, by name."""
    if closed:
        listed = words.listed([words.say(declared.definite) for declared in closed])
        st.warning(words.say("Vos droits n’ouvrent pas ce filtre, donc ignoré\u00a0: {filters}", filters=listed))
