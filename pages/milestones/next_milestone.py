"""When the next milestone of the first page will be reached, and what stands behind that date."""

from collections.abc import Sequence

import streamlit as st

from pages.parts.blocks import show_paragraph
from pages.parts.projection import still_owed
from pages.parts.projection_block import show_projection
from pages.parts.read import reading
from pages.parts.sentences import milestone_names
from queries.answers import HeadlineRow, MilestoneProgressRow


def show_next_milestone(milestones: Sequence[MilestoneProgressRow], headline: HeadlineRow, sentence: str) -> None:
    """The first milestone that is not reached: `sentence`, what is already signed of the way to it, the folds. Nothing without one."""
    current = reading()
    ahead = [row for row in milestones if row["status"] != "reached"]
    if not ahead:
        return
    name = milestone_names(current.settings, current.words)[ahead[0]["milestone"]]
    st.header(current.words.say("Et pour {milestone}\u202f?", milestone=name), anchor=False)
    lines = [sentence, still_owed(ahead[0], headline["completion_closed_ratio"], current.words)]
    show_paragraph("cap-summary", *filter(None, lines))
    show_projection(ahead[0], name, current.scope)
