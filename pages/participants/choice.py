"""What the pages about persons let a reader choose, and what they show when the extract says nothing of persons."""

from collections.abc import Mapping
from typing import Final, Literal

import streamlit as st

from data.codes import OutcomePoint
from data.words import N_
from pages.parts.blocks import show_question
from pages.parts.read import reading
from queries.secrecy.ladder import Off, populations

Basis = Literal["persons", "hours"]
BASES: Final[Mapping[Basis, str]] = {"persons": N_("% des personnes"), "hours": N_("% des heures")}


def choose_basis() -> Basis:
    """Whether shares are of persons or of their hours."""
    words = reading().words
    chosen: Basis = st.segmented_control(
        words.say("Parts"),
        tuple(BASES),
        default="persons",
        required=True,
        format_func=lambda basis: words.say(BASES[basis]),
        key="cap_basis",
        persist_state="session",
    )
    return chosen


def choose_point() -> OutcomePoint:
    """The moment at which outcomes are observed."""
    words = reading().words
    chosen: OutcomePoint = st.segmented_control(
        words.say("Moment de l’observation"),
        tuple(OutcomePoint),
        default=OutcomePoint.EXIT,
        required=True,
        format_func=lambda point: words.say(point.label),
        key="cap_point",
        persist_state="session",
    )
    return chosen


def stop_off_the_ladder(question: str) -> None:
    """Ends the page with a sentence when participants have no figure under these filters."""
    current = reading()
    found = populations(current.access.rights.narrowed(current.scope))
    if isinstance(found, Off):
        show_question(question, current.words.say(found.value))
        st.stop()


def stop_if_absent(question: str, *columns: str) -> None:
    """Ends the page with a word when one of these columns is not in the extract: nothing can be counted without it."""
    current = reading()
    if any(column in current.access.release.absent_columns for column in columns):
        text = N_("Les personnes ne sont pas renseignées dans l’extraction\u00a0: elles ne peuvent pas être comptées.")
        show_question(question, current.words.say(text))
        st.stop()
