"""Publier. Drop the files of the month, say what their columns are, see the figures before they serve, publish or go back."""

from pathlib import Path

import streamlit as st

from data.preparation.folder import preparation_of
from data.preparation.reading import reading_of
from data.preparation.state import Phase, state_of
from pages.parts.blocks import show_question
from pages.parts.read import reading
from pages.publish.acts import do_next_act, show_outcome
from pages.publish.before_serving import show_candidate
from pages.publish.files import show_files
from pages.publish.history import show_history
from pages.publish.matching import show_matching
from pages.publish.progress import show_progress
from pages.publish.remarks import show_notices, show_problems
from pages.publish.sentences import phase_text
from pages.publish.sheets import show_sheets

current = reading()
words = current.words
st.html(Path(__file__).with_name("publish.css"))
preparation = preparation_of(current.access.reader)
do_next_act(preparation)
state = state_of(preparation)
show_question(words.say("Quels chiffres publier\u202f?"), phase_text(state.phase, words))
show_outcome()
if state.phase is Phase.RUNNING:
    show_progress(preparation)
else:
    checked = reading_of(preparation)
    show_files(preparation, state.phase, checked)
    if checked is not None:
        show_problems(checked, state.phase)
        if state.phase is Phase.READY:
            show_candidate(preparation, checked)
        show_matching(preparation, checked, state.phase)
        show_notices(checked)
        show_sheets(checked)
show_history()
