"""A table whose cells have marks beside their figures: a bar, small bars of years, a second line; on a phone a card a row."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import streamlit as st

from data.words import Words
from pages.parts.abbreviations import spelt_out
from pages.parts.embed import embeddable
from pages.parts.markup import html
from pages.parts.page_content import remember_table
from pages.parts.read import reading
from pages.parts.small_bars import Bars
from pages.parts.sorting import Order, Sorting, head
from pages.parts.tables import Cell, Column, Row, cells, show_download


class Mark(NamedTuple):
    """What a cell has beside its text: smaller lines below, its part of the largest of the column as a bar, small bars."""

    second: str = ""
    part: Decimal | None = None
    colour: str = ""
    bars: Bars | None = None


class _Entry(NamedTuple):
    """A cell with its marks. `name`: its header, which a phone shows before it. `kinds`: its classes."""

    name: str
    cell: Cell
    mark: Mark
    second: Sequence[Sequence[tuple[str, str]]]
    part: Decimal | None
    largest: Decimal
    kinds: str


Marks = Mapping[str, Callable[[Row], Mark]]


def show_marked_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    marks: Marks,
    *,
    caption: str,
    name: str,
    total: Row,
    usual: Order | None = None,
    wide: Sequence[str] = (),
    fixed: bool = False,
) -> None:
    """The table, which its headers order, and its file. `fixed`: they do not.

    `marks`: by the key of the column; for the total too. `usual`: the order of its rows when it is not that of the question. `wide`: keys of
    the columns that a phone does not show, nor then the smaller lines; a page of each row has them.
    """
    words = reading().words
    sorting = Sorting(name=name, columns=tuple(column for column in columns if not column.only_on_screen), usual=usual)
    ordered = rows if fixed else sorting.sorted(rows, words)
    remember_table(ordered, columns, caption, total)
    with embeddable(name):
        st.html(marked_table(ordered, columns, words, caption, total, marks, None if fixed else sorting, wide))
    show_download(ordered, columns, name=name, caption=caption)


def marked_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    words: Words,
    caption: str,
    total: Row,
    marks: Marks,
    sorting: Sorting | None,
    wide: Sequence[str] = (),
) -> str:
    """The table of rows in their order, as HTML."""
    columns = [column for column in columns if not column.only_in_file]
    figures = [column for column in columns if not column.only_on_screen]
    headers = [column.header(words) for column in columns]
    largest = {
        key: max((part for row in rows if (part := mark(row).part)), default=Decimal(1)) for key, mark in marks.items()
    }

    def line(row: Row, texts: Sequence[Cell]) -> list[_Entry]:
        text, entries = iter(texts), []
        for column, header in zip(columns, headers, strict=True):
            mark = marks[column.key](row) if column.key in marks else Mark()
            kinds = {"number": column.is_number, "none": not row.get(column.key), "wide": column.key in wide}
            entries.append(
                _Entry(
                    name=header,
                    cell=Cell([], number=False) if column.only_on_screen else next(text),
                    mark=mark,
                    second=[spelt_out(text, words) for text in mark.second.splitlines()],
                    part=None if mark.part is None else max(mark.part, Decimal(0)),
                    largest=largest.get(column.key, Decimal(1)),
                    kinds=" ".join(kind for kind, applies in kinds.items() if applies),
                )
            )
        return entries

    return html(
        "parts/templates/marked_table.html",
        caption=caption,
        brief=bool(wide),
        sort=words.say("Trier par") if sorting else "",
        headers=[
            (
                spelt_out(text, words),
                column.is_number,
                *head(None if column.only_on_screen or len(rows) < 2 else sorting, column),
            )
            for column, text in zip(columns, headers, strict=True)
        ],
        lines=[line(row, texts) for row, texts in zip(rows, cells(rows, figures, words), strict=True)],
        total=line(total, cells([total], figures, words, partial=True)[0]),
    )
