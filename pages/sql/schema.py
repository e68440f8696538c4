"""The tables that a query may read, described beside the editor."""

from html import escape

import streamlit as st

from data.schema import Table
from data.words import Words
from pages.parts.read import reading
from queries.meanings import of_column
from queries.rights.rights import WITHHELD
from queries.sandbox.tables import SHOWN


def show_schema() -> None:
    """Each table, folded: its grain, then its columns with type, unit and definition."""
    current = reading()
    for table in SHOWN:
        if table.name == "notified" and current.database.release.notified is None:
            continue
        with st.expander(f"{table.name} · {current.words.say(table.label)}"):
            st.html(f'<div class="cap-schema" tabindex="0">{schema_html(table, current.words)}</div>')


def schema_html(table: Table, words: Words) -> str:
    """The columns that the reader may see, as a list of definitions."""
    rights = reading().database.rights
    parts = [f"<p>{escape(words.named(words.say('Une ligne'), words.say(table.grain)))}</p>", "<dl>"]
    for column in table.columns:
        if (right := WITHHELD.get(column.name)) is not None and not rights.may(right):
            continue
        meaning = of_column(column)
        unit = f" · {escape(words.say(meaning.unit))}" if meaning.unit else ""
        told = words.named(words.say(meaning.label), words.say(meaning.definition))
        if meaning.codes is not None:
            told += f" ({', '.join(meaning.codes)})"
        parts.append(
            f"<dt><code>{column.name}</code> <small><code>{column.sql_type}</code>{unit}</small></dt><dd>{escape(told)}</dd>"
        )
    return "".join([*parts, "</dl>"])
