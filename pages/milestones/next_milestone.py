"""When the next milestone of the first page will be reached, and what stands behind that date."""

from collections.abc import Sequence

import streamlit as st

from pages.parts.blocks import show_paragraph
from pages.parts.projection import still_owed
from pages.parts.projection_block import own_scope, show_projection
from pages.parts.read import reading
from pages.parts.sentences import milestone_names
from queries import answers
from queries.answers import HeadlineRow, MilestoneProgressRow


def show_next_milestone(milestones: Sequence[MilestoneProgressRow], headline: HeadlineRow, sentence: str) -> None:
    """The first milestone that is not reached: `sentence`, what is already signed of the way to it, the folds. Nothing without one."""
    current = reading()
    ahead = [row for row in milestones if row["status"] != "reached"]
    if not ahead:
        return
    name = milestone_names(current.settings, current.words)[ahead[0]["milestone"]]
    st.header(current.words.say("Et pour {milestone}\u202f?", milestone=name), anchor=False)
    # The milestone keeps every year and month, its lots too.
    own = own_scope(ahead[0], current.scope)
    closed = headline if own == current.scope else answers.totals(current.access, own)
    lines = [sentence, still_owed(ahead[0], closed["completion_closed_ratio"], current.words)]
    show_paragraph("cap-summary", *filter(None, lines))
    show_projection(ahead[0], name, current.scope)
