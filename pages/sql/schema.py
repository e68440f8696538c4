"""The tables that a query may read, described beside the editor."""

import streamlit as st

from data.schema import Table
from data.words import Words
from pages.parts.markup import html
from pages.parts.read import reading
from queries.meanings import of_column
from queries.rights.rights import WITHHELD
from queries.sandbox.tables import TABLES


def show_schema() -> None:
    """Each table, folded: its grain, then its columns with type, unit and definition."""
    current = reading()
    for table in TABLES:
        if table.name == "notified" and current.access.release.notified is None:
            continue
        with st.expander(f"{table.name} · {current.words.say(table.label)}"):
            st.html(schema_html(table, current.words))


def schema_html(table: Table, words: Words) -> str:
    """The columns that the reader may see, as a list of definitions."""
    rights = reading().access.rights
    columns = []
    for column in table.every_column if reading().access.release.has_several else table.columns:
        if (right := WITHHELD.get(column.name)) is not None and not rights.may(right):
            continue
        meaning = of_column(column)
        text = words.named(words.say(meaning.label), words.say(meaning.definition))
        if meaning.codes is not None:
            text += f" ({', '.join(meaning.codes)})"
        unit = words.say(meaning.unit) if meaning.unit else ""
        columns.append({"name": column.name, "type": column.sql_type, "unit": unit, "meaning": text})
    return html("sql/schema.html", grain=words.named(words.say("Une ligne"), words.say(table.grain)), columns=columns)
