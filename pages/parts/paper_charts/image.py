"""A chart, or several side by side, as a picture that stands alone: title, sentence, filters, date of the data, source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pages.parts import theme
from pages.parts.charts import Chart
from pages.parts.paper_charts.colours import on_paper
from pages.parts.paper_charts.figure import chart_height, draw_chart
from pages.parts.paper_charts.fonts import text_width, wrapped
from pages.parts.paper_charts.svg import LINE_HEIGHT, add, drawing, write, written

_WIDTH: Final = 800
_COLUMN: Final = 400  # of several charts side by side
_EDGE: Final = 24
_GAP: Final = 24
_TITLE: Final = 20
_SMALL: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a picture says of itself. `mark`: that its figures are invented; `foot`: source, date, filters, a line each."""

    title: str
    sentence: str
    foot: tuple[str, ...]
    mark: str = ""


def image_svg(charts: Sequence[Chart], about: About, *, columns: int = 1) -> str:
    """The picture as SVG, on white, 800 pixels wide or 400 for each chart of those that stand side by side (`columns`)."""
    whole = max(_WIDTH, _COLUMN * columns)
    inner = whole - 2 * _EDGE
    rows = [charts[start : start + columns] for start in range(0, len(charts), columns)]
    width = (inner - (columns - 1) * _GAP) / columns
    heights = [max(chart_height(chart, width) for chart in row) for row in rows]
    title = wrapped(about.title, _TITLE, inner - _marked(about), bold=True)
    sentence = wrapped(about.sentence, theme.FONT_SIZE + 1, inner) if about.sentence else []
    foot = [line for text in about.foot for line in wrapped(text, _SMALL, inner)]
    sizes = ((title, _TITLE), (sentence, theme.FONT_SIZE + 1))
    head = _EDGE + sum(len(lines) * size * LINE_HEIGHT for lines, size in sizes) + 12
    height = head + sum(heights) + 12 * len(rows) + len(foot) * _SMALL * LINE_HEIGHT + _EDGE
    root = drawing(whole, height, about.title, about.sentence)
    add(root, "rect", width=whole, height=height, fill=on_paper(theme.BACKGROUND))
    top = float(_EDGE)
    for (lines, size), bold in zip(sizes, (True, False), strict=True):
        write(root, [(line, bold) for line in lines], _EDGE, top, size, on_paper(theme.TEXT))
        top += len(lines) * size * LINE_HEIGHT
    _mark(root, about, whole)
    top = head
    for row, high in zip(rows, heights, strict=True):
        for number, chart in enumerate(row):
            left = _EDGE + number * (width + _GAP)
            draw_chart(add(root, "g", transform=f"translate({left:g} {top:g})"), chart, width)
        top += high + 12
    write(root, [(line, False) for line in foot], _EDGE, top, _SMALL, on_paper(theme.MUTED))
    return written(root)


def _marked(about: About) -> float:
    return text_width(about.mark, _SMALL, bold=True) + 24 if about.mark else 0.0


def _mark(root: Element, about: About, width: float) -> None:
    """The mark of invented figures, in a frame at the top right."""
    if not about.mark:
        return
    wide = _marked(about) - 8
    left, stroke = width - _EDGE - wide, on_paper(theme.TEXT)
    add(root, "rect", x=left, y=_EDGE, width=wide, height=22, rx=4, fill="none", stroke=stroke, stroke_width=1.5)
    write(
        root, [(about.mark, True)], width - _EDGE - wide / 2, _EDGE + 2.5, _SMALL, on_paper(theme.TEXT), anchor="middle"
    )
