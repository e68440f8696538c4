"""Which release served when, by whom; and the way back."""

from typing import Final

import streamlit as st

from data.release.events import Act, events
from data.release.fingerprints import is_whole
from data.release.history import served_before
from data.release.releases import Release, extracts_folder, releases
from data.words import N_, Words
from pages.parts.blocks import show_notes
from pages.parts.read import reading
from pages.parts.tables import Column, show_table
from pages.publish.acts import NextAct, ask
from pages.publish.sentences import moment

_ACTS: Final = {Act.PUBLISHED: N_("publication"), Act.WENT_BACK: N_("retour")}
_MOST: Final = 30


def show_history() -> None:
    """The last acts, and the button that returns to the release before."""
    words, served = reading().words, reading().access.release
    st.header(words.say("Les publications"), anchor=False)
    show_table(
        _rows(served, words),
        (
            Column(key="at", label=words.say("Quand")),
            Column(key="act", label=words.say("Acte")),
            Column(key="by", label=words.say("Par")),
            Column(key="data_as_of", label=words.say("Données au"), kind="date"),
            Column(key="hours", label=words.say("Heures validées (h)"), kind="hours"),
            Column(key="release", label=words.say("Version")),
            Column(key="serves", label=words.say("En service"), kind="yes"),
        ),
        caption=words.say("Historique des publications"),
        name="publications",
        filtered=False,
        folded=False,
    )
    show_notes(
        [
            words.say(
                "Heures validées\u00a0: toutes celles des fichiers publiés, lots hors total compris, sans le solde d’ouverture."
            )
        ]
    )
    _show_way_back(words)


def _rows(served: Release, words: Words) -> list[dict[str, object]]:
    """One row an act, the latest first; a release that nobody remembers publishing is there as well."""
    known = {release.id: release for release in releases()}
    acts = [(event.at, words.say(_ACTS[event.act]), event.by, event.release) for event in events(extracts_folder())]
    in_journal = {release for _, _, _, release in acts}
    acts += [
        (r.published_at, words.say(_ACTS[Act.PUBLISHED]), "", r.id) for r in known.values() if r.id not in in_journal
    ]
    acts = sorted(acts, reverse=True)[:_MOST]
    latest = next((n for n, (*_, release) in enumerate(acts) if release == served.id), None)
    rows: list[dict[str, object]] = []
    for n, (at, act, by, release) in enumerate(acts):
        stored = known.get(release)
        rows.append(
            {
                "at": moment(at, words),
                "act": act,
                "by": by or None,
                "data_as_of": stored and stored.data_as_of,
                "hours": stored and stored.hours_validated,
                "release": release if stored else words.say("{release} (supprimée)", release=release),
                "serves": n == latest,
            }
        )
    return rows


def _show_way_back(words: Words) -> None:
    before = next((release for release in served_before() if is_whole(release)), None)
    if before is None:
        show_notes([words.say("Il n’y a pas de publication antérieure à laquelle revenir.")])
        return
    with st.popover(words.say("Revenir à la précédente"), key="publish_back_open"):
        st.text(
            words.say(
                "Tous les lecteurs verront de nouveau, dès leur prochain clic, les données au {day} ({hours} validées), publiées le {at}. La publication en service reste sur le disque, mais on n’y revient plus\u00a0: pour corriger une erreur, corrigez vos fichiers et publiez de nouveau.",
                day=words.date(before.data_as_of),
                hours=words.hours(before.hours_validated),
                at=moment(before.published_at, words),
            )
        )
        if st.button(
            words.say("Remettre en service les données au {day}", day=words.short_date(before.data_as_of)),
            key="publish_back",
        ):
            ask(NextAct.BACK)
