"""The tables of communes: a row is a link that filters on its commune, so that the keyboard can do what a click on the map does."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from data.words import Words
from pages.communes.map import FIELD, MEASURE
from pages.parts.page_content import remember_table
from pages.parts.read import reading
from pages.parts.sorting import Order, Sorting
from pages.parts.tables import Column, Row, html_table, show_download
from queries.link import KEYS, codes_text
from queries.scope import NONE, Scope

COMMUNE: Final = "execution_commune"


def show_communes(
    rows: Sequence[Row],
    total: Row,
    elsewhere: Sequence[Row],
    *,
    caption: str,
    name: str,
    scope: Scope | None = None,
    folded: bool = False,
) -> None:
    """Rows of commune_map or hours_by_commune with their names, their total, and their file with codes and populations.

    `elsewhere`: rows of hours_by_commune outside the authority. `scope`: the filters that the
    rows have, where they are not all of the reader's.
    """
    words = reading().words
    place = st.expander(words.say("Choisir une autre commune")) if folded else st.container()
    with place:
        columns = _columns(words, _address(elsewhere))
        sorting = Sorting(name=name, columns=columns, usual=Order(key="hours_validated", descending=True))
        ordered = sorting.sorted(rows, words)
        remember_table(ordered, columns, caption, total)
        st.html(html_table(rows, columns, words, caption, total, sorting))
        show_download(ordered, columns, name=name, caption=caption, scope=scope)


def _columns(words: Words, address: Callable[[Row], str] | None = None) -> tuple[Column, ...]:
    return (
        Column(key="name", of=COMMUNE, address=address),
        # Beside the name of the commune, which has its label.
        Column(key=COMMUNE, of=COMMUNE, label=words.say("Code INSEE"), only_in_file=True),
        Column(key="hours_validated", adds=True, drawn="bar"),
        Column(key="share_ratio", adds=True),
        Column(key="hours_per_1000"),
        Column(key="lots", adds=True),
        Column(key="population", only_in_file=True),
    )


def _address(elsewhere: Sequence[Row]) -> Callable[[Mapping[str, Any]], str]:
    """Where a row of the table leads: to its commune, or back to all when it is the one that is filtered.

    `elsewhere`: rows of hours_by_commune outside the authority; the rows that stand for several of them lead to all of them.
    """
    codes: dict[str, tuple[str, ...]] = {
        "outside": tuple(row[COMMUNE] for row in elsewhere if row["commune_name"]),
        "unknown_code": tuple(row[COMMUNE] for row in elsewhere if row[COMMUNE] and not row["commune_name"]),
        "unlocated": (NONE,),
    }
    current = reading()

    def address(row: Mapping[str, Any]) -> str:
        if COMMUNE not in row:
            return ""  # the total
        chosen = (row[COMMUNE],) if row[COMMUNE] else codes[row.get("place", "unlocated")]
        if not row["hours_validated"] or not chosen:
            return ""
        query = {key: text for key, text in current.address.items() if key != KEYS[FIELD]}
        if current.scope.execution_communes != tuple(sorted(chosen)):
            query[KEYS[FIELD]] = codes_text(chosen)
        elif current.edition is not None:
            return ""
        query |= MEASURE.query(MEASURE.value)
        return f"communes?{urlencode(query, safe=',')}" if query else "communes"

    return address
