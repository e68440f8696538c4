"""What a click on a clause category does, and the choice of what counts in the total."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from pages.parts.filters.address import set_uncounted
from pages.parts.read import reading
from queries.filters import FILTERS

FIELD: Final = "clause_categories"
_KEY: Final = FILTERS[FIELD].key


def clause_address(row: Mapping[str, Any]) -> str:
    """Where a row of the table leads: to its category, or back to all when it is the one that is filtered."""
    if "clause_category" not in row:
        return ""  # the total
    if _is_picked(row["clause_category"]) and reading().edition is not None:
        return ""
    query = {key: text for key, text in reading().address.items() if key != _KEY}
    if not _is_picked(row["clause_category"]):
        query[_KEY] = row["clause_category"]
    return f"clauses?{urlencode(query, safe=',')}" if query else "clauses"


def _is_picked(code: str) -> bool:
    return reading().scope.clause_categories == (code,)


def show_counting_choice() -> None:
    """The button that adds the lots kept out of the total to every page, or takes them away again."""
    words, included = reading().words, reading().scope.include_uncounted
    label = words.say("Retirer les lots hors du total") if included else words.say("Ajouter les lots hors du total")
    st.button(label, key="cap_counting", on_click=set_uncounted, args=(not included,))
