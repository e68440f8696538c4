"""Traces as elements: bars with their texts, areas, lines, markers."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

from pages.parts import theme
from pages.parts.drawing import Spec
from pages.parts.paper_charts.axis import as_number
from pages.parts.paper_charts.colours import on_paper
from pages.parts.paper_charts.frame import Frame, bar_width, is_seen, visible_pairs
from pages.parts.paper_charts.svg import add, path, pattern, write
from pages.parts.plain import chart_lines

Point = tuple[float, float]
DASHES: Final = {"dash": "9 6", "dot": "2.5 2.5", "dashdot": "9 4 2.5 4", "longdash": "15 5"}
_FILLED: Final = 0.5  # of the line's colour, where an area names none: as Plotly has it
# Symbols with corners, each as parts of the radius from the middle.
_CORNERS: Final = {
    "diamond": ((-1.3, 0.0), (0.0, -1.3), (1.3, 0.0), (0.0, 1.3)),
    "square": ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)),
    "triangle-up": ((-1.2, 1.0), (0.0, -1.3), (1.2, 1.0)),
}


def draw_traces(root: Element, spec: Spec, framed: Frame) -> None:
    """All traces: areas and bars first, as Plotly has it, then lines and markers."""
    before: list[Point] = []
    stacked: defaultdict[tuple[float, bool], float] = defaultdict(float)
    seen = [trace for trace in spec["data"] if trace["type"] == "scatter" and is_seen(trace)]
    pairs = [visible_pairs(trace, framed) for trace in seen]
    for trace, points in zip(seen, pairs, strict=True):
        _area(root, trace, points, before, framed)
        before = [point for point in points if point is not None]
    for trace in spec["data"]:
        if trace["type"] == "bar":
            _bars(root, trace, spec["layout"], framed, stacked)
    for trace, points in zip(seen, pairs, strict=True):
        _line(root, trace, points)
        _markers(root, trace, points)


def _at(value: Any, number: int) -> Any:
    """What a property that is one for all, or one for each, has for a mark."""
    return value[number] if isinstance(value, list) else value


def _area(root: Element, trace: Spec, points: Sequence[Point | None], before: Sequence[Point], framed: Frame) -> None:
    kind = trace.get("fill")
    if kind is None or not any(points):
        return
    drawn = [stroke for stroke in _strokes(points) if len(stroke) > 1]
    if trace.get("line", {}).get("shape") == "hv":
        drawn = [_stepped(stroke) for stroke in drawn]
    if kind == "toself":
        outlines = drawn
    elif kind == "tonexty" and before:
        outlines = [[*stroke, *reversed(before)] for stroke in drawn]
    else:
        zero = min(max(framed.y.at(0), framed.top), framed.bottom)
        outlines = [[*stroke, (stroke[-1][0], zero), (stroke[0][0], zero)] for stroke in drawn]
    fill, opacity = _area_fill(root, trace)
    d = "".join(path(outline, closed=True) for outline in outlines)
    if d:
        add(root, "path", d=d, fill=fill, fill_opacity=opacity, fill_rule="evenodd" if kind == "toself" else None)


def _area_fill(root: Element, trace: Spec) -> tuple[str, float | None]:
    hatched = trace.get("fillpattern", {})
    if hatched.get("shape"):
        return _pattern(root, hatched, theme.VALIDATED, hatched.get("bgcolor")), None
    if "fillcolor" in trace:
        return on_paper(trace["fillcolor"]), None
    return on_paper(trace["line"]["color"]), _FILLED


def _pattern(root: Element, spec: Spec, colour: str, background: str | None) -> str:
    foreground = on_paper(spec.get("fgcolor", colour))
    size, solidity = float(spec.get("size", 8)), float(spec.get("solidity", 0.3))
    return pattern(
        root, spec["shape"], size, solidity, foreground, None if background is None else on_paper(background)
    )


def _strokes(points: Sequence[Point | None]) -> list[list[Point]]:
    """The points between gaps."""
    strokes: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            strokes.append([])
        else:
            strokes[-1].append(point)
    return [stroke for stroke in strokes if stroke]


def _stepped(stroke: Sequence[Point]) -> list[Point]:
    """Level to the next point, then straight to its height."""
    steps = [stroke[0]]
    for (_, level), (x, y) in pairwise(stroke):
        steps += [(x, level), (x, y)]
    return steps


def _line(root: Element, trace: Spec, points: Sequence[Point | None]) -> None:
    line = trace.get("line", {})
    if "lines" not in trace.get("mode", "") or not line.get("width", 2):
        return
    strokes = [stroke for stroke in _strokes(points) if len(stroke) > 1]
    drawn = [_stepped(stroke) for stroke in strokes] if line.get("shape") == "hv" else strokes
    if drawn:
        add(
            root, "path", d="".join(map(path, drawn)), fill="none", stroke=on_paper(line["color"]),
            stroke_width=float(line.get("width", 2)), stroke_dasharray=DASHES.get(line.get("dash", "solid")),
            stroke_linejoin="round",
        )  # fmt: skip


def _markers(root: Element, trace: Spec, points: Sequence[Point | None]) -> None:
    if "markers" not in trace.get("mode", ""):
        return
    marker = trace.get("marker", {})
    outline = marker.get("line", {})
    texts = trace.get("text") if "text" in trace.get("mode", "") else None
    colour = on_paper(marker.get("color") or trace.get("line", {}).get("color", theme.VALIDATED))
    stroke = on_paper(outline["color"]) if "color" in outline else None
    for number, point in enumerate(points):
        if point is None:
            continue
        _symbol(
            root,
            marker.get("symbol", "circle"),
            point,
            float(marker.get("size", 6)) / 2,
            colour,
            stroke,
            outline.get("width"),
        )
        if texts:
            size = float(trace["textfont"]["size"])
            lines = chart_lines(_at(texts, number))
            write(
                root,
                lines,
                point[0],
                point[1] - size * 0.65,
                size,
                on_paper(trace["textfont"]["color"]),
                anchor="middle",
            )


def _symbol(
    root: Element, symbol: str, point: Point, radius: float, colour: str, stroke: str | None, width: float | None
) -> None:
    x, y = point
    if symbol == "circle":
        add(root, "circle", cx=x, cy=y, r=radius, fill=colour, stroke=stroke, stroke_width=width)
        return
    if symbol in _CORNERS:
        corners = path([(x + right * radius, y + down * radius) for right, down in _CORNERS[symbol]], closed=True)
        add(root, "path", d=corners, fill=colour, stroke=stroke, stroke_width=width)
        return
    # A cross: thin ones have the colour of their outline.
    thin = symbol == "x-thin"
    arms = [[(x - radius, y - radius), (x + radius, y + radius)], [(x - radius, y + radius), (x + radius, y - radius)]]
    add(
        root, "path", d="".join(map(path, arms)), fill="none", stroke=stroke if thin else colour,
        stroke_width=width if thin else radius * 0.8,
    )  # fmt: skip


def _bars(
    root: Element, trace: Spec, layout: Spec, framed: Frame, stacked: defaultdict[tuple[float, bool], float]
) -> None:
    level = trace.get("orientation") == "h"
    along, across = ("y", "x") if level else ("x", "y")
    along_axis, across_axis = getattr(framed, along), getattr(framed, across)
    thick = abs(along_axis.at(bar_width(trace, layout)) - along_axis.at(0))
    for number, (where, amount) in enumerate(zip(trace[along], trace[across], strict=True)):
        middle, size = along_axis.place(where), as_number(amount)
        if middle is None or size is None:
            continue
        base = float(_at(trace.get("base", 0.0), number))
        if layout.get("barmode") in ("stack", "relative"):
            key = (middle, size < 0)
            base, stacked[key] = stacked[key], stacked[key] + size
        near, far = across_axis.at(base), across_axis.at(base + size)
        box = (
            (near, middle - thick / 2, far, middle + thick / 2)
            if level
            else (middle - thick / 2, near, middle + thick / 2, far)
        )
        if size:
            fill_mark(root, trace, number, box)
        if trace.get("text"):
            _bar_text(root, trace, number, box, level=level)


def draw_sample(root: Element, trace: Spec, start: Point, end: Point) -> None:
    """A stretch of a line with its dash and its mark in the middle: what a legend shows of it."""
    _line(root, trace, [start, end])
    _markers(
        root,
        {**trace, "mode": trace["mode"].replace("+text", "")},
        [((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)],
    )


def fill_mark(root: Element, trace: Spec, number: int, box: tuple[float, float, float, float]) -> None:
    """A rectangle with the colour, or the pattern, of a trace's mark: of a bar, or in the legend."""
    marker: Spec = trace.get("marker", {})
    colour: str = _at(marker.get("color", theme.VALIDATED), number)
    hatched: Spec = marker.get("pattern", {})
    shape = _at(hatched.get("shape", ""), number)
    fill = on_paper(colour)
    if shape:
        overlay = hatched.get("fillmode") == "overlay"
        fill = _pattern(root, {**hatched, "shape": shape}, colour, colour if overlay else hatched.get("bgcolor"))
    x, y = min(box[0], box[2]), min(box[1], box[3])
    add(root, "rect", x=x, y=y, width=abs(box[2] - box[0]), height=abs(box[3] - box[1]), fill=fill)


def _bar_text(root: Element, trace: Spec, number: int, box: tuple[float, float, float, float], *, level: bool) -> None:
    lines = chart_lines(str(trace["text"][number]))
    inside = _at(trace.get("textposition", "inside"), number) == "inside"
    size = float(trace.get("textfont", {}).get("size", theme.FONT_SIZE))
    font: Spec = trace.get("textfont", {})
    if inside and "insidetextfont" in trace:
        font = trace["insidetextfont"]
    colour, high = on_paper(font.get("color", theme.TEXT)), size * 1.3 * len(lines)
    if level:
        write(
            root,
            lines,
            box[2] + (-4 if inside else 4),
            (box[1] + box[3] - high) / 2,
            size,
            colour,
            anchor="end" if inside else "start",
        )
    else:
        top = box[3] + 2 if inside else box[3] - high - 1
        write(root, lines, (box[0] + box[2]) / 2, top, size, colour, anchor="middle")
