"""What is compared with what: two to five communes, clients or clause types, kept in the address."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

import streamlit as st

from data.words import N_, sorting_name
from pages.parts.address_choice import AddressChoice
from pages.parts.filters.names import Names
from pages.parts.read import reading
from queries import answers, link
from queries.filters import FILTERS
from queries.scope import Scope

KEY: Final = "comparer"
MOST: Final = 5
_USUAL: Final = 3  # those with most hours, while nothing is chosen
_WIDGET: Final = "cap_compared"
# In the address → field of the scope, on screen.
_FIELDS: Final = {"communes": "execution_communes", "clients": "clients", "clauses": "clause_categories"}
_LABELS: Final = {
    "communes": N_("Communes d’exécution"),
    "clients": N_("Maîtres d’ouvrage"),
    "clauses": N_("Types de clause"),
}
_KIND: Final = AddressChoice(key="quoi", widget="cap_compared_kind", default="communes", options=tuple(_FIELDS))


def asked_field() -> str:
    """The field of the scope whose values are compared."""
    return _FIELDS[_KIND.value]


def hours_by_value(field: str, scope: Scope) -> Mapping[str, Any]:
    """Hours of each value that may be compared, under the reader's other filters, most first."""
    access = reading().access
    if field == "execution_communes":
        found = [(row["execution_commune"], row["hours_validated"]) for row in answers.hours_by_commune(access, scope)]
    elif field == "clients":
        found = [(row["client_id"], row["hours_validated"]) for row in answers.hours_by_client(access, scope)]
    else:
        found = [(row["clause_category"], row["hours_validated"]) for row in answers.hours_by_clause(access, scope)]
    ordered = sorted(found, key=lambda pair: pair[1], reverse=True)
    return {value: hours for value, hours in ordered if value is not None}


def compared(hours: Mapping[str, Any]) -> list[str]:
    """The values of the address that there are, most hours first; those with most hours when it has none."""
    asked = {unquote(value) for value in st.query_params.get(KEY, "").split(",")}
    chosen = [value for value in hours if value in asked][:MOST]
    return chosen or list(hours)[:_USUAL]


def short_name(field: str, value: str, names: Names) -> str:
    """The name of a value without its code: Rouen."""
    row = names.known.get((field, value))
    return str(row["name"]) if row else names.of(field, value)


def show_choice(field: str, hours: Mapping[str, Any], chosen: Sequence[str], names: Names) -> None:
    """The widgets of the choice."""
    words = reading().words
    st.segmented_control(
        words.say("Comparer des"),
        _KIND.options,
        required=True,
        format_func=lambda kind: words.say(_LABELS[kind]),
        **{**_KIND.bound(), "on_change": _take_kind},
    )
    st.session_state[_WIDGET] = list(chosen)
    st.multiselect(
        words.say("Comparer, cinq au plus"),
        sorted(hours, key=lambda value: sorting_name(names.of(field, value))),
        format_func=lambda value: names.of(field, value),
        key=_WIDGET,
        max_selections=MOST,
        placeholder=words.say(FILTERS[field].label),
        on_change=_take_values,
        select_all=False,
    )


def _take_kind() -> None:
    """Another kind begins without values: those of one kind mean nothing in another."""
    st.query_params.pop(KEY, None)
    chosen = st.session_state[_KIND.widget]
    st.query_params.pop(_KIND.key, None)
    st.query_params.update(_KIND.query(chosen or _KIND.default))


def _take_values() -> None:
    st.query_params.pop(KEY, None)
    if st.session_state[_WIDGET]:
        st.query_params[KEY] = link.codes_text(tuple(st.session_state[_WIDGET]))
