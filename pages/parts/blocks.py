"""The blocks a page is made of: the question and its answer, key figures, a chart with its sentence and table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from pages.parts.abbreviations import spelt_out
from pages.parts.charts import Chart
from pages.parts.embed import embeddable
from pages.parts.image_downloads import show_images
from pages.parts.markup import html
from pages.parts.page_content import page_content
from pages.parts.plot import show_plot
from pages.parts.read import ask_question, reading

_PAPER: Final = 760  # pixels of a chart where it is printed
_SMALL: Final = 328  # of one of several small ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A key figure: what it is, its value, a note below; `term` and `note_term` are their entries on the definitions page."""

    label: str
    value: str
    note: str = ""
    term: str = ""
    note_term: str = ""


def show_question(question: str, answer: str) -> None:
    """The page's title, a question, and the sentence that answers it."""
    ask_question(question, answer)
    st.title(question, anchor=False)
    show_paragraph("cap-answer", answer)


def page_address(path: str, **more: str) -> str:
    """The address of a page of the menu, with the reader's language and filters kept; `more` goes before them, and in the place of its own."""
    query = {**more, **reading().address, **more}
    return f"{path or '.'}?{urlencode(query)}" if query else path or "."


def show_figures(figures: Sequence[Figure]) -> None:
    """Key figures side by side; names and notes lead to their definition."""
    words = reading().words
    page_content().figures = page_content().figures or tuple(figures)
    written = [
        (
            figure.value,
            (spelt_out(figure.label, words), _definition(figure.term)),
            (spelt_out(figure.note, words), _definition(figure.note_term)),
        )
        for figure in figures
    ]
    st.html(html("parts/templates/figures.html", figures=written))


def _definition(term: str) -> str:
    """The address of a definition; empty without one."""
    return page_address("definitions", terme=term) if term else ""


def show_chart(chart: Chart, key: str, *, heading: str = "", notes: Sequence[str] = (), image: bool = True) -> None:
    """A chart under its heading and its sentence; notes say what is counted, what is not, and what the marks are.

    `image`: whether it has a control for its picture; of small charts, all have one together.
    """
    if heading:
        st.header(heading, anchor=False)
        show_paragraph("cap-summary", chart.summary)
    if page_content().chart is None:
        page_content().notes = tuple(notes)
    with embeddable(key, chart.summary):
        show_plot(chart, f"chart_{key}", key, paper_width=_PAPER if image else _SMALL)
    show_notes(notes)
    if image:
        show_images([chart], key)


def show_notes(notes: Sequence[str]) -> None:
    """Small print below a chart or a table."""
    if notes:
        show_paragraph("cap-notes", *notes)


def show_paragraph(kind: str, *lines: str) -> None:
    """Lines of text in a class of our style sheet: `cap-answer`, `cap-summary`, `cap-notes`."""
    words = reading().words
    pieces = [spelt_out(line, words) for line in lines]
    st.html(html("parts/templates/paragraph.html", kind=kind, lines=pieces))
