"""Pictures of figures: where marks stand, computed by hand; every chart of the pages; PNG and fonts."""

import datetime as dt
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
import streamlit as st

from data.demo import write_demo
from data.publish import publish
from pages.parts import theme
from pages.parts.charts import Chart
from pages.parts.drawing import Drawing, bar, scatter
from pages.parts.paper_charts.figure import chart_svg
from pages.parts.paper_charts.fonts import text_width, wrapped
from pages.parts.paper_charts.image import About, image_svg
from pages.parts.paper_charts.outlines import outlined
from pages.parts.paper_charts.png import png_of
from tests.extracts import TODAY
from tests.pages.conftest import Shown

BLUE, PALE = "#1f4e8c", "#9db8dc"


def figure(**layout: Any) -> Drawing:
    """100 pixels high, no margin, no axis in sight: values stand where a ruler puts them."""
    drawn = Drawing()
    drawn.update_layout(height=100, margin={"l": 0, "r": 0, "t": 0, "b": 0}, bargap=0.0, **layout)
    drawn.update_xaxes(visible=False)
    drawn.update_yaxes(visible=False, range=[0, 10])
    return drawn


def picture(drawn: Drawing, width: float = 200) -> Element:
    return fromstring(chart_svg(Chart(figure=drawn, name="Nom <1>", summary="Phrase & suite"), width))


def found(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if element.tag.endswith(f"}}{name}")]


def boxes(root: Element) -> list[tuple[float, ...]]:
    return [tuple(float(one.attrib[key]) for key in ("x", "y", "width", "height")) for one in found(root, "rect")]


def test_bars_stand_on_zero_and_on_each_other() -> None:
    drawn = figure(barmode="stack")
    drawn.add_trace(bar(x=[2019, 2020], y=[5, 10], marker={"color": theme.VALIDATED}))
    drawn.add_trace(bar(x=[2019, 2020], y=[2, -1], marker={"color": theme.PENDING}))
    root = picture(drawn)
    # Two years in 200 pixels, ten hours in 100. What is negative goes down from zero, not from the bar above it.
    assert boxes(root) == [(0, 50, 100, 50), (100, 0, 100, 100), (0, 30, 100, 20), (100, 100, 100, 10)]
    assert [one.attrib["fill"] for one in found(root, "rect")] == [BLUE, BLUE, PALE, PALE]


def test_bars_may_stand_on_feet_of_their_own() -> None:
    drawn = figure()
    drawn.update_yaxes(range=[100, 0])
    drawn.add_trace(bar(x=[2019, 2020], y=[-10, -40], base=[50, 90], marker={"color": theme.VALIDATED}))
    # From 50 up to 40, and from 90 up to 50, on an axis that goes down.
    assert boxes(picture(drawn)) == [(0, 40, 100, 10), (100, 50, 100, 40)]


def test_level_bars_have_their_text_at_their_end() -> None:
    drawn = figure()
    drawn.update_xaxes(range=[0, 20])
    drawn.add_trace(bar(x=[5], y=[5], width=2, orientation="h", text=["5 h <b>"], textposition="outside"))
    root = picture(drawn)
    assert boxes(root) == [(0, 40, 50, 20)]
    (text,) = found(root, "text")
    assert (text.attrib["x"], text.text) == ("54", "5 h ")


def test_a_hatch_is_a_pattern_of_its_own() -> None:
    drawn = figure()
    pattern = {"shape": ["", "/"], "fgcolor": theme.BACKGROUND, "fillmode": "overlay", "size": 5, "solidity": 0.25}
    drawn.add_trace(
        bar(
            x=[1, 2, 3], y=[1, 1, 1], marker={"color": theme.VALIDATED, "pattern": {**pattern, "shape": ["", "/", "/"]}}
        )
    )
    root = picture(drawn)
    (hatch,) = found(root, "pattern")
    assert [one.attrib["fill"] for one in found(root, "rect")][-3:] == [BLUE, *[f"url(#{hatch.attrib['id']})"] * 2]
    assert [one.attrib["fill"] for one in found(hatch, "rect")] == [BLUE]


def test_a_legend_shows_of_each_line_its_dash_and_its_mark() -> None:
    drawn = figure(showlegend=True, legend={"y": 1.1})
    marks = {"solid": "circle", "dash": "square", "dot": "diamond", "dashdot": "triangle-up", "longdash": "x"}
    for dash, symbol in marks.items():
        drawn.add_trace(
            scatter(
                x=[2019, 2020], y=[1, 2], mode="lines+markers", name=dash, line={"color": BLUE, "dash": dash, "width": 2},
                marker={"symbol": symbol, "color": BLUE},
            )
        )  # fmt: skip
    root = picture(drawn, 800)
    dashes = [one.attrib.get("stroke-dasharray") for one in found(root, "path") if one.attrib.get("stroke-linejoin")]
    # Each line once in the legend, once in the chart, and no two alike.
    assert sorted(map(str, dashes)) == sorted(map(str, 2 * list(dict.fromkeys(dashes))))
    assert len(set(dashes)) == len(marks)
    assert len(found(root, "circle")) == 1 + 2
    filled = [one.attrib["d"].count("L") for one in found(root, "path") if one.attrib.get("fill") == BLUE]
    # Squares and diamonds have four corners, triangles three: one of each in the legend, two in the chart.
    assert sorted(filled) == 3 * [2] + 6 * [3]


