"""Tables: the same columns make the table on screen and the file that leaves.

Small tables are semantic HTML: they are read aloud, printed and copied as they are, and speak the product's language
rather than the browser's.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import streamlit as st

from data.words import Words
from pages.parts.abbreviations import spelt_out
from pages.parts.downloads import Rows, show_downloads
from pages.parts.embed import embeddable, is_embedded
from pages.parts.markup import html
from pages.parts.page_content import remember_table
from pages.parts.plain import text_lang
from pages.parts.read import reading
from pages.parts.sorting import Order, Sorting, head
from pages.parts.table_column import FRENCH_TEXTS, Column, Row, of_question
from queries.scope import Scope
from queries.secrecy.cells import is_hidden

__all__ = ["Cell", "Column", "Row", "cells", "html_table", "of_question", "show_download", "show_table"]

_LONG = 40  # rows; a longer table scrolls in its own frame, under its header
_MANY = 12  # rows; of a longer table their number is written


class Cell(NamedTuple):
    """A cell: its text in pieces, each with the full name where it is an abbreviation, whether it is a number, where it leads,
    whether it heads its row, its language where that is not the page’s.
    """

    pieces: Sequence[tuple[str, str]]
    number: bool
    address: str = ""
    head: bool = False
    lang: str = ""


def html_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    words: Words,
    caption: str,
    total: Row | None = None,
    sorting: Sorting | None = None,
) -> str:
    """The table as HTML; the first column heads its rows. A total is set apart; it may lack the columns that do not add up.

    `sorting`: its headers are then links that order the rows.
    """
    columns = [column for column in columns if not column.only_in_file]
    ordered = rows if sorting is None else sorting.sorted(rows, words)
    is_cut = bool(sorting and sorting.is_cut)
    links, counted = sorting if len(rows) > 1 or is_cut else None, sorting is not None and not is_cut
    return html(
        "parts/templates/table.html",
        caption=caption,
        count=words.say_count("{n} ligne", "{n} lignes", len(rows)) if len(rows) > _MANY and counted else "",
        long=len(rows) > _LONG,
        headers=[
            (spelt_out(column.header(words), words), column.is_number, *head(links, column)) for column in columns
        ],
        rows=cells(ordered, columns, words),
        total=None if total is None else cells([total], columns, words, partial=True)[0],
    )


def cells(rows: Iterable[Row], columns: Sequence[Column], words: Words, *, partial: bool = False) -> list[list[Cell]]:
    """The cells of rows; `partial`: totals, which may lack the columns that do not add up."""
    written = [
        (column, column.is_number, column.writer(words), n == 0, text_lang(words) if column.key in FRENCH_TEXTS else "")
        for n, column in enumerate(columns)
    ]
    nothing, hidden = [(words.say("Total"), "")], words.say("secret statistique")

    def pieces(row: Row, key: str, text: str, as_it_is: bool) -> Sequence[tuple[str, str]]:
        if is_hidden(row, key):
            return [(text, hidden)]
        return [(text, "")] if as_it_is else spelt_out(text, words)

    return [
        [
            Cell(nothing if head else [], number, head=head)
            if partial and column.key not in row
            else Cell(
                pieces(row, column.key, write(row), number or bool(lang)), number, column.leads_to(row), head, lang
            )
            for column, number, write, head, lang in written
        ]
        for row in rows
    ]


def show_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    caption: str,
    name: str,
    total: Row | None = None,
    folded: bool = True,
    opener: str = "",
    filtered: bool = True,
    scope: Scope | None = None,
    usual: Order | None = None,
) -> None:
    """The table and its download, folded under an opener when it stands beside a chart: "Voir le tableau" unless named.

    `usual`: the order of its rows when it is not that of the question. `scope`: the filters that the rows have, where they are not all of the reader’s.
    """
    words = reading().words
    sorting = Sorting(name=name, columns=tuple(columns), usual=usual)
    ordered = sorting.sorted(rows, words)
    remember_table(ordered, columns, caption, total)
    # A link to an order shows it.
    unfolded = sorting.chosen is not None or is_embedded(name)
    place = st.expander(opener or words.say("Voir le tableau"), expanded=unfolded) if folded else st.container()
    with place:
        with embeddable(name):
            st.html(html_table(rows, columns, words, caption, total, sorting))
        show_download(ordered, columns, name=name, filtered=filtered, scope=scope, caption=caption)


def show_download(
    rows: Rows,
    columns: Sequence[Column],
    *,
    name: str,
    label: str | None = None,
    caption: str = "",
    filtered: bool = True,
    scope: Scope | None = None,
    count: int | None = None,
) -> None:
    """The control that makes the file of a table, in any format; see `show_downloads`.

    `rows`: them, or what makes or streams them on the click when there are thousands. `caption`: what the table is called.
    """
    words = reading().words
    show_downloads(
        rows,
        lambda: [column.exported(words) for column in columns if not column.only_on_screen],
        title=caption or label or "",
        name=name,
        label=label
        or (words.named(words.say("Télécharger"), caption) if caption else words.say("Télécharger le tableau")),
        filtered=filtered,
        scope=scope,
        count=count,
    )
