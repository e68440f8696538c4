"""A chart on its page: interactive on a screen, and as a picture where it is printed.

Plotly draws anew when a page is printed, and is often not done when the sheet is taken: one chart in three came out blank. The picture
is there from the start, in the light theme, and takes no room on a screen.
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
from pages.parts.paper_charts.figure import chart_svg
from pages.parts.paper_charts.outlines import outlined
from pages.parts.read import reading

_WIDTH: Final = 760  # pixels of a chart as wide as a sheet
# What a browser takes as it is within an address of data: it is half as long as in base64.
_SAFE: Final = " =:/;,.-()'"
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
    config = theme.config(reading().words, file_name)
    alt = alt or f"{chart.name}. {chart.summary}"
    if on_select is None:
        st.plotly_chart(chart.figure, key=key, config=config, alt=alt, height=height)
    else:
        st.plotly_chart(
            chart.figure, key=key, config=config, alt=alt, height=height, on_select=on_select, selection_mode="points"
        )  # fmt: skip
    picture = _drawn(orjson.dumps(chart.figure.to_dict()), chart.name, chart.summary, paper_width)
    st.html(html("parts/templates/paper_chart.html", picture=picture, alt=alt))


# A chart is drawn at each run of a page: 5 to 20 ms, where its key takes one.
@lru_cache(maxsize=_KEPT)
def _drawn(spec: bytes, name: str, summary: str, width: int) -> str:
    drawn = outlined(chart_svg(Chart(figure=Drawing.of(orjson.loads(spec)), name=name, summary=summary), width))
    return "data:image/svg+xml," + quote(drawn, safe=_SAFE)
