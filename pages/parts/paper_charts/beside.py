"""What stands beside the marks: shapes, texts at a place, the legend."""

from typing import Any, Final
from xml.etree.ElementTree import Element

from pages.parts import theme
from pages.parts.drawing import Spec
from pages.parts.paper_charts.colours import on_paper
from pages.parts.paper_charts.fonts import text_width
from pages.parts.paper_charts.frame import Frame
from pages.parts.paper_charts.marks import DASHES, draw_sample, fill_mark
from pages.parts.paper_charts.svg import add, extent, path, write
from pages.parts.plain import chart_lines

_SWATCH: Final = 14
_STRETCH: Final = 30  # of a line
_LEGEND_LINE: Final = 22


def draw_shapes(root: Element, spec: Spec, framed: Frame, *, below: bool) -> None:
    """The lines and rectangles below the traces, or above them."""
    for shape in spec["layout"].get("shapes", []):
        if (shape.get("layer") == "below") is not below:
            continue
        x0, x1 = (_x(framed, shape[end], shape.get("xref", "x")) for end in ("x0", "x1"))
        y0, y1 = (_y(framed, shape[end], shape.get("yref", "y")) for end in ("y0", "y1"))
        line = shape.get("line", {})
        stroke, width = on_paper(line.get("color", theme.TEXT)), float(line.get("width", 1))
        if shape["type"] == "rect":
            fill = on_paper(shape.get("fillcolor", "none"))
            add(
                root, "rect", x=min(x0, x1), y=min(y0, y1), width=abs(x1 - x0), height=abs(y1 - y0), fill=fill, stroke=stroke,
                stroke_width=width,
            )  # fmt: skip
        else:
            add(
                root, "path", d=path([(x0, y0), (x1, y1)]), stroke=stroke, stroke_width=width,
                stroke_dasharray=DASHES.get(line.get("dash", "solid")),
            )  # fmt: skip


def _x(framed: Frame, value: Any, ref: str) -> float:
    if ref in ("paper", "x domain"):
        return framed.x.part(float(value))
    return framed.x.place(value) or 0.0


def _y(framed: Frame, value: Any, ref: str) -> float:
    if ref in ("paper", "y domain"):
        return framed.y.part(float(value))
    return framed.y.place(value) or 0.0


def draw_texts(root: Element, spec: Spec, framed: Frame) -> None:
    """Texts at a place; one that would leave the picture is moved back into it."""
    for text in spec["layout"].get("annotations", []):
        font = {"size": theme.FONT_SIZE, "color": theme.TEXT, **text.get("font", {})}
        lines = chart_lines(text["text"])
        wide, high = extent(lines, font["size"])
        x = _x(framed, text.get("x", 0.5), text.get("xref", "x")) + text.get("xshift", 0)
        y = _y(framed, text.get("y", 0.5), text.get("yref", "y")) - text.get("yshift", 0)
        left = {"left": x, "right": x - wide}.get(text.get("xanchor", "center"), x - wide / 2)
        top = {"top": y, "bottom": y - high}.get(text.get("yanchor", "middle"), y - high / 2)
        left = min(max(left, 0), max(framed.width - wide, 0))
        if "bgcolor" in text:
            add(root, "rect", x=left, y=top, width=wide, height=high, fill=on_paper(text["bgcolor"]))
        start, anchor = (left + wide, "end") if text.get("align") == "right" else (left, "start")
        write(root, lines, start, top, font["size"], on_paper(font["color"]), anchor=anchor)


def legend_height(spec: Spec, width: float) -> float:
    """How much room the legend takes; 0 without one."""
    return _legend_lines(spec, width)[1] if spec["layout"].get("showlegend") else 0.0


def _legend_lines(spec: Spec, width: float) -> tuple[list[tuple[Spec, float, float]], float]:
    """Each entry with its place within the legend, and the height of all."""
    entries = [trace for trace in spec["data"] if trace.get("showlegend", True) and trace.get("name")]
    left, top = 0.0, _LEGEND_LINE if "title" in spec["layout"]["legend"] else 0.0
    placed = []
    for trace in entries:
        wide = _sample_width(trace) + 6 + text_width(trace["name"], theme.FONT_SIZE) + 16
        if left and left + wide > width:
            left, top = 0.0, top + _LEGEND_LINE
        placed.append((trace, left, top))
        left += wide
    return placed, top + _LEGEND_LINE


def _is_line(trace: Spec) -> bool:
    return "lines" in trace.get("mode", "") and not trace.get("fill")


def _sample_width(trace: Spec) -> float:
    return _STRETCH if _is_line(trace) else _SWATCH


def draw_legend(root: Element, spec: Spec, top: float, width: float) -> None:
    """A swatch, or a stretch of the line, and a name for each trace, from left to right."""
    if not spec["layout"].get("showlegend"):
        return
    legend = spec["layout"]["legend"]
    if "title" in legend:
        write(root, chart_lines(legend["title"]["text"]), 0, top, theme.FONT_SIZE, on_paper(theme.TEXT))
    for trace, left, down in _legend_lines(spec, width)[0]:
        outline = trace.get("marker", {}).get("line")
        if _is_line(trace):
            middle = top + down + 3 + _SWATCH / 2
            draw_sample(root, trace, (left, middle), (left + _STRETCH, middle))
        else:
            fill_mark(root, trace, 0, (left, top + down + 3, left + _SWATCH, top + down + 3 + _SWATCH))
        if outline and not _is_line(trace):
            add(
                root, "rect", x=left, y=top + down + 3, width=_SWATCH, height=_SWATCH, fill="none",
                stroke=on_paper(outline["color"]), stroke_width=float(outline["width"]),
            )  # fmt: skip
        write(
            root,
            [(trace["name"], False)],
            left + _sample_width(trace) + 6,
            top + down + 1.5,
            theme.FONT_SIZE,
            on_paper(theme.TEXT),
        )
