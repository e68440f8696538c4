"""One line on why two totals differ, with the way to the page that reconciles them."""

from typing import Final

import streamlit as st

from data.words import N_
from pages.parts.blocks import page_address
from pages.parts.markup import html
from pages.parts.read import reading
from queries import answers
from queries.scope import Scope

# What separates the hours of a page from those published, or from the end of the curve.
_DIFFERENCES: Final = {
    "left_out": N_("{hours} écartées (doublons, heures sans lot connu)"),
    "uncounted": N_("{hours} de lots hors du total"),
    "opening_balance": N_("{hours} de solde d’ouverture, comptées dans la courbe et ses jalons seulement"),
}


def show_other_totals() -> None:
    """What may make another total differ, with its hours over the whole release; nothing when there is none.

    Filters change none of it but which opening balances enter: the question is asked without them, once for all.
    """
    current = reading()
    words, access = current.words, current.access
    everything = Scope(include_uncounted=current.scope.include_uncounted)
    hours = {row["step"]: row["hours_validated"] for row in answers.totals_reconciled(access, everything)}
    if not access.is_whole(current.scope):
        hours.pop("opening_balance")
        if access.opening_balances(current.scope):
            own = answers.totals_reconciled(access, current.scope)
            hours |= {row["step"]: row["hours_validated"] for row in own if row["step"] == "opening_balance"}
    parts = [words.say(text, hours=words.hours(hours[step])) for step, text in _DIFFERENCES.items() if hours.get(step)]
    if parts:
        text = words.say("Écarts entre totaux, sur toute la publication\u00a0: {parts}.", parts=words.joined(parts))
        link = words.say("Tous les totaux")
        st.html(html("parts/templates/other_totals.html", text=text, address=page_address("totaux"), link=link))
