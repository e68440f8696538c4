"""A long list, page by page: cut on the server, the page kept in the address."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from pages.parts.markup import html
from pages.parts.read import reading

PAGE: Final = "page"
PER_PAGE: Final = 50


def first_shown(rows: int) -> int:
    """The number, from 0, of the first row on the page that the address asks for; the last page when it asks beyond."""
    asked = st.query_params.get(PAGE, "1")
    # Of a number longer than any page has, the digits are not even read: Python refuses thousands of them.
    page = (int(asked) if len(asked) < 10 else rows) if asked.isdecimal() and asked != "0" else 1
    return (min(max(page, 1), page_count(rows)) - 1) * PER_PAGE


def page_count(rows: int) -> int:
    """How many pages the rows make; one when there are none."""
    return max(1, -(-rows // PER_PAGE))


def show_pages(rows: int, address: Callable[[int], str], *, place: str) -> None:
    """Links to the other pages of a list, when there are several.

    `address`: that of a page by its number, from 1; `place`: the selector of the list, where reading goes on.
    """
    words, pages, page = reading().words, page_count(rows), first_shown(rows) // PER_PAGE + 1
    if pages == 1:
        return

    def link(number: int, text: str, name: str) -> dict[str, object]:
        return {"address": address(number), "text": text, "name": name, "current": number == page}

    shown = sorted({1, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    links: list[dict[str, object] | None] = []  # none: pages left out
    if page > 1:
        links.append(link(page - 1, words.say("Précédents"), words.say("Lignes précédentes")))
    for before, number in zip([0, *shown], shown, strict=False):
        links += [None] if number > before + 1 else []
        links.append(link(number, words.number(number), words.say("Page {n}", n=words.number(number))))
    if page < pages:
        links.append(link(page + 1, words.say("Suivants"), words.say("Lignes suivantes")))
    st.html(html("parts/templates/pages.html", name=words.say("Pages de la liste"), place=place, links=links))
