"""The dictionary of Streamlit's own words keeps up with Streamlit."""

import json
from functools import cache

import pytest

from pages.server.compression import streamlit_files
from pages.server.index_page import HERE

WORDS: dict[str, str] = json.loads((HERE / "streamlit_words.json").read_text(encoding="utf-8"))


@cache
def bundle() -> str:
    """All of Streamlit’s scripts."""
    files = sorted((streamlit_files() / "static" / "js").glob("*.js"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("english", sorted(WORDS))
def test_streamlit_still_says_it(english: str) -> None:
    # A text of several sentences may be put together from them.
    assert [part for part in english.split(". ") if part not in bundle()] == []


def test_french_is_set_as_french() -> None:
    for french in WORDS.values():
        assert "'" not in french, french
        assert not any(f" {mark}" in french for mark in ":;!?"), french
