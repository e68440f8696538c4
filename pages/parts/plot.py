"""A chart on its page: a picture from the start, which the interactive chart replaces on a screen, and which is what is printed.

Plotly is 1.2 MB of script: on a first visit the picture is seen with the sentence, and the chart some seconds later in its place, at the
same height. It draws again when a page is printed, and is often not done when the sheet is taken: one chart in three came out blank.
`pages/frame/style.css` shows the one or the other.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

import orjson
import streamlit as st

from pages.parts import theme
from pages.parts.charts import Chart
from pages.parts.drawing import Drawing
from pages.parts.markup import html
from pages.parts.page_content import page_content
from pages.parts.paper_charts.figure import chart_svg
from pages.parts.paper_charts.outlines import outlined
from pages.parts.read import reading

_WIDTH: Final = 760  # pixels of a chart as wide as a sheet
# What an address of data may hold as it is: it is half as long as in base64. A browser would take spaces too; the standard does not.
_SAFE: Final = "=:/;,.-()'"
_KEPT: Final = 256  # pictures at hand, of some 20 kB each


def show_plot(
    chart: Chart,
    key: str,
    file_name: str,
    *,
    alt: str = "",
    paper_width: int = _WIDTH,
    height: Any = "content",
    on_select: Callable[[], None] | None = None,
) -> None:
    """The chart, and its picture for paper.

    `file_name`: of the picture that its own button makes. `alt`: what it shows, for those who do not see it; its name and summary
    without. `paper_width`: in pixels. `on_select`: called when a mark is clicked, before the page runs again.
    """
    current = reading()
    page_content().chart = page_content().chart or chart
    alt = alt or f"{chart.name}. {chart.summary}"
    if current.edition is not None:
        st.html(current.edition.chart(chart, alt))
        return
    # The picture goes first: a browser that has the chart at hand runs Plotly's script before it shows what follows.
    spec = chart.figure.to_dict()
    picture = _drawn(orjson.dumps(spec), chart.name, chart.summary, paper_width)
    st.html(html("parts/templates/paper_chart.html", picture=picture, alt=alt, height=spec["layout"].get("height")))
    config = theme.config(current.words, file_name)
    if on_select is None:
        st.plotly_chart(chart.figure, key=key, config=config, alt=alt, height=height)
    else:
        st.plotly_chart(
            chart.figure, key=key, config=config, alt=alt, height=height, on_select=on_select, selection_mode="points"
        )  # fmt: skip


# A chart is drawn at each run of a page: 5 to 20 ms, where its key takes one.
@lru_cache(maxsize=_KEPT)
def _drawn(spec: bytes, name: str, summary: str, width: int) -> str:
    drawn = outlined(chart_svg(Chart(figure=Drawing.of(orjson.loads(spec)), name=name, summary=summary), width))
    return "data:image/svg+xml," + quote(drawn, safe=_SAFE)
