"""The menu: every page, in the order readers need them, those that the reader's rights open."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from data.words import N_, Words
from pages.parts.filters.sentence import Reads
from pages.parts.streamlit_internals import StreamlitPage
from queries.rights.rights import Right, Rights

ROOMS: Final = Path(__file__).parents[1]
HOURS: Final = N_("Heures")
CONTRACTS: Final = N_("Marchés")
PEOPLE: Final = N_("Personnes")
ANALYSE: Final = N_("Analyse")
DATA: Final = N_("Données")


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuPage:
    """A page: its script within `pages/`, its address (the root for the first one), its title, the group of the menu where it stands.

    `needs`: the right that opens it, None when every reader may see it. `reads`: the filters that change it; the frame says which do not.
    """

    script: str
    path: str
    title: str
    group: str = ""
    needs: Right | None = None
    reads: Reads = Reads.ALL


PAGES: Final = (
    MenuPage(script="milestones/page.py", path="", title=N_("Où en est-on\u202f?")),
    MenuPage(script="years/page.py", path="annees", title=N_("Année par année"), group=HOURS),
    MenuPage(script="clauses/page.py", path="clauses", title=N_("Types de clause"), group=HOURS),
    MenuPage(script="clients/page.py", path="clients", title=N_("Maîtres d’ouvrage"), group=HOURS),
    MenuPage(script="communes/page.py", path="communes", title=N_("Communes"), group=HOURS),
    MenuPage(script="lots/page.py", path="lots", title=N_("Lots"), group=CONTRACTS, needs=Right.LOTS),
    MenuPage(
        script="considerations/page.py",
        path="considerations",
        title=N_("Considérations sociales"),
        group=CONTRACTS,
        reads=Reads.NOTIFIED,
    ),
    MenuPage(script="participants/profile.py", path="publics", title=N_("Publics"), group=PEOPLE, needs=Right.PEOPLE),
    MenuPage(script="participants/exits.py", path="sorties", title=N_("Sorties"), group=PEOPLE, needs=Right.PEOPLE),
    MenuPage(
        script="build_table/page.py",
        path="tableau",
        title=N_("Construire un tableau"),
        group=ANALYSE,
        needs=Right.BUILD,
    ),
    MenuPage(script="detail/page.py", path="detail", title=N_("Détail"), group=ANALYSE, needs=Right.DETAIL),
    MenuPage(script="sql/page.py", path="sql", title=N_("SQL"), group=ANALYSE, needs=Right.SQL),
    MenuPage(
        script="data_quality/page.py",
        path="donnees",
        title=N_("Qualité des données"),
        group=DATA,
        reads=Reads.WITHOUT_YEARS,
    ),
    MenuPage(script="totals/page.py", path="totaux", title=N_("Tous les totaux"), group=DATA),
    MenuPage(script="dictionary/page.py", path="dictionnaire", title=N_("Dictionnaire"), group=DATA, reads=Reads.NONE),
    MenuPage(script="definitions/page.py", path="definitions", title=N_("Définitions"), group=DATA, reads=Reads.NONE),
)


def menu(words: Words, rights: Rights) -> StreamlitPage:
    """The page to run, once the menu is drawn in the reader's language. A page without the right to it says so."""

    def refusal() -> None:
        st.title(words.say("Accès refusé"), anchor=False)
        st.text(words.say("Cette page n’est pas ouverte à votre rôle ({role}).", role=words.say(rights.role.label)))

    groups: dict[str, list[StreamlitPage]] = {}
    for page in PAGES:
        if page.needs is None or rights.may(page.needs):
            entry = st.Page(
                ROOMS / page.script, title=words.say(page.title), url_path=page.path or None, default=not page.path
            )
        else:
            entry = st.Page(refusal, title=words.say("Accès refusé"), url_path=page.path, visibility="hidden")
        groups.setdefault(words.say(page.group) if page.group else "", []).append(entry)
    return st.navigation(groups, position="top")


def reads_of(path: str) -> Reads:
    """Which filters change the page at an address of the menu."""
    return next((page.reads for page in PAGES if page.path == path), Reads.ALL)
