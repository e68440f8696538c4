"""Mentions légales. Who publishes these pages, who runs their servers, under which licence the figures may be used again."""

import streamlit as st

from pages.parts.authority import authority_name
from pages.parts.blocks import show_paragraph, show_question
from pages.parts.contacts import show_contact
from pages.parts.read import reading

current = reading()
words, notices = current.words, current.settings.notices
missing = words.say("à renseigner dans les réglages")
publisher = notices.publisher or authority_name(current.settings, words)
show_question(
    words.say("Qui publie ces pages\u202f?"), words.say("Ces pages sont publiées par {publisher}.", publisher=publisher)
)
st.header(words.say("Éditeur et hébergeur"), anchor=False)
show_paragraph(
    "cap-summary",
    words.named(words.say("Éditeur"), publisher),
    words.named(words.say("Directeur ou directrice de la publication"), notices.director or missing),
    words.named(words.say("Hébergeur"), notices.host or missing),
)
show_contact(words.say("Une question sur un chiffre\u00a0:"), notices.questions)
st.header(words.say("Réutiliser les chiffres"), anchor=False)
show_paragraph(
    "cap-summary",
    words.say("Données\u00a0: {licence}", licence=notices.data_licence),
    words.say(
        "Citez l’auteur et la date des données\u00a0: {publisher}, données au {day}.",
        publisher=publisher,
        day=words.date(current.access.release.data_as_of),
    ),
)
st.header(words.say("Le logiciel et ses sources"), anchor=False)
show_paragraph(
    "cap-summary",
    words.say("Cap Insertion est un logiciel libre, sous licence MIT."),
    words.say(
        "Communes, codes et contours\u00a0: Insee et IGN (Admin Express), par @etalab/decoupage-administratif, sous Licence Ouverte 2.0."
    ),
)
