"""Clients that are late in declaring: whom to call about all of their lots."""

import streamlit as st

from pages.parts.columns import freshness
from pages.parts.lot_alerts import ALL
from pages.parts.lot_links import lots_address
from pages.parts.read import reading
from pages.parts.tables import Column, Row, show_table
from queries import answers


def show_late_clients() -> None:
    """Each with its last month, how late it is, its pending hours; its name leads to its lots."""
    current = reading()
    words = current.words
    rows = [row for row in answers.clients_freshness(current.access, current.scope) if row["is_late"]]
    if not rows:
        st.text(words.say("Aucun maître d’ouvrage n’est en retard de déclaration."))
        return
    name, *others = (column for column in freshness() if column.key != "is_active")
    columns = (Column(key=name.key, question=name.question, address=_lots), *others)
    caption = words.say("Maîtres d’ouvrage sans déclaration récente")
    show_table(rows, columns, caption=caption, name="sans_declaration", folded=False)


def _lots(row: Row) -> str:
    return lots_address(ALL, clients=row["client_id"])
