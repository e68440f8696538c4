"""What is compared with what: two to five communes, clients, clause types or years, in hours or from 100, kept in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from data.words import N_, sorting_name
from pages.parts.address_choice import AddressChoice, one_of, several_of
from pages.parts.filters.names import Names
from pages.parts.read import reading
from queries import answers
from queries.filters import FILTERS
from queries.scope import Scope

KEY: Final = "comparer"
MOST: Final = 5
_USUAL: Final = 3  # those with most hours, while nothing is chosen
YEARS: Final = "annees"
# In the address → field of the scope, on screen.
_FIELDS: Final = {"communes": "execution_communes", "clients": "clients", "clauses": "clause_categories"}
_LABELS: Final = {
    "communes": N_("Communes d’exécution"),
    "clients": N_("Maîtres d’ouvrage"),
    "clauses": N_("Types de clause"),
    YEARS: N_("Années"),
}
# The values of one kind mean nothing in another.
_KIND: Final = one_of(
    key="quoi", widget="cap_compared_kind", default="communes", options=tuple(_LABELS), forgets=(KEY,)
)
_MEASURES: Final = {"heures": N_("Heures"), "indice": N_("Indice 100 au départ")}
_MEASURE: Final = one_of(key="mesure", widget="cap_compared_measure", default="heures", options=tuple(_MEASURES))


def chosen_kind() -> str:
    """What is compared, as the address has it."""
    return _KIND.value


def chosen_index() -> bool:
    """Whether the curves start from 100."""
    return _MEASURE.value == "indice"


def around(kind: str, scope: Scope) -> Scope:
    """The reader's filters but for the one that the comparison stands in for."""
    others: dict[str, Any] = {"first_year": None, "last_year": None} if kind == YEARS else {_FIELDS[kind]: None}
    return replace(scope, **others)


def scope_of(kind: str, scope: Scope, value: str) -> Scope:
    """The filters of one of those compared."""
    single: dict[str, Any] = {_FIELDS[kind]: (value,)}
    return replace(scope, **single)


def hours_by_value(kind: str, scope: Scope) -> Mapping[str, Any]:
    """Hours of each value that may be compared, under the reader's other filters: most first, and years the newest first."""
    access = reading().access
    if kind == YEARS:
        return {str(row["year"]): row["hours_validated"] for row in answers.hours_by_year(access, scope)[::-1]}
    if kind == "communes":
        pairs = [(row["execution_commune"], row["hours_validated"]) for row in answers.hours_by_commune(access, scope)]
    elif kind == "clients":
        pairs = [(row["client_id"], row["hours_validated"]) for row in answers.hours_by_client(access, scope)]
    else:
        pairs = [(row["clause_category"], row["hours_validated"]) for row in answers.hours_by_clause(access, scope)]
    ordered = sorted(pairs, key=lambda pair: pair[1], reverse=True)
    return {value: hours for value, hours in ordered if value is not None}


def compared(hours: Mapping[str, Any]) -> list[str]:
    """The values of the address that there are, in the order of `hours`; the first ones when it has none."""
    return list(_values(tuple(hours)).value) or list(hours)[:_USUAL]


def _values(options: tuple[str, ...]) -> AddressChoice[tuple[str, ...]]:
    return several_of(key=KEY, widget="cap_compared", options=options, most=MOST)


def short_name(kind: str, value: str, names: Names) -> str:
    """The name of a value without its code: Rouen."""
    row = names.known.get((_FIELDS.get(kind, ""), value))
    return str(row["name"]) if row else _name(kind, value, names)


def _name(kind: str, value: str, names: Names) -> str:
    return value if kind == YEARS else names.of(_FIELDS[kind], value)


def show_choice(kind: str, hours: Mapping[str, Any], chosen: Sequence[str], names: Names) -> None:
    """The widgets of the choice."""
    words = reading().words
    kinds, measures = st.columns(2, vertical_alignment="bottom")
    kinds.segmented_control(
        words.say("Comparer des"),
        _KIND.options,
        required=True,
        format_func=lambda kind: words.say(_LABELS[kind]),
        wrap=True,
        **_KIND.bound(),
    )
    measures.segmented_control(
        words.say("Montrer"),
        _MEASURE.options,
        required=True,
        format_func=lambda measure: words.say(_MEASURES[measure]),
        wrap=True,
        **_MEASURE.bound(),
    )
    by_name = sorted(hours, key=lambda value: sorting_name(_name(kind, value, names)))
    st.multiselect(
        words.say("Comparer, cinq au plus"),
        list(hours) if kind == YEARS else by_name,
        format_func=lambda value: _name(kind, value, names),
        max_selections=MOST,
        placeholder=words.say("Année") if kind == YEARS else words.say(FILTERS[_FIELDS[kind]].label),
        select_all=False,
        **_values(tuple(hours)).bound(instead=tuple(chosen)),
    )
