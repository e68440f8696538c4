"""A long list: its first rows on screen, all of them in its file."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.parts.blocks import show_notes
from pages.parts.read import reading
from pages.parts.tables import Column, Row, html_table, show_download

_ROWS: Final = 200


def show_list(rows: Sequence[Row], columns: Sequence[Column], *, caption: str, name: str) -> None:
    """The table, what is left out of it, and the file of all rows."""
    words = reading().words
    st.html(html_table(rows[:_ROWS], columns, words, caption))
    if len(rows) > _ROWS:
        show_notes(
            [
                words.say(
                    "Les {n} premières lignes sur {all}\u202f; le fichier les contient toutes.",
                    n=_ROWS,
                    all=words.number(len(rows)),
                )
            ]
        )
    show_download(rows, columns, name=name, caption=caption)
