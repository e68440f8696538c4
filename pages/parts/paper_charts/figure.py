"""A figure as a picture: its axes, its marks, what stands beside them."""

from xml.etree.ElementTree import Element

from pages.parts.charts import Chart
from pages.parts.drawing import Spec
from pages.parts.paper_charts.beside import draw_legend, draw_shapes, draw_texts, legend_height
from pages.parts.paper_charts.frame import draw_axes, frame
from pages.parts.paper_charts.marks import draw_traces
from pages.parts.paper_charts.svg import add, drawing, written


def chart_svg(chart: Chart, width: float) -> str:
    """The chart as an SVG of that width in pixels, as high as it is on screen."""
    height = chart_height(chart, width)
    root = drawing(width, height, chart.name, chart.summary)
    draw_chart(root, chart, width)
    return written(root)


def chart_height(chart: Chart, width: float) -> float:
    """How high a chart is at a width: that of the figure, and of a legend that is not within it."""
    spec = chart.figure.to_dict()
    return frame(spec, width).height + (legend_height(spec, width) if _legend_is_above(spec) else 0.0)


def _legend_is_above(spec: Spec) -> bool:
    return bool(spec["layout"].get("showlegend")) and spec["layout"]["legend"].get("y", 0) >= 1


def draw_chart(place: Element, chart: Chart, width: float) -> None:
    """The chart within an element, with the patterns that it needs."""
    spec = chart.figure.to_dict()
    framed = frame(spec, width)
    if _legend_is_above(spec):
        draw_legend(place, spec, 0, width)
        place = add(place, "g", transform=f"translate(0 {legend_height(spec, width):g})")
    draw_shapes(place, spec, framed, below=True)
    draw_axes(place, framed)
    draw_traces(place, spec, framed)
    draw_shapes(place, spec, framed, below=False)
    draw_texts(place, spec, framed)
    if spec["layout"].get("showlegend") and not _legend_is_above(spec):
        draw_legend(place, spec, framed.bottom + 4, width)
