"""Elements of SVG: a tree that escapes what it writes, lines of text with bold parts, patterns."""

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from pages.parts.paper_charts.fonts import FAMILIES, text_width
from pages.parts.plain import Line

LINE_HEIGHT: Final = 1.3


def rounded(value: float) -> str:
    """A coordinate: two digits are a hundredth of a pixel."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def add(parent: Element, name: str, text: str | None = None, **attributes: float | str | None) -> Element:
    """A new element within another; numbers are rounded, `_` in a name is a hyphen, None is left out."""
    written = {
        key.replace("_", "-"): value if isinstance(value, str) else rounded(value)
        for key, value in attributes.items()
        if value is not None
    }
    made = SubElement(parent, name, written)
    made.text = text
    return made


def drawing(width: float, height: float, name: str, summary: str) -> Element:
    """An empty picture with its name and what it shows, for those who do not see it."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {rounded(width)} {rounded(height)}",
            "width": rounded(width), "height": rounded(height), "role": "img", "font-family": FAMILIES,
        },
    )  # fmt: skip
    add(root, "title", name)
    add(root, "desc", summary)
    return root


def written(root: Element) -> str:
    """The picture as text."""
    return tostring(root, encoding="unicode")


def extent(lines: Sequence[Line], size: float) -> tuple[float, float]:
    """Width and height of lines of text."""
    return max(text_width(text, size, bold=bold) for text, bold in lines), len(lines) * size * LINE_HEIGHT


def write(
    parent: Element, lines: Sequence[Line], x: float, top: float, size: float, colour: str, *, anchor: str = "start"
) -> None:
    """Lines of text below each other, the first one's top at `top`. `anchor`: start, middle or end, of each line at x."""
    for number, (text, bold) in enumerate(lines):
        add(
            parent, "text", text, x=x, y=top + size * (LINE_HEIGHT * number + 1), font_size=size, fill=colour,
            text_anchor=None if anchor == "start" else anchor, font_weight="600" if bold else None,
        )  # fmt: skip


def path(points: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
    """The points as a path."""
    drawn = "L".join(f"{rounded(x)} {rounded(y)}" for x, y in points)
    return f"M{drawn}{'Z' if closed else ''}"


def pattern(root: Element, shape: str, size: float, solidity: float, colour: str, background: str | None) -> str:
    """A fill of hatches, crosses or dots, defined once; what a `fill` names."""
    definitions = root.find("defs")
    if definitions is None:
        definitions = add(root, "defs")
    # Pictures may stand together in a page: the name says what it is, so that equal ones are equal.
    name = "-".join(re.sub(r"\W", "", str(part)) for part in ("p", ord(shape), size, solidity, colour, background))
    if definitions.find(f"*[@id='{name}']") is None:
        tile = add(definitions, "pattern", id=name, width=size, height=size, patternUnits="userSpaceOnUse")
        if background is not None:
            add(tile, "rect", width=size, height=size, fill=background)
        if shape == ".":
            add(tile, "circle", cx=size / 2, cy=size / 2, r=size * (solidity / 3.14) ** 0.5, fill=colour)
        else:
            # As wide as Plotly's, so that the share of ink is its solidity.
            width = {"/": solidity * size / 1.41, "x": (1 - (1 - solidity) ** 0.5) * size / 1.41}[shape]
            drawn = "".join(path(line) for line in _diagonals(size, crossed=shape == "x"))
            add(tile, "path", d=drawn, stroke=colour, stroke_width=width, fill="none")
    return f"url(#{name})"


def _diagonals(size: float, *, crossed: bool) -> list[list[tuple[float, float]]]:
    """The rising line of a tile and its two corners, where those of its neighbours end; falling ones too when it is crossed."""
    q = size / 4
    rising = [[(0, size), (size, 0)], [(-q, q), (q, -q)], [(size - q, size + q), (size + q, size - q)]]
    falling = [[(x, size - y) for x, y in line] for line in rising]
    return [*rising, *(falling if crossed else [])]
