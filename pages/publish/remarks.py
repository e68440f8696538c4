"""What stands against a publish, and what was read otherwise than it is written."""

from dataclasses import replace
from typing import Final

import streamlit as st

from data.preparation.reading import Reading
from data.preparation.state import Phase
from data.problems import Problem
from data.words import N_, Words
from pages.parts.markup import html
from pages.parts.read import reading

# Reasons that an answer of the form removes, in the words of the page and not of the commands.
ANSWERED_BELOW: Final = {
    "too_many_left_out": N_(
        "doublons et heures sans lot font {share}\u00a0% des heures lues (limite\u00a0: {limit}\u00a0%)\u202f; corrigez les fichiers, ou"
        " acceptez-les ci-dessous."
    ),
    "month_after_data": N_(
        "mois postérieur à la date des données ({day})\u202f; corrigez-le, ou changez la date des données ci-dessous."
    ),
    "as_of_to_come": N_("la date des données ({day}) est à venir\u202f; donnez une date passée ci-dessous."),
    "unknown_table": N_(
        "ni marchés ni heures\u202f; dites ci-dessous ce que contient cette feuille, ou retirez le fichier."
    ),
    "missing_column": N_("colonne obligatoire absente\u202f; ajoutez-la, ou dites ci-dessous quel en-tête la porte."),
    "missing_columns": N_(
        "{n} colonnes obligatoires absentes\u00a0: {names}\u202f; ajoutez-les, ou dites ci-dessous quels en-têtes les portent."
    ),
    "two_headers": N_(
        "deux en-têtes pour cette colonne, «\u00a0{first}\u00a0» et «\u00a0{second}\u00a0»\u202f; écartez-en un ci-dessous."
    ),
}


def show_problems(checked: Reading, phase: Phase) -> None:
    """Every reason to refuse, with file, row, column, value and what to do."""
    if not checked.problems:
        return
    words = reading().words
    heading = (
        words.say("Ce qu’il faut corriger") if phase is Phase.REFUSED else words.say("Ce qu’il restera à corriger")
    )
    st.header(heading, anchor=False)
    st.html(html("publish/remarks.html", texts=[_text(problem, words) for problem in checked.problems]))


def show_notices(checked: Reading) -> None:
    """What was read otherwise than literally, how often, with an example."""
    if not checked.notices:
        return
    words = reading().words
    n = len(checked.notices)
    title = words.say_count(
        "À savoir\u00a0: {n} remarque sur la lecture", "À savoir\u00a0: {n} remarques sur la lecture", n
    )
    with st.expander(title):
        st.html(html("publish/remarks.html", texts=[notice.text(words) for notice in checked.notices]))


def _text(problem: Problem, words: Words) -> str:
    """The problem; no text for a remainder, which only counts the problems outside the list."""
    message = ANSWERED_BELOW.get(problem.kind)
    return (
        replace(problem, message=message) if message and set(_names(message)) <= set(problem.values) else problem
    ).text(words)


def _names(message: str) -> list[str]:
    """The values that a message has places for."""
    return [part.partition("}")[0] for part in message.split("{")[1:]]
