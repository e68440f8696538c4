"""What a page shows when there is nothing to show."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts.blocks import show_question
from pages.parts.filters.address import clear_filters
from pages.parts.read import reading
from queries.scope import Scope


def stop_if_empty(question: str, totals: Mapping[str, Any], *, lots_suffice: bool = False) -> None:
    """Ends the page with a word and a way out when the scope has no hours, validated or pending. `totals`: their row, or the headline’s.

    `lots_suffice`: the page has something to show about lots that have no hours yet.
    """
    if totals["hours_validated"] or totals["hours_pending"] or (lots_suffice and totals["lots"]):
        return
    words, scope = reading().words, reading().scope
    if scope == Scope(include_uncounted=scope.include_uncounted):
        show_question(question, words.say("Aucune heure n’est publiée."))
    else:
        show_question(question, " ".join([words.say("Aucune heure pour ces filtres."), *_known_months()]))
        st.button(words.say("Tout afficher"), on_click=clear_filters, key="show_everything")
    st.stop()


def _known_months() -> list[str]:
    """Which months the data have, where the period is outside of them: nothing is known of it, which is not 0 hours."""
    current = reading()
    (begins, ends), words, release = current.scope.days, current.words, current.access.release
    first, last = release.first_month, release.last_month
    if first is None or last is None or not ((ends and ends < first) or (begins and begins > last)):
        return []
    return [words.say("Les données vont de {first} à {last}.", first=words.month(first), last=words.month(last))]
