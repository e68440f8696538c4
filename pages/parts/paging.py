"""A long list, page by page: cut on the server, the page and the number of rows on it kept in the address."""

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from pages.parts.address_choice import PAGE, AddressChoice, one_of
from pages.parts.markup import html
from pages.parts.read import reading
from queries import link

PER_PAGE: Final = 50
ROWS: Final = "par_page"
_SIZES: Final = (PER_PAGE, 200)
_ALL: Final = "tout"
_ALL_AT_MOST: Final = 1_000  # rows at once: more weigh megabytes in the browser, and a file has them


def here(*without: str, **more: str) -> str:
    """The address of this page as the reader has it, from the first page of its list: `without` some keys, with `more` others."""
    kept = {
        key: value
        for key, value in st.query_params.to_dict().items()
        if key not in (*link.ALL_KEYS, "lang", PAGE, *without, *more)
    }
    return f"?{urlencode({**kept, **more, **reading().address}, safe=',')}"


def _choice(rows: int) -> AddressChoice[str]:
    """How many of the rows a page has: all of them only where they are not too many."""
    sizes = tuple(str(size) for size in _SIZES)
    options = (*sizes, _ALL) if rows <= _ALL_AT_MOST else sizes
    return one_of(key=ROWS, widget="_rows_of_a_page", options=options, default=sizes[0])


def rows_of_a_page(rows: int) -> int:
    """How many rows a page of the list has: 50 unless the address asks for more, or for all of a list that is not too long."""
    chosen = _choice(rows).value
    return max(rows, 1) if chosen == _ALL else int(chosen)


def show_rows_of_a_page(rows: int) -> None:
    """The choice of how many rows a page has; nothing where all of them are on the shortest one."""
    if rows <= PER_PAGE:
        return
    words, choice = reading().words, _choice(rows)
    st.segmented_control(
        words.say("Lignes par page"),
        choice.options,
        required=True,
        format_func=lambda size: words.say("Toutes") if size == _ALL else size,
        **choice.bound(),
    )


def first_row(rows: int) -> int:
    """The number, from 0, of the first row on the page that the address asks for; the last page when it asks beyond."""
    text = st.query_params.get(PAGE, "1")
    # Of a number longer than any page has, the digits are not even read: Python refuses thousands of them.
    page = (int(text) if len(text) < 10 else rows) if text.isdecimal() and text != "0" else 1
    return (min(max(page, 1), page_count(rows)) - 1) * rows_of_a_page(rows)


def page_count(rows: int) -> int:
    """How many pages the rows make; one when there are none."""
    return max(1, -(-rows // rows_of_a_page(rows)))


def show_pages(rows: int, *, place: str) -> None:
    """Links to the other pages of a list, when there are several. `place`: the selector of the list, where reading goes on."""
    words, pages, page = reading().words, page_count(rows), first_row(rows) // rows_of_a_page(rows) + 1
    if pages == 1:
        return

    def to_page(number: int, text: str, name: str) -> dict[str, object]:
        address = here() if number == 1 else here(**{PAGE: str(number)})
        return {"address": address, "text": text, "name": name, "current": number == page}

    linked = sorted({1, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    links: list[dict[str, object] | None] = []  # None: pages left out
    if page > 1:
        links.append(to_page(page - 1, words.say("Précédents"), words.say("Lignes précédentes")))
    for before, number in zip([0, *linked], linked, strict=False):
        links += [None] if number > before + 1 else []
        links.append(to_page(number, words.number(number), words.say("Page {n}", n=words.number(number))))
    if page < pages:
        links.append(to_page(page + 1, words.say("Suivants"), words.say("Lignes suivantes")))
    st.html(html("parts/templates/pages.html", name=words.say("Pages de la liste"), place=place, links=links))
