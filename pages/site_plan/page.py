"""Plan du site. Every page that the reader's rights open, and the question that it answers."""

import streamlit as st

from pages.parts.blocks import page_address, show_question
from pages.parts.markup import html
from pages.parts.read import reading

current = reading()
words = current.words
show_question(
    words.say("Où trouver chaque information\u202f?"),
    words.say_count(
        "{n} page, avec ce qu’elle contient.", "{n} pages, avec ce que chacune contient.", len(current.pages)
    ),
)
for at_foot, group in dict.fromkeys((page.at_foot, page.group) for page in current.pages):
    heading = words.say("À propos de ces pages") if at_foot else words.say(group) if group else words.say("D’abord")
    st.header(heading, anchor=False)
    entries = [
        (words.say(page.title), page_address(page.path), words.say(page.about))
        for page in current.pages
        if (page.at_foot, page.group) == (at_foot, group)
    ]
    st.html(html("site_plan/pages.html", entries=entries))
