"""The name of the authority: a question before its own data replace the demonstration."""

import datetime as dt
from typing import Final

import streamlit as st

from data.preparation.whose import likely_territory, territory, territory_named
from data.problems import ExtractError
from data.release.releases import Release
from data.settings import Milestone, load_settings, settings_text
from data.settings_edit import Edit, Value, checked, edited, save
from pages.parts.blocks import show_notes
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.publish.acts import NextAct, ask, trace

_FIRST_YEAR: Final = 1970
_ACT: Final = "publish: authority"


def is_unknown(candidate: Release) -> bool:
    """Whether the settings still name the authority of the demonstration, and the figures are not invented."""
    return reading().settings.authority.demo and not candidate.demo


def show_authority(candidate: Release) -> None:
    """Name, EPCI and first year, written to the settings; another EPCI is another division of the persons, so the files are read again."""
    words = reading().words
    guess = likely_territory(candidate)
    st.header(words.say("Pour qui publiez-vous\u202f?"), anchor=False)
    show_notes([words.say("Demandé avant la première publication seulement\u202f; le bouton Publier vient ensuite.")])
    with st.form("publish_authority", border=False):
        name = st.text_input(words.say("Nom de l’autorité"), max_chars=120, key="publish_name")
        epci = st.text_input(
            words.say("EPCI\u00a0: son SIREN, ou le nom de l’une de ses communes"),
            value=guess.epci if guess else "", max_chars=120, key="publish_epci",
        )  # fmt: skip
        if guess:
            st.text(
                words.say_count(
                    "D’après vos communes d’exécution\u00a0: {n} commune, {largest}.",
                    "D’après vos communes d’exécution\u00a0: {n} communes, dont {largest}.",
                    guess.communes,
                    largest=words.listed(list(guess.largest)),
                )
            )
        since = st.number_input(
            words.say("Première année de la politique, si elle précède ces données"),
            value=None, min_value=_FIRST_YEAR, max_value=candidate.data_as_of.year, step=1, key="publish_since",
        )  # fmt: skip
        milestones = _milestones_written()
        is_kept = bool(milestones) and st.checkbox(
            words.say(
                "Garder les jalons déjà dans les réglages\u00a0: {names}",
                names=as_text(words.listed([words.either(each.name, each.name_en) for each in milestones.values()])),
            ),
            key="publish_milestones",
        )
        submitted = st.form_submit_button(words.say("Enregistrer"), type="primary")
    show_notes(
        [
            words.say(
                "Un EPCI est une métropole ou une communauté\u00a0: la page Communes rapporte les heures à ses habitants. Ces réponses sont écrites dans les réglages. Soldes d’ouverture, jalons, objectifs et dates se changent ensuite sur la page Réglages\u202f; ceux de la démonstration ne servent plus."
            )
        ]
    )
    if submitted:
        _keep(name.strip(), epci, since, removed=() if is_kept else tuple(milestones))


def show_whose(candidate: Release) -> None:
    """Whose figures they will be, before the first ones serve."""
    current = reading()
    words, authority = current.words, load_settings().authority
    whose = territory(authority.epci)
    if current.access.release.demo and not candidate.demo and whose:
        text = words.say_count(
            "Autorité\u00a0: {name}. EPCI {epci}\u00a0: {n} commune, {largest}. Cela se corrige sur la page Réglages.",
            "Autorité\u00a0: {name}. EPCI {epci}\u00a0: {n} communes, dont {largest}. Cela se corrige sur la page Réglages.",
            whose.communes, name=authority.name, epci=whose.epci, largest=words.listed(list(whose.largest)),
        )  # fmt: skip
        show_notes([text])


def _milestones_written() -> dict[int, Milestone]:
    """The milestones of the settings that are not the demonstration's, by their place in the file: another authority's, unless kept."""
    return {place: each for place, each in enumerate(load_settings().milestones) if not each.demo}


def _keep(name: str, given: str, since: int | None, *, removed: tuple[int, ...]) -> None:
    current = reading()
    words, settings = current.words, current.settings
    if not name:
        st.error(as_text(words.say("Donnez le nom de l’autorité\u00a0: il se lit en haut de chaque page.")))
        return
    if not given.strip():
        st.error(as_text(words.say("Donnez le SIREN de l’EPCI, ou le nom de l’une de ses communes.")))
        return
    trace(_ACT, 0)  # first: where a trace is required, nothing happens without it
    try:
        epci = territory_named(given).epci
        values: dict[str, Value | None] = {"name": name, "epci": epci, "since": since, "clients": None}
        before = settings_text()
        edits = [Edit(section="milestones", place=place, removed=True) for place in removed]
        after = edited(before, [Edit(section="authority", values=values), *edits])
        checked(after, current.access.release)
        save(before, after, dt.datetime.now(dt.UTC))
    except ExtractError as error:
        st.error(as_text(error.text(words)))
        return
    if epci != settings.authority.epci:
        ask(NextAct.READ)
    st.rerun()
