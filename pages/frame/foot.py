"""The foot of every page: accessibility, plan, legal pages, licence of the figures, help, version."""

import streamlit as st

from pages.parts.blocks import page_address
from pages.parts.conformity import level_text
from pages.parts.contacts import contact_address
from pages.parts.markup import html
from pages.parts.read import reading
from pages.parts.versions import VERSION


def show_foot() -> None:
    """The links, with the reader's language and filters kept."""
    words, notices = reading().words, reading().settings.notices
    links = [
        (level_text(words), page_address("accessibilite")),
        (words.say("Plan du site"), page_address("plan")),
        (words.say("Mentions légales"), page_address("mentions-legales")),
        (words.say("Données personnelles"), page_address("donnees-personnelles")),
        (words.say("Données\u00a0: {licence}", licence=notices.data_licence), page_address("mentions-legales")),
        (words.say("Nouveautés de la version {version}", version=VERSION), page_address("nouveautes")),
        (words.say("Aide"), page_address("aide")),
    ]
    question = contact_address(notices.questions)
    if question:
        links.append((words.say("Une question\u202f?"), question))
    st.html(html("frame/foot.html", name=words.say("Pied de page"), top=words.say("Haut de page"), links=links))
