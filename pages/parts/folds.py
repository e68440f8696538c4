"""A fold of a page: what not every reader needs, open for those whose address asks for something in it."""

from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from pages.parts.embed import is_embedded
from pages.parts.sorting import address_key


def fold(heading: str, *content: str, is_open: bool = False) -> AbstractContextManager[Any]:
    """The fold under its heading. `content`: the names of the blocks and tables in it; `is_open`: for another reason."""
    for name in content:
        is_open = is_open or is_embedded(name) or address_key(name) in st.query_params
    return st.expander(heading, expanded=is_open)
