"""Where a figure is drawn: the rectangle within its margins, its two axes, their ticks and grid lines."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from xml.etree.ElementTree import Element

from pages.parts import theme
from pages.parts.drawing import Spec
from pages.parts.paper_charts.axis import Axis, as_number, axis
from pages.parts.paper_charts.colours import on_paper
from pages.parts.paper_charts.fonts import text_width
from pages.parts.paper_charts.svg import add, write

_TICK: Final = 4
_GAP: Final = 3
_BETWEEN: Final = 6  # of two names along the horizontal axis, at least
_LINE: Final = 18  # of names below or above an axis
_HEIGHT: Final = 600  # of a figure that takes its container's


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The rectangle and the axes. `y` grows upwards, from the bottom of the rectangle to its top."""

    x: Axis
    y: Axis
    width: float
    height: float

    @property
    def left(self) -> float:
        """The rectangle's left side."""
        return self.x.start

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x.end

    @property
    def top(self) -> float:
        """Its top."""
        return self.y.end

    @property
    def bottom(self) -> float:
        """Its bottom."""
        return self.y.start


def bar_width(trace: Spec, layout: Spec) -> float:
    """How thick the bars of a trace are, in units of their axis."""
    if "width" in trace:
        return float(trace["width"])
    along = trace["y" if trace.get("orientation") == "h" else "x"]
    places = sorted({number for value in along if (number := _position(value)) is not None})
    least = min((after - before for before, after in itertools.pairwise(places)), default=1.0)
    return float(least * (1 - layout.get("bargap", 0.2)))


def _position(value: Any) -> float | None:
    try:
        return as_number(value)
    except ValueError:
        return None


def frame(spec: Spec, width: float) -> Frame:
    """The frame of a figure at a width. Names of the vertical axis take the room that they need, as Plotly's automargin does."""
    layout, height = spec["layout"], float(spec["layout"].get("height", _HEIGHT))
    margin = {"l": 8, "r": 8, "t": 28, "b": 8, **layout.get("margin", {})}
    x_spec, y_spec = layout.get("xaxis", {}), layout.get("yaxis", {})
    xs, ys, half = _values(spec)
    above, below = float(margin["t"]), float(margin["b"])
    if x_spec.get("visible", True) is not False and x_spec.get("side") != "top":
        below += _TICK + _LINE
    y = axis(y_spec, ys, height - below, above)
    named = max((text_width(name, theme.FONT_SIZE) for _, name in y.ticks()), default=0.0)
    left = max(float(margin["l"]), named + _GAP + 2) if named else float(margin["l"])
    x = axis(x_spec, xs, left, width - margin["r"], margin=half)
    return _kept_in_shape(Frame(x=x, y=y, width=width, height=height))


def _values(spec: Spec) -> tuple[list[Any], list[Any], float]:
    """All values along both axes, those of marks and shapes, and half a bar's width."""
    layout = spec["layout"]
    xs: list[Any] = []
    ys: list[Any] = []
    half = 0.0
    for trace in spec["data"]:
        if not is_seen(trace):
            continue
        xs += [value for value in trace["x"] if value is not None]
        ys += [value for value in trace["y"] if value is not None]
        if trace["type"] == "bar" and trace.get("orientation") != "h" and any(x is not None for x in trace["x"]):
            half = max(half, bar_width(trace, layout) / 2 / (1 - layout.get("bargap", 0.2)))
    for shape in layout.get("shapes", []):
        if shape.get("xref", "x") == "x":
            xs += [shape["x0"], shape["x1"]]
    return xs, ys, half


def _kept_in_shape(framed: Frame) -> Frame:
    """The frame with one scale for both axes where the figure asks for it: a map, from the top."""
    if framed.y.spec.get("scaleanchor") != "x":
        return framed
    scale = min(
        (framed.right - framed.left) / (framed.x.high - framed.x.low),
        (framed.bottom - framed.top) / (framed.y.high - framed.y.low),
    )
    wide, high = scale * (framed.x.high - framed.x.low), scale * (framed.y.high - framed.y.low)
    start = (framed.left + framed.right - wide) / 2
    return replace(
        framed,
        x=replace(framed.x, start=start, end=start + wide),
        y=replace(framed.y, start=framed.top + high, end=framed.top),
    )


def draw_axes(root: Element, framed: Frame) -> None:
    """Grid lines, ticks and their names."""
    muted = on_paper(theme.MUTED)
    for along, lines in ((framed.y, _level), (framed.x, _upright)):
        if along.is_visible and along.spec.get("showgrid"):
            grid = on_paper(along.spec.get("gridcolor", theme.GRID))
            for place, _ in along.ticks():
                add(root, "path", d=lines(framed, place), stroke=grid, stroke_width=1)
    for place, name in framed.y.ticks():
        write(
            root,
            [(name, False)],
            framed.left - _GAP,
            place - theme.FONT_SIZE * 0.65,
            theme.FONT_SIZE,
            muted,
            anchor="end",
        )
    on_top = framed.x.spec.get("side") == "top"
    for place, name in _apart(framed.x):
        if on_top:
            write(root, [(name, False)], place, framed.top - _LINE, theme.FONT_SIZE, muted, anchor="middle")
            continue
        if framed.x.spec.get("ticks"):
            add(root, "path", d=f"M{place:.2f} {framed.bottom:.2f}v{_TICK}", stroke=muted, stroke_width=1)
        half = text_width(name, theme.FONT_SIZE) / 2
        inside = min(max(place, half), framed.width - half)
        write(root, [(name, False)], inside, framed.bottom + _TICK, theme.FONT_SIZE, muted, anchor="middle")


def _apart(along: Axis) -> list[tuple[float, str]]:
    """The ticks of the horizontal axis, the last one and as many others as their names do not touch: every second, third …"""
    ticks = along.ticks()
    for step in range(1, len(ticks)):
        kept = ticks[::-1][::step][::-1]
        wide = [text_width(name, theme.FONT_SIZE) for _, name in kept]
        rooms = itertools.pairwise(zip(kept, wide, strict=True))
        if all(after[0] - before[0] >= (left + right) / 2 + _BETWEEN for (before, left), (after, right) in rooms):
            return kept
    return ticks[-1:]


def _level(framed: Frame, place: float) -> str:
    return f"M{framed.left:.2f} {place:.2f}H{framed.right:.2f}"


def _upright(framed: Frame, place: float) -> str:
    return f"M{place:.2f} {framed.bottom:.2f}V{framed.top:.2f}"


def is_seen(trace: Spec) -> bool:
    """Whether a trace is drawn: what answers a pointer on a map is not."""
    return trace.get("opacity") != 0


def visible_pairs(trace: Spec, framed: Frame) -> Sequence[tuple[float, float] | None]:
    """The points of a trace in pixels; None at a gap."""
    places = zip(framed.x.places(trace["x"]), framed.y.places(trace["y"]), strict=True)
    return [None if x is None or y is None else (x, y) for x, y in places]
