"""What a page leaves beside its HTML: its charts, drawn without a browser, and the files of its tables."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lxml import etree

from data.words import Words
from pages.parts.charts import Chart
from pages.parts.drawing import Drawing
from pages.parts.markup import already_html, html
from pages.parts.paper_charts.colours import theme_colours
from pages.parts.paper_charts.figure import chart_svg
from pages.parts.paper_charts.fonts import text_width

NARROW: Final = 340  # pixels of a chart on a phone
_LEAST_SHRUNK: Final = 460  # pixels: beyond, its texts would be too small on a phone
_HEIGHT: Final = 600  # pixels of a map, at most
_TEXT: Final = "{http://www.w3.org/2000/svg}text"


@dataclass(slots=True, kw_only=True)
class PageFile:
    """One page being written: an Edition (pages/parts/edition.py).

    `led`: where a link of a server leads from here, empty where it has no file (pages/public/links.py).
    `folder`: of its files, made with the first of them. `beside`: that folder in an address from the page. `web`: the page's address on
    the web, empty where it is not known. `prefix`: what the name of every file begins with.
    """

    words: Words
    led: Callable[[str], str]
    folder: Path
    beside: str
    web: str = ""
    prefix: str = ""
    charts: list[tuple[Chart, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def chart(self, chart: Chart, alt: str) -> str:
        """The place where a chart will be drawn, once its width is known."""
        self.charts.append((chart, alt))
        return html("public/chart_place.html", number=len(self.charts) - 1)

    def drawn(self, number: int, width: float) -> dict[str, Any]:
        """A chart in its width and in that of a phone, for the template of elements."""
        chart, alt = self.charts[number]
        wide = max(width, NARROW)
        return {
            "width": round(wide),
            "wide": in_page(_drawn(chart, alt, wide), f"w{number}", "wide"),
            "narrow": in_page(_narrow(chart, alt), f"n{number}", "narrow"),
        }

    def files(self, name: str, label: str, made: Mapping[str, Callable[[], bytes]]) -> str:
        """The files of a table in the formats of the edition, and the links to them with their sizes."""
        words = self.words
        formats = (
            (".xlsx", "XLSX"),
            (".csv" if words.lang == "fr" else "_international.csv", "CSV"),
            (".parquet", "Parquet"),
        )
        name = self._own_name(name)
        links = []
        self.folder.mkdir(parents=True, exist_ok=True)
        for ending, format in formats:
            held = made[ending]()
            file = f"{self.prefix}{name}.{format.lower()}"
            (self.folder / file).write_bytes(held)
            size = words.say("{n} ko", n=words.number(max(1, round(len(held) / 1000))))
            links.append((f"{self.beside}/{file}", format, size))
        return html("public/files.html", text=words.say("Télécharger"), label=label, links=links)

    def address(self) -> str:
        """Where the page will stand on the web."""
        return self.web

    def _own_name(self, name: str) -> str:
        """The name, with a number where the page has it already."""
        own, number = name, 1
        while own in self.names:
            number += 1
            own = f"{name}_{number}"
        self.names.add(own)
        return own


def _narrow(chart: Chart, alt: str) -> str:
    """The chart as wide as a phone; wider, then scaled down, where the right edge would cut a text."""
    svg = _drawn(chart, alt, NARROW)
    texts = (text for text in etree.fromstring(svg).iter(_TEXT) if "text-anchor" not in text.attrib)
    ends = [
        float(text.attrib["x"])
        + text_width(text.text or "", float(text.attrib["font-size"]), bold="font-weight" in text.attrib)
        for text in texts
    ]
    end = math.ceil(max(ends, default=0))
    return svg if end <= NARROW else _drawn(chart, alt, min(end, _LEAST_SHRUNK))


def _drawn(chart: Chart, alt: str, width: float) -> str:
    """The chart as SVG. A figure without a height takes that of its container on a server: here that of a square at most."""
    spec = chart.figure.to_dict()
    height = spec["layout"].get("height") or min(_HEIGHT, width)
    figure = Drawing.of({**spec, "layout": {**spec["layout"], "height": height}})
    return chart_svg(Chart(figure=figure, name=alt, summary=""), width)


def in_page(svg: str, mark: str, kind: str) -> str:
    """A picture of ours within a page: its colours those of the page's theme, its ids its own, its size that of its place."""
    colours = {colour: f"var(--cap-chart-{number})" for number, colour in enumerate(theme_colours("light").values())}
    root = etree.fromstring(svg)
    for element in root.iter("*"):
        for name, value in element.items():
            if name == "id":
                element.set(name, f"{mark}-{value}")
            else:
                element.set(name, colours.get(value, value.replace("url(#", f"url(#{mark}-")))
    root.set("class", kind)
    return already_html(etree.tostring(root, encoding="unicode"))


def colour_variables() -> list[tuple[str, str, str]]:
    """The variables that `in_page` names: each with its colour in the light and in the dark theme."""
    light, dark = theme_colours("light"), theme_colours("dark")
    return [(f"--cap-chart-{number}", light[name], dark[name]) for number, name in enumerate(light)]
