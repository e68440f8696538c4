"""A picture whose letters are outlines: as an image in a page it has no fonts but those of the reader's machine."""

import re
import string
import unicodedata
from functools import cache
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

from pages.parts.paper_charts.fonts import BOLD, REGULAR, font_file, printable, text_width

_SVG: Final = "http://www.w3.org/2000/svg"
_TEXT, _DEFS, _GROUP, _USE, _PATH, _STYLE = (
    f"{{{_SVG}}}{name}" for name in ("text", "defs", "g", "use", "path", "style")
)
_PLAIN: Final = re.compile("[\u2460-\u2473\u1d49\u02b3]")
_DARK: Final = "@media (prefers-color-scheme:dark){svg{filter:invert(.92) hue-rotate(180deg)}}"
_TENTHS: Final = re.compile(r"(\.\d)\d(?!\d)")  # of a pixel are enough on a screen: a sixth less to send
_UNITS: Final = 1000  # of the fonts, to the size of their letters


def outlined(svg: str) -> str:
    """The picture without texts: each letter is drawn once, and used wherever it stands.

    Its light and dark are exchanged, its hues kept, where the page around it is dark; paper is light.
    """
    register_namespace("", _SVG)
    root = fromstring(svg)
    letters = Element(_DEFS)
    known: set[str] = set()
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag == _TEXT:
                parent[place] = _drawn(child, letters, known)
    for line in root.iter(_PATH):
        line.set("d", _TENTHS.sub(r"\1", line.attrib["d"]))
    root.insert(0, letters)
    SubElement(root, _STYLE).text = _DARK
    return tostring(root, encoding="unicode")


def know_letters() -> None:
    """Draws the letters of most texts once: the first picture of a server took 0.3 s for them."""
    for weight in (REGULAR, BOLD):
        for sign in string.printable.strip():
            _outline(weight, sign)


def _drawn(text: Element, letters: Element, known: set[str]) -> Element:
    """One text as a group of letters, in units of the font."""
    # Circled numbers, which our font does not have, stand in boxes here: their digits are enough.
    written, size = _PLAIN.sub(_digits, printable(text.text or "")), float(text.attrib["font-size"])
    bold = "font-weight" in text.attrib
    weight = BOLD if bold else REGULAR
    wide = text_width(written, size, bold=bold)
    left = float(text.attrib["x"]) - {"middle": wide / 2, "end": wide}.get(text.attrib.get("text-anchor", ""), 0.0)
    scale = f"{size / _UNITS:g}"
    group = Element(
        _GROUP,
        {"transform": f"translate({left:.1f} {text.attrib['y']}) scale({scale} -{scale})", "fill": text.attrib["fill"]},
    )
    along = 0.0
    for sign in written:
        d = _outline(weight, sign)
        if d:
            name = f"{'b' if bold else 'r'}{ord(sign):x}"
            if name not in known:
                known.add(name)
                letters.append(Element(_PATH, {"id": name, "d": d}))
            group.append(Element(_USE, {"href": f"#{name}", "x": f"{along:.0f}"}))
        along += text_width(sign, _UNITS, bold=bold)
    return group


def _digits(sign: re.Match[str]) -> str:
    return unicodedata.normalize("NFKD", sign[0])


@cache
def _glyphs(weight: int) -> tuple[Any, dict[int, str]]:
    from fontTools.ttLib import TTFont

    font: Any = TTFont(BytesIO(font_file(weight).read_bytes()))
    return font.getGlyphSet(), font.getBestCmap()


@cache
def _outline(weight: int, sign: str) -> str:
    """The path of a letter; empty for a space, and for what the font does not have."""
    from fontTools.pens.svgPathPen import SVGPathPen

    glyphs, names = _glyphs(weight)
    if ord(sign) not in names:
        return ""
    pen: Any = SVGPathPen(glyphs, ntos=lambda value: f"{value:.0f}")
    glyphs[names[ord(sign)]].draw(pen)
    return str(pen.getCommands())
