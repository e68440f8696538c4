"""The sheet of any page: what it shows first, as the reader has it before him."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pages.parts.charts import Chart
from pages.parts.drawing import Drawing
from pages.parts.page_content import ContentTable, PageContent
from pages.parts.read import Reading
from pages.reports.about import document, filters_line
from pages.reports.document import Block, Document, Figures, Heading, Picture, Sentences, Table, table_of
from pages.reports.pdf import on_one_page
from pages.reports.widths import fitting
from queries.rights.trace import Surface

_TALLEST: Final = (
    450  # pixels: a chart with a line for each of many values would be pressed together; the table has them
)
_SIZES: Final = ((320, 12), (250, 12), (190, 12), (190, 5))  # pixels of the chart, lines of the table


def page_sheet(current: Reading, content: PageContent, address: str) -> bytes:
    """The sheet as PDF. `address`: of the view, empty where none is known."""
    made = on_one_page(page_document(current, content, address, height=height, lines=lines) for height, lines in _SIZES)
    current.access.trace(f"sheet_{current.path or 'first_page'}", current.scope, 1, surface=Surface.EXPORT)
    return made


def page_document(current: Reading, content: PageContent, address: str, *, height: int, lines: int) -> Document:
    """Question, answer, figures, chart, first lines of the table, notes, filters."""
    words = current.words
    blocks: list[Block] = [Heading(text=content.question), Sentences(lines=(content.answer,), kind="lead")]
    if content.figures:
        blocks.append(Figures(figures=content.figures))
    notes: list[str] = []
    if content.chart is not None and (_height(content.chart) or 0) <= _TALLEST:
        blocks.append(Picture(charts=(_of_height(content.chart, height),), caption=content.chart.name))
        notes += [content.chart.summary, *content.notes]
    if content.table is not None:
        blocks.append(_table(content.table, lines, current))
    notes += [filters_line(current.access, current.scope, words), *filter(None, [current.idle])]
    blocks.append(Sentences(lines=tuple(_once(notes, content.answer)), kind="notes"))
    return document(current.access, current.scope, words, content.question, blocks, address=address)


def _once(notes: Sequence[str], answer: str) -> list[str]:
    """Each note once, and none that is the answer."""
    return [note for note in dict.fromkeys(notes) if note != answer]


def _of_height(chart: Chart, height: int) -> Chart:
    """The chart for a sheet. That of the page stays as it is."""
    spec: dict[str, Any] = chart.figure.to_dict()
    layout = {**spec["layout"], "height": height}
    if "title" in layout.get("legend", {}):
        # Above the picture the sheet says what it is.
        layout["legend"] = {name: value for name, value in layout["legend"].items() if name != "title"}
    return replace(chart, figure=Drawing.of({**spec, "layout": layout}))


def _height(chart: Chart) -> float | None:
    """Pixels; None for one that fills its place."""
    height: float | None = chart.figure.to_dict()["layout"].get("height")
    return height


def _table(table: ContentTable, lines: int, current: Reading) -> Table:
    """The first lines and the columns that a sheet is wide enough for; the total only below all lines."""
    words, rows = current.words, table.rows[:lines]
    if len(rows) == table.count:
        return fitting(table_of(rows, table.columns, words, table.caption, table.total))
    caption = words.say(
        "{caption} ({n} premières lignes sur {all})", caption=table.caption, n=len(rows), all=table.count
    )
    return fitting(table_of(rows, table.columns, words, caption))
