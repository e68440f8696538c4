"""Each sheet with its first rows: what it is taken for, under which column each header is read."""

import streamlit as st

from data.preparation.reading import Reading
from data.preparation.sheets import SheetRead
from data.words import Words
from pages.parts.markup import html
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.publish.columns import columns_of
from pages.publish.sentences import sheet_text, tables_label


def show_sheets(checked: Reading) -> None:
    """One fold a sheet."""
    if not checked.sheets:
        return
    words = reading().words
    st.header(words.say("Ce qui a été lu"), anchor=False)
    for sheet in checked.sheets:
        facts = words.joined(filter(None, (tables_label(sheet.tables, words), sheet_text(sheet.file, checked, words))))
        with st.expander(as_text(words.named(sheet.file, facts))):
            st.html(_html(sheet, words))


def _html(sheet: SheetRead, words: Words) -> str:
    labels = {column.name: words.say(column.label) for column in columns_of(sheet.tables)}
    headers = [(h.name, ", ".join(labels.get(t, t) for t in h.targets)) for h in sheet.headers]
    if sheet.months:
        headers.append((f"{sheet.months[0]} … {sheet.months[-1]}", words.say("mois en colonnes")))
    return html(
        "publish/sheets.html",
        caption=words.named(words.say("Premières lignes"), sheet.file),
        headers=headers,
        unread=words.say("non lue"),
        rows=[(*row, *("…" for _ in sheet.months[:1])) for row in sheet.rows],
    )
