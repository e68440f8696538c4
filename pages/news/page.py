"""Nouveautés. What each version brings to its readers."""

import streamlit as st

from pages.parts.blocks import show_question
from pages.parts.markup import html
from pages.parts.read import reading
from pages.parts.versions import VERSION, VERSIONS

words = reading().words
show_question(
    words.say("Qu’y a-t-il de nouveau\u202f?"),
    words.say_count(
        "La version {version} apporte {n} nouveauté.",
        "La version {version} apporte {n} nouveautés.",
        len(VERSIONS[0].news),
        version=VERSION,
    ),
)
for version in VERSIONS:
    st.header(words.say("Version {number}", number=version.number), anchor=False)
    st.html(html("news/version.html", news=[words.say(text) for text in version.news]))
