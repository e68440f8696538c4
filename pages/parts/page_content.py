"""The content of the page in this run: its question and answer, its first figures, chart and table. Sheets and frames are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

if TYPE_CHECKING:
    from pages.parts.blocks import Figure
    from pages.parts.charts import Chart
    from pages.parts.tables import Column

CONTENT: Final = "_page_content"
LINES: Final = 12  # of the table that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentTable:
    """The first lines of a table. `count`: how many it has; `total`: its last line."""

    rows: tuple[Any, ...]
    columns: tuple["Column", ...]
    caption: str
    count: int
    total: Any | None = None


@dataclass(slots=True, kw_only=True)
class PageContent:
    """The content of a page. `notes`: the chart's notes. `has_framed`: whether one of its blocks stands alone in another site's frame."""

    question: str = ""
    answer: str = ""
    figures: tuple["Figure", ...] = ()
    chart: "Chart | None" = None
    notes: tuple[str, ...] = ()
    table: ContentTable | None = None
    has_framed: bool = False


def page_content() -> PageContent:
    """Of this run: more is in it as the page goes on."""
    content: PageContent = st.session_state[CONTENT]
    return content


def remember_chart(chart: "Chart") -> None:
    """Keeps the chart that sheets of this page have, where the page itself has its marks in a table."""
    page_content().chart = chart


def remember_table(
    rows: Sequence[Any], columns: Sequence["Column"], caption: str, total: Any | None = None, count: int | None = None
) -> None:
    """Keeps the first table of a page. `count`: of its lines, where `rows` are the first of them."""
    if page_content().table is None and rows:
        page_content().table = ContentTable(
            rows=tuple(rows[:LINES]),
            columns=tuple(column for column in columns if not (column.only_in_file or column.only_on_screen)),
            caption=caption,
            count=len(rows) if count is None else count,
            total=total,
        )
