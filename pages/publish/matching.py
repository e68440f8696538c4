"""Columns and values matched once: the form that becomes the mapping, which is kept for the next month and can be downloaded."""

import datetime as dt

import streamlit as st

from data.preparation.folder import MAPPING, Preparation
from data.preparation.proposal import answered
from data.preparation.reading import Reading, accepts_anomalies, as_of
from data.preparation.state import Phase
from data.problems import ExtractError
from data.sources.mapping_entries import mapping_text
from data.sources.mapping_file import mapping_of
from data.toml import parsed
from pages.parts.blocks import show_notes
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.publish.acts import NextAct, ask
from pages.publish.columns import NARROW, Answer, ask_columns
from pages.publish.remarks import ANSWERED_BELOW
from pages.publish.values import ask_values


def show_matching(preparation: Preparation, checked: Reading, phase: Phase) -> None:
    """The form: open while a question waits, else folded, to change an answer."""
    if not checked.sheets:
        return
    words = reading().words
    if phase is Phase.QUESTIONS:
        st.header(words.say("Vos colonnes, vos valeurs"), anchor=False)
        show_notes(
            [
                words.say(
                    "Chaque menu propose une réponse, avec des exemples de vos fichiers\u202f; l’astérisque marque ce qu’il faut au moins. Vos réponses servent aussi les mois suivants."
                )
            ]
        )
        _show_form(preparation, checked, phase)
        return
    is_needed = phase is Phase.REFUSED and any(problem.kind in ANSWERED_BELOW for problem in checked.problems)
    with st.expander(words.say("Changer les correspondances ou la date"), expanded=is_needed):
        _show_form(preparation, checked, phase)


def _show_form(preparation: Preparation, checked: Reading, phase: Phase) -> None:
    words = reading().words
    mapping = mapping_of(parsed(checked.mapping), MAPPING)
    with st.form("publish_matching", border=False):
        answers = ask_columns(checked, mapping) + ask_values(checked)
        st.subheader(words.say("Date des données"), anchor=False)
        day = st.date_input(
            words.say("Vide\u00a0: le dernier jour des heures déclarées"),
            value=as_of(preparation),
            format="DD/MM/YYYY",
            key="publish_as_of",
            width=NARROW,
        )
        accepted = accepts_anomalies(preparation)
        if accepted or any(problem.kind == "too_many_left_out" for problem in checked.problems):
            accepted = st.checkbox(
                words.say("Publier malgré les doublons et les heures sans lot, qui ne comptent pas"),
                value=accepted,
                key="publish_accept",
            )
        if st.form_submit_button(
            words.say("Vérifier avec ces réponses"), type="primary" if phase is Phase.QUESTIONS else "secondary"
        ):
            _take(preparation, checked, answers, day, accepted=accepted)
    if checked.mapping:
        st.download_button(
            words.say("Télécharger la correspondance (mapping.toml)"),
            checked.mapping.encode(),
            file_name=MAPPING,
            mime="application/toml",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
            key="publish_mapping",
        )


def _take(
    preparation: Preparation, checked: Reading, answers: list[Answer], day: dt.date | None, *, accepted: bool
) -> None:
    """The answers are the mapping from now on, and the files are read again."""
    try:
        mapping = answered(mapping_of(parsed(checked.mapping), MAPPING), answers)
    except ExtractError as error:
        st.error(as_text(error.text(reading().words)))
        return
    preparation.write_text(MAPPING, mapping_text(mapping) + "\n")
    preparation.write("choices", {"as_of": day.isoformat() if day else None, "accept_anomalies": accepted})
    ask(NextAct.READ)
