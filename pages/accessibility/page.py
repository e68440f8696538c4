"""Accessibilité. The statement that the law asks for, and how each criterion was looked at."""

import streamlit as st

from pages.accessibility.statement import answer_text, failures, looked_at, of_edition, remedies, results
from pages.parts.authority import authority_name
from pages.parts.blocks import show_notes, show_paragraph, show_question
from pages.parts.contacts import show_contact
from pages.parts.markup import html
from pages.parts.read import reading
from pages.parts.rgaa import CRITERIA, Verdict
from pages.parts.tables import Column, show_table

current = reading()
words, notices = current.words, current.settings.notices
publisher = notices.publisher or authority_name(current.settings, words)
show_question(words.say("Ces pages sont-elles accessibles à tous\u202f?"), answer_text(publisher, words))
st.header(words.say("État de conformité"), anchor=False)
show_paragraph("cap-summary", *results(words), *([of_edition(words)] if current.edition is not None else []))
st.header(words.say("Ce qui n’est pas accessible"), anchor=False)
st.html(html("accessibility/failures.html", failures=failures(words)))
show_notes([words.say("Aucune dérogation pour charge disproportionnée n’est demandée.")])
st.header(words.say("Comment cela a été vérifié"), anchor=False)
show_paragraph("cap-summary", *looked_at(words))
st.header(words.say("Signaler une difficulté d’accès"), anchor=False)
show_contact(
    words.say(
        "Si un contenu ou un service ne vous est pas accessible, écrivez à l’adresse suivante\u202f; il vous sera fourni sous une autre forme\u00a0:"
    ),
    notices.accessibility,
)
st.header(words.say("Voies de recours"), anchor=False)
show_paragraph("cap-summary", *remedies(words))
st.header(words.say("Les 106 critères du RGAA 4.1"), anchor=False)
show_table(
    [
        {
            "number": words.say("n° {number}", number=criterion.number),
            "theme": words.say(criterion.theme),
            "subject": words.say(criterion.subject),
            "verdict": criterion.verdict,
            "way": words.say(criterion.way.text),
        }
        for criterion in CRITERIA
    ],
    (
        Column(key="number", label=words.say("Critère")),
        Column(key="theme", label=words.say("Thème")),
        Column(key="subject", label=words.say("Sujet")),
        Column(key="verdict", label=words.say("Verdict"), kind="label", codes=Verdict),
        Column(key="way", label=words.say("Comment cela a été vérifié")),
    ),
    caption=words.say("Critères du RGAA 4.1"),
    name="criteres_rgaa",
    opener=words.say("Voir les 106 critères"),
    filtered=False,
)
