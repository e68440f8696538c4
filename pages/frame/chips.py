"""The filters one by one, each with the link that takes it off; on paper the sentence stands in their place."""

from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from pages.parts.filters.names import Names
from pages.parts.filters.sentence import filters_text, sure_period_text
from pages.parts.markup import html
from pages.parts.read import reading
from queries import link
from queries.filters import FILTERS
from queries.scope import Scope

_AT_MOST: Final = 10  # chips; the form has the others


def show_chips(scope: Scope, names: Names, idle: str) -> None:
    """Chips of the filters that the address has, those of the reader's rights without a link; then `idle`, what changes nothing here."""
    words = names.words
    limits: dict[str, Any] = dict(reading().access.rights.limits)
    fixed = filters_text(Scope(**limits), names) if limits else ""
    parts = _parts(scope, names)
    if not parts and not fixed:
        return
    chips = [(text, words.say("Ôter le filtre\u00a0: {filter}", filter=text), _address(less)) for text, less in parts]
    more = words.say_count("et {n} autre", "et {n} autres", len(chips) - _AT_MOST) if len(chips) > _AT_MOST else ""
    name = words.say("Filtres en cours")
    st.html(html("frame/chips.html", name=name, fixed=fixed, chips=chips[:_AT_MOST], more=more, idle=idle))


def _parts(scope: Scope, names: Names) -> list[tuple[str, Scope]]:
    """Each filter in words, each value of its own, with the scope that is left without it."""
    years = scope.without_years()
    parts = [(sure_period_text(scope, names), years)] if scope != years else []
    for field in FILTERS:
        values = getattr(scope, field)
        for value in values or ((None,) if values == () else ()):
            rest = tuple(other for other in values if other != value) or None
            single = () if value is None else (value,)
            less: dict[str, Any] = {field: rest}
            parts.append((filters_text(_only(**{field: single}), names), replace(scope, **less)))
    if scope.include_uncounted:
        parts.append((filters_text(_only(include_uncounted=True), names), replace(scope, include_uncounted=False)))
    return parts


def _only(**filters: Any) -> Scope:
    return Scope(**filters)


def _address(scope: Scope) -> str:
    """The page on screen under another scope, with all else that its address has."""
    current = reading()
    own = {key: value for key, value in st.query_params.to_dict().items() if key not in link.ALL_KEYS}
    query = link.to_query(scope, uncounted_by_default=current.settings.counting.include_uncounted)
    return f"?{urlencode({**own, **query}, safe=',')}"
