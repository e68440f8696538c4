"""The pages at the foot of every other, and the search."""

from typing import Final

from data.words import N_
from pages.frame.menu_page import MenuPage
from pages.parts.filters.sentence import Reads

FOOT_PAGES: Final = (
    MenuPage(
        script="search/page.py",
        path="recherche",
        needs_server=True,
        title=N_("Recherche"),
        about=N_("Un nom, une commune, un numéro de marché, un SIRET ou un mot, à trouver dans toutes les pages."),
        reads=Reads.NONE,
        at_foot=True,
    ),
    MenuPage(
        script="help/page.py",
        path="aide",
        needs_server=True,
        title=N_("Aide"),
        about=N_("Comment lire une page, filtrer, chercher, reprendre les chiffres, se servir du clavier."),
        reads=Reads.NONE,
        at_foot=True,
    ),
    MenuPage(
        script="site_plan/page.py",
        path="plan",
        title=N_("Plan du site"),
        about=N_("Toutes les pages, et la question à laquelle chacune répond."),
        reads=Reads.NONE,
        at_foot=True,
    ),
    MenuPage(
        script="accessibility/page.py",
        path="accessibilite",
        title=N_("Accessibilité"),
        about=N_(
            "La déclaration d’accessibilité\u00a0: ce qui est conforme au RGAA, ce qui ne l’est pas, et les recours."
        ),
        reads=Reads.NONE,
        at_foot=True,
    ),
    MenuPage(
        script="legal/page.py",
        path="mentions-legales",
        title=N_("Mentions légales"),
        about=N_("Qui publie ces pages, qui les héberge, sous quelle licence reprendre les chiffres."),
        reads=Reads.NONE,
        at_foot=True,
    ),
    MenuPage(
        script="legal/privacy.py",
        path="donnees-personnelles",
        title=N_("Données personnelles"),
        about=N_(
            "Ce qui est conservé à votre sujet quand vous consultez ces pages, et ce qui protège les bénéficiaires."
        ),
        reads=Reads.NONE,
        at_foot=True,
    ),
    MenuPage(
        script="news/page.py",
        path="nouveautes",
        needs_server=True,
        title=N_("Nouveautés"),
        about=N_("Ce que chaque version apporte aux lecteurs."),
        reads=Reads.NONE,
        at_foot=True,
    ),
)
