"""The charts of a built table under their heading, side by side on a screen and one below the other on a phone."""

import streamlit as st

from pages.build_table.charts import Drawn
from pages.build_table.layout import Layout
from pages.parts.blocks import show_chart, show_notes
from pages.parts.image_downloads import show_images
from pages.parts.plot import show_plot

_PANEL = 388  # pixels; three of them and their gaps fill the page
_SMALL = 328


def show_table_chart(drawn: Drawn, layout: Layout) -> None:
    """The charts, what they draw and what they leave to the table; nothing when there is nothing to draw."""
    words = layout.words
    if not drawn.charts:
        return
    measure = layout.names.header(layout.definition.measures[0])
    st.header(words.say("En graphique"), anchor=False)
    notes = [words.say("Barres\u00a0: {measure}.", measure=measure)]
    if len(drawn.charts) > 1:
        notes.append(words.say("Une même échelle pour tous."))
    if drawn.left_out:
        notes.append(
            words.say_count(
                "{n} élément de moindre importance n’est que dans le tableau.",
                "{n} éléments de moindre importance ne sont que dans le tableau.",
                drawn.left_out,
            )
        )
    if len(drawn.charts) == 1 and not drawn.small:
        show_chart(drawn.charts[0], "tableau")
    else:
        place = st.container(horizontal=True, gap="medium" if drawn.small else "small")
        for number, chart in enumerate(drawn.charts, start=1):
            with place.container(width=_SMALL if drawn.small else _PANEL):
                alt = f"{layout.caption}, {chart.name} ({number}/{len(drawn.charts)})"
                width = _SMALL if drawn.small else _PANEL
                show_plot(chart, f"chart_tableau_{number}", f"tableau_{number}", alt=alt, paper_width=width)
        show_images(drawn.charts, "tableau", title=layout.caption, sentence=notes[0], columns=3 if drawn.small else 2)
    show_notes(notes)