def test_an_area_closes_on_zero_or_on_the_line_before() -> None:
    drawn = figure()
    days = [dt.date(2020, 1, 1), dt.date(2020, 1, 3)]
    line = {"color": theme.VALIDATED, "width": 2, "dash": "dash"}
    drawn.add_trace(
        scatter(
            x=days, y=[0, 5], mode="lines", fill="tozeroy", fillcolor=theme.GRID, line={"width": 0, "color": theme.GRID}
        )
    )
    drawn.add_trace(scatter(x=days, y=[5, 10], mode="lines", fill="tonexty", line=line))
    root = picture(drawn)
    first, second, drawn_line = (path.attrib for path in found(root, "path"))
    assert first["d"] == "M0 100L200 50L200 100L0 100Z"
    assert second["d"] == "M0 50L200 0L200 50L0 100Z"
    assert (second["fill"], second["fill-opacity"]) == (BLUE, "0.5")
    assert (drawn_line["d"], drawn_line["stroke-dasharray"]) == ("M0 50L200 0", "9 6")


def test_a_gap_parts_lines_and_steps_are_level_first() -> None:
    drawn = figure()
    line = {"color": "#2f6fb5", "width": 1, "shape": "hv"}
    drawn.add_trace(scatter(x=[0, 1, None, 2, 4], y=[0, 5, None, 5, 10], mode="lines", line=line))
    (path,) = found(picture(drawn), "path")
    assert path.attrib["d"] == "M0 100L50 100L50 50M100 50L200 50L200 0"


def test_a_text_is_escaped_bold_and_kept_inside() -> None:
    drawn = figure()
    drawn.update_xaxes(range=[0, 10])
    drawn.add_annotation(x=10, y=5, text="<b>A &amp; B</b><br>fin", xanchor="left", yanchor="bottom", showarrow=False)
    root = picture(drawn)
    bold, plain = found(root, "text")
    assert (bold.text, bold.attrib.get("font-weight"), plain.text, plain.attrib.get("font-weight")) == (
        "A & B",
        "600",
        "fin",
        None,
    )
    assert float(bold.attrib["x"]) == pytest.approx(200 - text_width("A & B", 13, bold=True), abs=0.01)
    assert [element.text for element in root[:2]] == ["Nom <1>", "Phrase & suite"]


def test_names_of_an_axis_take_the_room_that_they_need() -> None:
    drawn = figure()
    drawn.update_yaxes(visible=True, tickvals=[0, 10], ticktext=["0", "1 million"])
    drawn.add_trace(bar(x=[1], y=[10], marker={"color": theme.VALIDATED}))
    ((left, _, width, _),) = boxes(picture(drawn))
    assert left == pytest.approx(text_width("1 million", 13) + 5, abs=0.01)
    assert left + width == pytest.approx(200, abs=0.01)


def test_a_picture_says_what_it_is() -> None:
    drawn = figure()
    drawn.add_trace(bar(x=[1], y=[10]))
    about = About(title="Titre", sentence="Une phrase.", foot=("Filtres : aucun", "Source : moi"), mark="Démonstration")
    root = fromstring(image_svg([Chart(figure=drawn, name="n", summary="s")] * 3, about, columns=3))
    assert [text.text for text in found(root, "text")] == [
        "Titre",
        "Une phrase.",
        "Démonstration",
        "Filtres : aucun",
        "Source : moi",
    ]
    assert root.attrib["width"] == "1200"


def test_png_has_two_pixels_for_one_and_our_font() -> None:
    drawn = figure()
    drawn.add_annotation(x=0, xref="paper", y=5, text="mmmm", xanchor="left", showarrow=False)
    made = png_of(chart_svg(Chart(figure=drawn, name="n", summary="s"), 200))
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (400, 200)


def test_letters_are_outlines_where_a_page_shows_the_picture() -> None:
    drawn = figure()
    drawn.add_annotation(x=0.5, xref="paper", y=5, text="aba ①", showarrow=False)
    root = fromstring(outlined(chart_svg(Chart(figure=drawn, name="n", summary="s"), 200)))
    assert found(root, "text") == []
    # Three letters drawn once, four uses: the circled number is its digit, a space is nothing.
    assert [one.attrib["id"] for one in found(root, "path") if "id" in one.attrib] == ["r61", "r62", "r31"]
    assert [one.attrib["href"] for one in found(root, "use")] == ["#r61", "#r62", "#r61", "#r31"]


def test_lines_are_wrapped_at_spaces_alone() -> None:
    assert wrapped("un deux trois", 10, text_width("un deux", 10)) == ["un deux", "trois"]
    assert wrapped("1\u202f000\u00a0h de travail", 10, 1) == ["1\u202f000\u00a0h", "de", "travail"]


@pytest.mark.slow
def test_every_chart_of_the_pages_is_drawn(shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration: no chart has a mark, a line or a text at no place, and all names of its axes are there."""
    write_demo(tmp_path / "demo", entries=4000)
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    publish(sorted((tmp_path / "demo").glob("*.parquet")), accept_anomalies=True, today=TODAY)
    drawn: list[Drawing] = []
    monkeypatch.setattr(st, "plotly_chart", lambda figure, **_: drawn.append(figure))
    for page in ("milestones", "years", "clauses", "clients", "communes", "lots", "considerations"):
        shown(f"{page}/page.py")
    shown("participants/profile.py")
    shown("participants/exits.py")
    shown("clients/page.py", client="ROUEN")
    assert len(drawn) > 20
    for one in drawn:
        text = chart_svg(Chart(figure=one, name="n", summary="s"), 500)
        places = [value for element in fromstring(text).iter() for value in element.attrib.values()]
        assert not any("nan" in value or "inf" in value for value in places)
        texts = {element.text for element in found(fromstring(text), "text")}
        layout = one.to_dict()["layout"]
        if layout["xaxis"].get("visible", True):
            names = layout["xaxis"].get("ticktext", [])
            assert texts & set(names), names
