"""A piece of HTML of our templates, read and changed as elements and never as text."""

from collections.abc import Callable
from typing import Any, Final

from lxml.html import fragment_fromstring, tostring

from pages.parts.markup import already_html

# How a server opens a link.
_OF_A_SERVER: Final = ("target", "data-stay", "data-place")


def read(html: str) -> Any:
    """The elements of the piece, within one of our own."""
    return fragment_fromstring(html, create_parent="div")


def written(piece: Any) -> tuple[str, list[str]]:
    """The text that the piece begins with, and its elements as HTML, each with the text that follows it."""
    return piece.text or "", [already_html(tostring(element, encoding="unicode")) for element in piece]


def style_sheets(piece: Any) -> list[str]:
    """The style sheets of the piece."""
    return [str(style.text) for style in piece.iter("style")]


def chart_number(piece: Any) -> int | None:
    """Which chart has its place here."""
    place = piece.find(".//*[@data-chart]")
    return None if place is None else int(place.get("data-chart"))


def answer(piece: Any) -> str:
    """The sentence that answers the question of the page; empty where it is in another piece."""
    return "".join(str(paragraph.text_content()) for paragraph in piece.find_class("cap-answer")[:1])


def lead_links(piece: Any, led: Callable[[str], str]) -> None:
    """Gives each link the address that `led` makes of its own. Where that is empty its text stays, but for a paragraph that only leads there."""
    for link in piece.xpath(".//a[@href]"):
        address = led(link.get("href"))
        if address:
            link.set("href", address)
            for name in _OF_A_SERVER:
                link.attrib.pop(name, None)
        elif _is_all_of_a_paragraph(link):
            link.getparent().drop_tree()
        else:
            link.drop_tag()


def _is_all_of_a_paragraph(link: Any) -> bool:
    around = link.getparent()
    return around.tag == "p" and len(around) == 1 and not (around.text or "").strip() and not (link.tail or "").strip()
