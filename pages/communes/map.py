"""The map on its page: which measure it shows, what a click on it does."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from data.words import N_
from pages.communes import sentences
from pages.parts.address_choice import one_of
from pages.parts.blocks import show_notes
from pages.parts.charts import Chart
from pages.parts.commune_chart import Measure
from pages.parts.commune_sentences import MapPlace, Place
from pages.parts.embed import embeddable
from pages.parts.filters.address import set_filter
from pages.parts.plot import show_plot
from pages.parts.read import reading
from queries.answers import HoursByCommuneRow
from queries.scope import Scope

FIELD: Final = "execution_communes"
_MAP: Final = "chart_carte"
# In the address → column, on screen.
MEASURES: Final[dict[str, Measure]] = {"heures": "hours_validated", "habitants": "hours_per_1000"}
_LABELS: Final = {"heures": N_("Heures"), "habitants": N_("Heures pour 1\u202f000 habitants")}
MEASURE: Final = one_of(key="mesure", widget="cap_measure", default="heures", options=tuple(MEASURES))


def everywhere(scope: Scope) -> Scope:
    """The scope without its filter on communes: what the map compares and lets choose among."""
    return replace(scope, execution_communes=None)


def choose_measure() -> Measure:
    """The choice of a measure: hours when the address asks for none, or for one that does not exist."""
    words = reading().words
    st.segmented_control(
        words.say("Mesure"),
        MEASURE.options,
        required=True,
        format_func=lambda measure: words.say(_LABELS[measure]),
        label_visibility="collapsed",
        **MEASURE.bound(),
    )
    return MEASURES[MEASURE.value]


def show_map(chart: Chart, members: Sequence[Place]) -> None:
    """The map. A click on a commune that has hours filters on it; a click on the one that is filtered shows all again."""
    possible = {code for row in members if (code := row["execution_commune"]) and row["hours_validated"]}
    # Its height is the container's, so that a phone's can be lower (style.css) and no blank is left under the map.
    with embeddable("carte", chart.summary), st.container(height=600, border=False, key="cap_map"):
        show_plot(chart, _MAP, "carte", paper_width=500, height="stretch", on_select=lambda: _take_click(possible))


def show_map_notes(members: Sequence[MapPlace], elsewhere: Sequence[HoursByCommuneRow], *, filtered: bool) -> None:
    """What the map counts and how to use it. `elsewhere`: rows of hours_by_commune outside the territory."""
    current = reading()
    show_notes(
        sentences.map_notes(
            members,
            elsewhere,
            filtered=filtered,
            clickable=current.edition is None,
            words=current.words,
        )
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
