"""What the publisher does. Acts run within a run of the page, after the frame has checked the reader again, never in a callback before it."""

from enum import StrEnum
from typing import Any, Final

import streamlit as st

from data.edition import start_edition
from data.preparation.folder import Preparation
from data.preparation.run import cancel, publish_candidate, start
from data.problems import ExtractError
from data.release.history import go_back
from pages.parts.plain import as_text
from pages.parts.read import reading
from queries.scope import Scope

_NEXT_ACT: Final = "_publish_next_act"
_OUTCOME: Final = "_publish_outcome"


class NextAct(StrEnum):
    """An act, as the trace names it."""

    READ = "publish: check"
    CANCEL = "publish: cancel"
    REMOVE = "publish: remove a file"
    DISCARD = "publish: discard"
    PUBLISH = "publish: serve"
    BACK = "publish: go back"


def ask(act: NextAct, name: str = "") -> None:
    """The act is done at the beginning of the next run, which begins now."""
    st.session_state[_NEXT_ACT] = (act, name)
    st.rerun()


def do_next_act(preparation: Preparation) -> None:
    """Performs the act that the last run left; its outcome stands on one run of the page."""
    act, name = st.session_state.pop(_NEXT_ACT, (None, ""))
    if act is None:
        return
    try:
        _do(act, name, preparation)
    except ExtractError as error:
        st.session_state[_OUTCOME] = ("error", error.text(reading().words))
        trace(act, None)
    except OSError as error:
        words = reading().words
        text = words.say(
            "Le serveur n’a pas pu écrire sur son disque ({error})\u202f; rien n’est perdu.", error=error.strerror
        )
        st.session_state[_OUTCOME] = ("error", text)
        trace(act, None)


def _do(act: NextAct, name: str, preparation: Preparation) -> None:
    words, access = reading().words, reading().access
    if access.settings.trace.required:
        trace(act, None, begun=True)
    if act is NextAct.READ:
        start(preparation)
    elif act is NextAct.CANCEL:
        cancel(preparation)
    elif act is NextAct.REMOVE:
        preparation.remove(name)
    elif act is NextAct.DISCARD:
        preparation.discard()
    else:
        release = publish_candidate(preparation, access.reader) if act is NextAct.PUBLISH else go_back(access.reader)
        start_edition()
        text = (
            words.say(
                "Publié\u00a0: les lecteurs voient les données au {day} dès leur prochain clic.",
                day=words.date(release.data_as_of),
            )
            if act is NextAct.PUBLISH
            else words.say("De nouveau en service\u00a0: les données au {day}.", day=words.date(release.data_as_of))
        )
        st.session_state[_OUTCOME] = ("success", text)
        trace(act, release.hours_rows, release=release.id)
        # The frame above shows the release of the run: the next one has the new release.
        st.rerun()
    trace(act, len(preparation.files))


def show_outcome() -> None:
    """What the last act did, once."""
    kind, text = st.session_state.pop(_OUTCOME, ("", ""))
    if kind == "success":
        st.success(as_text(text), icon=":material/check:")
    elif kind:
        st.error(as_text(text))


def trace(act: str, rows: int | None, *, begun: bool = False, **parameters: Any) -> None:
    """A line in the trace: who, which act, how many files or lines. No name of a file, no value."""
    reading().access.trace(str(act), Scope(), rows, parameters=parameters, begun=begun)
