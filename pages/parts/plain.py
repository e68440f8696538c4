"""Names as they are written, where they would be read as markup: Streamlit takes labels for Markdown, Plotly for HTML.

Tables and sentences are our own HTML, from templates that escape (pages/parts/markup.py). The few tags that Plotly knows are written here.
"""

import re
from html import escape, unescape
from typing import Final

from data.words import Words

# Every sign that Markdown, Streamlit's colours and icons or TeX may begin with; a list or a rule only at the beginning.
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()#!|<>~$:^=&])|(?<=^)([-+])|(?<=^\d)([.)])|(?<=^\d\d)([.)])")
# Read as links, icons, arrows and dashes after Markdown's own escapes are gone: what begins them is parted by a character that
# is not seen.
_AFTERWARDS: Final = re.compile(r"(?i)(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)|(?<=material)(?=/)|(?<=[-<>~])(?=[->=])")
Line = tuple[str, bool]  # of a text of Plotly, and whether it is bold
_WORD_JOINER: Final = "\u2060"


def as_text(text: str) -> str:
    """A name for a title, a button or a message of Streamlit."""
    parted = _AFTERWARDS.sub(_WORD_JOINER, " ".join(text.split()))
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", parted)


def in_chart(text: str) -> str:
    """A name for a text of Plotly: what the mouse shows, an annotation, a tick."""
    return escape(text, quote=False)


def bold_in_chart(first: str, *others: str) -> str:
    """A text of Plotly in several lines, the first of them bold; escaped."""
    return "<br>".join([f"<b>{in_chart(first)}</b>", *map(in_chart, others)])


def chart_lines(text: str) -> list[Line]:
    """A text of Plotly in lines: its breaks, and its bold parts, which are whole lines here."""
    lines = re.split(r"<br\s*/?>", text)
    return [(unescape(re.sub(r"<[^>]+>", "", line)), "<b>" in line) for line in lines]


def hover(*fields: str) -> str:
    """What a pointer reads over a mark: fields of its trace, a line each (`hovertext`, `customdata`, `x`), and no name of the trace beside."""
    return "<br>".join(f"%{{{field}}}" for field in fields) + "<extra></extra>"


def text_lang(words: Words) -> str:
    """The language to mark on a text of the data, which is French; empty where the page is French too."""
    return "" if words.lang == "fr" else "fr"
