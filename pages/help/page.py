"""Aide. How to read a page, filter, search, take the figures away, use the keyboard; whom to ask."""

import streamlit as st

from pages.help.sections import sections, shortcuts
from pages.parts.blocks import show_paragraph, show_question
from pages.parts.contacts import show_contact
from pages.parts.markup import html
from pages.parts.read import reading

words = reading().words
show_question(
    words.say("Comment se servir de ces pages\u202f?"),
    words.say("Chaque page pose une question, y répond en une phrase, puis montre les chiffres qui la fondent."),
)
for heading, text in sections(words):
    st.header(heading, anchor=False)
    show_paragraph("cap-summary", text)
st.header(words.say("Quels sont les raccourcis du clavier\u202f?"), anchor=False)
st.html(
    html(
        "help/shortcuts.html",
        keys=shortcuts(words),
        switch=words.say("Touche / active"),
        tour=words.say("Revoir la visite en cinq phrases"),
    )
)
st.header(words.say("À qui poser une question\u202f?"), anchor=False)
show_contact(words.say("Une question sur un chiffre\u00a0:"), reading().settings.notices.questions)
