"""What a page shows when there is nothing to show."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts.blocks import show_question
from pages.parts.read import reading
from pages.parts.scope_form import clear_filters


def stop_if_empty(question: str, headline: Mapping[str, Any]) -> None:
    """Ends the page with a word and a way out when the scope has neither hours nor lots."""
    if headline["lots"] or headline["hours_validated"] or headline["hours_pending"]:
        return
    words = reading().words
    show_question(question, words.say("Aucune heure pour ces filtres."))
    st.button(words.say("Tout afficher"), on_click=clear_filters, key="show_everything")
    st.stop()
