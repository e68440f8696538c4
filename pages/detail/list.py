"""The list of the detail: a page of it, in its own order or by the column that the reader clicked."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.detail.choice import HOURS, DetailChoice
from pages.detail.columns import codes_in_order, open_columns, screen_columns, usual_order
from pages.detail.sentences import place_text
from pages.parts.paging import first_row, rows_of_a_page, show_pages, show_rows_of_a_page
from pages.parts.read import reading
from pages.parts.sorting import Order, Sorting
from pages.parts.tables import html_table
from queries import answers
from queries.ordered_list import ordered_part


def show_list(choice: DetailChoice, count: int) -> None:
    """The table with its place in the whole list, the way to its other pages. `count`: how many rows the whole has."""
    words = reading().words
    columns = screen_columns(choice.question, choice.columns)
    open_to_reader = open_columns(choice.question)
    sorting = Sorting(
        name=f"detail_{choice.view}",
        columns=tuple(open_to_reader),
        usual=Order(key=usual_order(choice.question)),
        is_cut=True,
    )
    first, order = first_row(count), sorting.chosen
    visible = _rows(choice, order, str(first), str(rows_of_a_page(count)))
    by = "" if order is None else next(column for column in open_to_reader if column.key == order.key).header(words)
    st.html(
        html_table(visible, columns, words, place_text(choice, first, len(visible), count, by, words), sorting=sorting)
    )
    show_pages(count, place=".cap-table")
    show_rows_of_a_page(count)


def _rows(choice: DetailChoice, order: Order | None, first: str, rows: str) -> Sequence[Mapping[str, Any]]:
    access, scope = reading().access, reading().scope
    if order is None:
        part = choice.search, first, rows
        return (
            answers.detail_hours(access, scope, *part)
            if choice.view == HOURS
            else answers.detail_lots(access, scope, *part)
        )
    (column,) = (column for column in open_columns(choice.question) if column.key == order.key)
    return ordered_part(
        choice.question, access, scope, key=order.key, descending=order.descending, codes=codes_in_order(column),
        search=choice.search, first=first, rows=rows,
    )  # fmt: skip
