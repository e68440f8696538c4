"""The answer to a reader's query: page by page on the screen, in its own order or by a column; all that the limit lets out in the file."""

import datetime as dt
import math
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from data.words import Words, folded
from pages.parts.blocks import show_notes
from pages.parts.markup import html
from pages.parts.paging import first_row, rows_of_a_page, show_pages, show_rows_of_a_page
from pages.parts.read import reading
from pages.parts.sorting import Sorting
from pages.parts.tables import Column, html_table, show_download
from pages.sql.run import Run, last_run
from queries.errors import QueryError
from queries.sandbox.refusals import SqlError
from queries.sandbox.sandbox import LIMITS


def show_run(run: Run) -> None:
    """The answer, the reason why there is none, or that it is still coming."""
    if not run.is_over:
        _show_waiting()
    elif run.fault is not None:
        raise run.fault
    elif run.refused is not None:
        st.html(refused_html(run.refused, reading().words))
    else:
        _show_answer(run)


def refused_html(refused: QueryError, words: Words) -> str:
    """The cause of a refusal, its line, and DuckDB's own message where it adds something."""
    message = refused.text(words)
    where = refused if isinstance(refused, SqlError) else None
    return html(
        "sql/refused.html",
        message=message[:1].upper() + message[1:],
        line=words.say("Ligne {line}", line=words.number(where.line)) if where and where.excerpt else "",
        excerpt=where.excerpt if where else "",
        cause=where.original if where else "",
    )


@st.fragment(run_every=1)
def _show_waiting() -> None:
    """The seconds that pass, and the way to stop: the page is run again when the query is over."""
    run = last_run()
    words = reading().words
    if run is None or run.is_over:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(words.say("La requête est en cours, {seconds} s au plus.", seconds=LIMITS.seconds))
        st.button(words.say("Arrêter"), key="sql_stop", on_click=run.sandbox.stop, icon=":material/stop:")


def _show_answer(run: Run) -> None:
    words = reading().words
    assert run.answer is not None
    table = _named_once(run.answer.table)
    columns = columns_of(table)
    sorting = Sorting(name="requete", columns=columns)
    count, first = table.num_rows, first_row(table.num_rows)
    end = first + rows_of_a_page(count)
    # In its own order the answer is cut before its cells are made.
    rows = sorting.sorted(_rows(table), words)[first:end] if sorting.chosen else _rows(table.slice(first, end - first))
    st.html(html_table(rows, columns, words, words.say("Réponse"), sorting=replace(sorting, is_cut=True)))
    show_pages(count, place=".cap-table")
    show_rows_of_a_page(count)
    show_notes(notes(run, words))
    show_download(
        lambda: _rows(table),
        columns,
        name="requete_sql",
        filtered=run.answer.is_scoped,
    )


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    return [{name: plain(value) for name, value in row.items()} for row in table.to_pylist()]


def notes(run: Run, words: Words) -> list[str]:
    """How many rows there are, with which filters."""
    assert run.answer is not None
    count = run.answer.table.num_rows
    if run.answer.is_cut:
        texts = [
            words.say(
                "Les {n} premières lignes\u202f; il y en a d’autres, qui n’ont pas été lues.", n=words.number(count)
            )
        ]
    else:
        texts = [words.say_count("{n} ligne.", "{n} lignes.", count)]
    if run.answer.is_scoped:
        texts.append(words.named(words.say("Filtres"), run.filters or words.say("aucun")))
    return texts


def columns_of(table: pa.Table) -> tuple[Column, ...]:
    """How each column is written, by its type: named as the query names it."""
    return tuple(_column(field) for field in table.schema)


def _column(field: pa.Field) -> Column:
    name, kind = field.name, field.type
    if pa.types.is_boolean(kind):
        return Column(key=name, label=name, kind="yes")
    if pa.types.is_date(kind):
        return Column(key=name, label=name, kind="date")
    if pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale == 0):
        is_year = any(word in folded(name) for word in ("year", "annee"))
        return Column(key=name, label=name, kind="year" if is_year else "count")
    if pa.types.is_decimal(kind):
        return Column(key=name, label=name, kind="decimal", digits=kind.scale)
    if pa.types.is_floating(kind):
        return Column(key=name, label=name, kind="decimal", digits=4)
    return Column(key=name, label=name)


def plain(value: Any) -> Any:
    """A value that a cell can hold: text for lists, times and the rest; nothing for what is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | Decimal | str | dt.date):
        return value
    if isinstance(value, list):
        return ", ".join(str(plain(part)) for part in value)
    return str(value)


def _named_once(table: pa.Table) -> pa.Table:
    """The table with each name once: a second `n` is n_2."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for name in table.column_names:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return table.rename_columns(names)
