"""What the built table is made of: chosen above it, kept in the address, which is the truth.

What may be chosen in one widget depends on the others: each writes the whole description, which `from_query` reads as routes do. As with
`AddressChoice`, they are set from the address at each run.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from data.words import N_, NOTHING, Words
from pages.build_table.names import TableNames
from pages.build_table.order import TABLE
from pages.parts.blocks import page_address
from pages.parts.filters.address import show_not_understood
from pages.parts.markup import html
from pages.parts.read import reading
from pages.parts.sorting import address_key
from queries.rights.rights import Right
from queries.table_builder.definition import (
    ALL_KEYS,
    BY_COLUMN,
    BY_ROW,
    COLUMNS,
    MEASURES_KEY,
    OF_TOTAL,
    ORDER,
    PARTS,
    ROWS,
    TOP,
    TableDefinition,
    TableRequest,
    from_query,
    open_dimensions,
)
from queries.table_builder.parts import DIMENSIONS, MEASURES, PENALTIES

PATH: Final = "tableau"
_ALL: Final = ""
_TOPS: Final = ("5", "10", "20", "50")
_SHARES: Final = {
    _ALL: N_("Valeurs"),
    BY_ROW: N_("Parts de la ligne"),
    BY_COLUMN: N_("Parts de la colonne"),
    OF_TOTAL: N_("Parts du total"),
}
# Widgets, by the part of the description that they choose; the second dimension down has its own.
_SECOND: Final = "second"
_WIDGETS: Final = {name: f"_table_{name}" for name in (ROWS, _SECOND, COLUMNS, MEASURES_KEY, PARTS, ORDER, TOP)}
# Tables to begin with.
_READY: Final = (
    (N_("Heures par maître d’ouvrage et par année"), TableDefinition()),
    (
        N_("Réalisation par type de clause"),
        TableDefinition(rows=("clause",), columns=None, measures=("lots", "engagees", "realisation")),
    ),
    (
        N_("Modalités d’embauche, année par année"),
        TableDefinition(rows=("modalite",), columns="annee", share=BY_COLUMN),
    ),
    (
        N_("Les dix premières communes d’exécution"),
        TableDefinition(rows=("commune",), columns=None, measures=("heures", "lots"), order="heures", top=10),
    ),
    (
        N_("Secteurs par type de maître d’ouvrage"),
        TableDefinition(rows=("type", "secteur"), columns=None, measures=("heures", "engagees", "realisation")),
    ),
)


def wanted_table() -> TableRequest:
    """The table that the address asks for."""
    return _understood(st.query_params.to_dict())


def _understood(query: Mapping[str, str]) -> TableRequest:
    access = reading().access
    return from_query(
        query,
        penalties=access.rights.may(Right.PENALTIES),
        facilitators=access.rights.may(Right.FACILITATORS),
        structures=access.release.has_several,
    )


def table_address(definition: TableDefinition) -> str:
    """The address of a table, with the reader's filters."""
    return page_address(PATH, **definition.to_query())


def show_ready_tables() -> None:
    """Links to the usual tables."""
    words = reading().words
    links = [(words.say(name), table_address(definition)) for name, definition in _READY]
    st.html(html("build_table/ready.html", name=words.say("Tableaux prêts à l’emploi"), links=links))


