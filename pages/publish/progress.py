"""A check under way: what it does, for how long, and the way to stop it. It runs in its own process; the page only reads how far it is."""

import streamlit as st

from data.preparation.folder import Preparation
from data.preparation.state import Phase, state_of
from pages.parts.markup import html
from pages.parts.read import reading
from pages.publish.acts import NextAct, ask
from pages.publish.sentences import progress_text


@st.fragment(run_every=1)
def show_progress(preparation: Preparation) -> None:
    """Every second; the whole page is run again when it is over."""
    state = state_of(preparation)
    if state.phase is not Phase.RUNNING:
        st.rerun()
    words = reading().words
    text = progress_text(state, words)
    st.html(html("publish/progress.html", text=text, n=min(state.n, state.of), of=max(state.of, 1)))
    if st.button(words.say("Arrêter la vérification"), key="publish_cancel", icon=":material/stop:"):
        ask(NextAct.CANCEL)
