"""What a page shows when there is nothing to show."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts.blocks import show_question
from pages.parts.read import reading


def stop_if_empty(question: str, headline: Mapping[str, Any]) -> None:
    """Ends the page with a word and a way out when the scope has neither hours nor lots."""
    if headline["lots"] or headline["hours_validated"] or headline["hours_pending"]:
        return
    words = reading().words
    show_question(question, words.say("Aucune heure pour ces filtres."))
    address = "?lang=en" if words.lang == "en" else "?"
    st.html(f'<p><a href="{address}" target="_self">{words.say("Tout afficher")}</a></p>')
    st.stop()
