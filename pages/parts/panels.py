"""A chart in several panels: side by side on a screen, one below the other on a phone."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.parts.blocks import show_notes, show_paragraph
from pages.parts.charts import Chart
from pages.parts.embed import embeddable
from pages.parts.image_downloads import show_images
from pages.parts.plot import show_plot

_WIDTH = 388  # pixels; three of them and their gaps fill the page


def show_panels(
    charts: Sequence[Chart],
    key: str,
    *,
    heading: str = "",
    notes: Sequence[str] = (),
    on_pick: Callable[[Any], None],
) -> None:
    """The panels under their heading and the sentence that they share, then the notes.

    `on_pick`: called with the customdata of a mark that is clicked, before the page runs again.
    """
    if heading:
        st.header(heading, anchor=False)
    show_paragraph("cap-summary", charts[0].summary)
    with embeddable(key, charts[0].summary):
        place = st.container(horizontal=True, gap="small")
        for number, chart in enumerate(charts, start=1):
            name = f"chart_{key}_{number}"
            with place.container(width=_WIDTH if len(charts) > 1 else "stretch"):
                alt = f"{chart.name} ({number}/{len(charts)}). {chart.summary}"
                width = _WIDTH if len(charts) > 1 else 2 * _WIDTH
                show_plot(chart, name, f"{key}_{number}", alt=alt, paper_width=width, on_select=_picked(name, on_pick))
    show_notes(notes)
    show_images(charts, key, columns=len(charts))


def _picked(name: str, on_pick: Callable[[Any], None]) -> Callable[[], None]:
    def pick() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            on_pick(points[0]["customdata"])

    return pick
