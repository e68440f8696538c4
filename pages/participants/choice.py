"""What the pages about persons let a reader choose, and what they show when the extract says nothing of persons."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from data.codes import OutcomePoint
from data.words import N_
from pages.parts.address_choice import one_of
from pages.parts.blocks import show_question
from pages.parts.profile_sentences import Basis
from pages.parts.read import reading
from queries.secrecy.ladder import Off, populations

BASES: Final[Mapping[Basis, str]] = {"persons": N_("% des personnes"), "hours": N_("% des heures")}
# In the address → the basis.
_BASES: Final[Mapping[str, Basis]] = {"personnes": "persons", "heures": "hours"}


def choose_basis() -> Basis:
    """Whether shares are of persons or of their hours."""
    words = reading().words
    choice = one_of(key="parts_en", widget="cap_basis", default="personnes", options=tuple(_BASES))
    st.segmented_control(
        words.say("Parts"),
        tuple(_BASES),
        required=True,
        format_func=lambda code: words.say(BASES[_BASES[code]]),
        **choice.bound(),
    )
    return _BASES[choice.value]


def choose_point() -> OutcomePoint:
    """The moment at which outcomes are observed."""
    words = reading().words
    points = tuple(map(str, OutcomePoint))
    choice = one_of(key="moment", widget="cap_point", default=points[0], options=points)
    st.segmented_control(
        words.say("Moment de l’observation"),
        points,
        required=True,
        format_func=lambda code: words.say(OutcomePoint.of(code).label),
        **choice.bound(),
    )
    return OutcomePoint.of(choice.value)


def stop_off_the_ladder(question: str) -> None:
    """Ends the page with a sentence when participants have no figure under these filters."""
    current = reading()
    measured = populations(current.access.rights.narrowed(current.scope))
    if isinstance(measured, Off):
        show_question(question, current.words.say(measured.value))
        st.stop()


def stop_if_absent(question: str, *columns: str) -> None:
    """Ends the page with a word when one of these columns is not in the extract: nothing can be counted without it."""
    current = reading()
    if any(column in current.access.release.absent_columns for column in columns):
        text = N_("Les personnes ne sont pas renseignées dans l’extraction\u00a0: elles ne peuvent pas être comptées.")
        show_question(question, current.words.say(text))
        st.stop()