def show_table_choice(wanted: TableRequest, names: TableNames) -> None:
    """The widgets of the description."""
    words, definition = names.words, wanted.definition
    access = reading().access
    may = access.rights.may(Right.PENALTIES)
    first, second, third = st.columns(3)
    facilitators, nothing = access.rights.may(Right.FACILITATORS), NOTHING
    dimensions = open_dimensions(facilitators=facilitators, structures=access.release.has_several)

    def named(code: str) -> str:
        return names.dimension(code) if code else nothing

    others = [code for code in dimensions if code not in definition.rows]
    _select(first, ROWS, words.say("Lignes"), dimensions, definition.rows[0], named)
    _select(
        second,
        _SECOND,
        words.say("Puis, dans chaque ligne"),
        [_ALL, *(code for code in dimensions if code not in (definition.rows[0], definition.columns))],
        definition.rows[1] if len(definition.rows) > 1 else _ALL,
        named,
    )
    _select(third, COLUMNS, words.say("Colonnes"), [_ALL, *others], definition.columns or _ALL, named)
    st.session_state[_WIDGETS[MEASURES_KEY]] = list(wanted.named)
    st.multiselect(
        words.say("Mesures"),
        [code for code in MEASURES if may or code != PENALTIES],
        format_func=names.measure,
        key=_WIDGETS[MEASURES_KEY],
        placeholder=words.say("Heures réalisées"),
        on_change=_write,
        select_all=False,
    )
    shares, order, top = st.columns(3)
    possible = [share for share in _SHARES if share != BY_ROW or definition.columns is not None]
    _select(shares, PARTS, words.say("Montrer"), possible, definition.share or _ALL, lambda s: words.say(_SHARES[s]))
    _select(
        order,
        ORDER,
        words.say("Trier les lignes par"),
        [_ALL, *(code for code in definition.measures if code != PENALTIES)],
        definition.order or _ALL,
        lambda code: names.measure(code) if code else words.say("Nom ou date"),
    )
    tops = [_ALL, *sorted({*_TOPS, *([str(definition.top)] if definition.top else [])}, key=int)]
    if PENALTIES not in definition.measures:
        _select(top, TOP, words.say("Lignes montrées"), tops, str(definition.top or _ALL), lambda n: _top(n, words))


def _top(number: str, words: Words) -> str:
    if not number:
        return words.say("Toutes")
    return words.say_count(
        "La première, et les autres ensemble", "Les {n} premières, et les autres ensemble", int(number)
    )


def _select(place: Any, name: str, label: str, options: list[str], chosen: str, named: Callable[[str], str]) -> None:
    # Set at each run, also when it is no news: a browser that comes back draws the widgets again.
    st.session_state[_WIDGETS[name]] = chosen
    place.selectbox(label, options, format_func=named, key=_WIDGETS[name], on_change=_write, filter_mode=None)


def _write() -> None:
    """Puts the description that the widgets now make into the address; the default one leaves it clean."""
    chosen = {name: st.session_state.get(key) or _ALL for name, key in _WIDGETS.items()}
    entries = {
        **chosen,
        ROWS: ",".join(filter(None, [chosen[ROWS], chosen[_SECOND]])),
        MEASURES_KEY: ",".join(chosen[MEASURES_KEY]),
    }
    understood = _understood({key: entries[key] for key in ALL_KEYS})
    query = understood.definition.to_query() | {MEASURES_KEY: ",".join(understood.named)}
    # Another description has its own order.
    for key in (*ALL_KEYS, address_key(TABLE)):
        st.query_params.pop(key, None)
    if query != TableDefinition().to_query():
        st.query_params.update(query)


def show_left_out(wanted: TableRequest, names: TableNames) -> None:
    """What in the link is not in the table, and why."""
    words, definition = names.words, wanted.definition
    show_not_understood(wanted.lost, words)
    if wanted.whole_lots:
        by_line = [
            names.dimension(code)
            for code in (*definition.rows, *([] if definition.columns is None else [definition.columns]))
            if DIMENSIONS[code].of_line
        ]
        st.warning(
            words.say(
                "Pas dans ce tableau\u00a0: {measures}. Une obligation est celle d’un lot entier\u00a0: elle n’a ni mois, ni employeur, et ne se répartit pas selon {dimensions}.",
                measures=words.listed([names.measure(code) for code in wanted.whole_lots]),
                dimensions=words.listed([f"«\u00a0{name}\u00a0»" for name in by_line]),
            )
        )
    if wanted.reserved:
        st.warning(words.say("Pas dans ce tableau\u00a0: les pénalités, que vos droits ne permettent pas de voir."))
    if wanted.no_top:
        st.warning(
            words.say(
                "Toutes les lignes sont montrées\u00a0: des pénalités regroupées sous «\u00a0Autres\u00a0» laisseraient calculer celles d’une entreprise."
            )
        )
