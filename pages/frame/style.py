"""The style sheet of every page."""

from pathlib import Path
from typing import Final

import streamlit as st

from pages.parts.embed import is_embedded

_HERE: Final = Path(__file__).parent


def show_style() -> None:
    """What Streamlit's theme does not set; within another site's frame, what hides all but one block."""
    st.html(_HERE / "style.css")
    if is_embedded():
        st.html(_HERE / "embed.css")
