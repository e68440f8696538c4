"""The map on its page: which measure it shows, what a click on it does."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from data.words import N_
from pages.communes.charts import Measure
from pages.communes.rows import Place
from pages.parts import theme
from pages.parts.charts import Chart
from pages.parts.filters.address import set_filter
from pages.parts.read import reading
from queries.scope import Scope

FIELD: Final = "execution_communes"
KEY: Final = "mesure"
_CHOICE: Final = "cap_measure"
_MAP: Final = "chart_carte"
# In the address → column, on screen.
MEASURES: Final[dict[str, Measure]] = {"heures": "hours_validated", "habitants": "hours_per_1000"}
_LABELS: Final = {"heures": N_("Heures"), "habitants": N_("Heures pour 1\u202f000 habitants")}
FIRST: Final = "heures"


def everywhere(scope: Scope) -> Scope:
    """The scope without its filter on communes: what the map compares and lets choose among."""
    return replace(scope, execution_communes=None)


def choose_measure() -> Measure:
    """The choice of a measure, which lives in the address."""
    words = reading().words
    # Set from the address at each run, so that Back and a link show what they mean.
    st.session_state[_CHOICE] = asked_measure()
    st.segmented_control(
        words.say("Mesure"),
        tuple(MEASURES),
        required=True,
        format_func=lambda measure: words.say(_LABELS[measure]),
        key=_CHOICE,
        on_change=_write,
        label_visibility="collapsed",
    )
    return MEASURES[asked_measure()]


def asked_measure() -> str:
    """The measure that the address asks for; hours when it asks for none, or for one that does not exist."""
    asked = st.query_params.get(KEY, FIRST)
    return asked if asked in MEASURES else FIRST


def _write() -> None:
    chosen = st.session_state[_CHOICE]
    if chosen == FIRST:
        st.query_params.pop(KEY, None)
    else:
        st.query_params[KEY] = chosen


def show_map(chart: Chart, members: Sequence[Place]) -> None:
    """The map. A click on a commune that has hours filters on it; a click on the one that is filtered shows all again."""
    words = reading().words
    possible = {code for row in members if (code := row["execution_commune"]) and row["hours_validated"]}
    # Its height is the container's, so that a phone's can be lower (style.css) and no blank is left under the map.
    with st.container(height=600, border=False, key="cap_map"):
        st.plotly_chart(
            chart.figure,
            key=_MAP,
            height="stretch",
            config=theme.config(words, "carte"),
            alt=f"{chart.name}. {chart.summary}",
            on_select=lambda: _take_click(possible),
            selection_mode="points",
        )


def _take_click(possible: set[str]) -> None:
    points = st.session_state[_MAP]["selection"]["points"]
    already = reading().scope.execution_communes
    if not points:
        # A second click on the same point, or a double one, undoes the choice.
        set_filter(FIELD, ())
        return
    code = points[0]["customdata"]
    if code in possible:
        set_filter(FIELD, () if already == (code,) else (code,))
