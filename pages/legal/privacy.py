"""Données personnelles. What is kept of readers, and what protects participants."""

import streamlit as st

from data.codes import Role
from pages.legal.kept import kept_of_readers
from pages.parts.blocks import show_paragraph, show_question
from pages.parts.contacts import show_contact
from pages.parts.read import reading

current = reading()
words, settings, rights = current.words, current.settings, current.access.rights
thresholds = current.access.release.thresholds
show_question(
    words.say("Que deviennent les données personnelles\u202f?"),
    words.say(
        "Rien n’est transmis à un tiers, aucun traceur ne suit les lecteurs\u202f; les nombres de bénéficiaires sont arrondis, et les petits"
        " nombres ne sont pas communiqués."
    ),
)
st.header(words.say("Ce qui est conservé à votre sujet"), anchor=False)
show_paragraph("cap-summary", *kept_of_readers(current))
st.header(words.say("Ce qui protège les bénéficiaires"), anchor=False)
show_paragraph(
    "cap-summary",
    words.say(
        "Les données ne contiennent ni nom, ni date de naissance, ni adresse. Les nombres de personnes sont arrondis à 5 près, et ceux de moins"
        " de {n} personnes ne sont pas communiqués.",
        n=words.number(thresholds.public if rights.role is Role.PUBLIC else thresholds.account),
    ),
)
st.header(words.say("Vos droits"), anchor=False)
show_paragraph(
    "cap-summary",
    words.say(
        "Vous pouvez demander à voir, à corriger ou à effacer ce qui vous concerne, ou vous y opposer (règlement européen 2016/679, loi du"
        " 6 janvier 1978). Sans réponse qui vous convienne, vous pouvez saisir la CNIL."
    ),
)
show_contact(words.say("Le délégué à la protection des données\u00a0:"), settings.notices.data_protection)
