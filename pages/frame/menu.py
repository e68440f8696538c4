"""Every page, in the order readers need them: those of the menu, then those at the foot."""

from typing import Final

from data.words import N_
from pages.frame.foot_pages import FOOT_PAGES
from pages.frame.menu_page import MenuPage
from pages.parts.filters.sentence import Reads
from pages.parts.lot_links import CONTRACT
from queries.rights.rights import Right

__all__ = ["PAGES", "MenuPage", "page_at"]

HOURS: Final = N_("Heures")
CONTRACTS: Final = N_("Marchés")
PEOPLE: Final = N_("Personnes")
ANALYSE: Final = N_("Analyse")
DATA: Final = N_("Données")


PAGES: Final = (
    MenuPage(
        script="milestones/page.py",
        path="",
        months=True,
        title=N_("Où en est-on\u202f?"),
        about=N_("Les heures réalisées depuis l’origine, le prochain jalon et sa date, chaque année."),
        keywords=N_("deuxième million, deux millions, jalon, objectif, projection, date"),
    ),
    MenuPage(
        script="years/page.py",
        path="annees",
        title=N_("Année par année"),
        about=N_("Les heures de chaque année, comparées à la précédente et à l’objectif."),
        group=HOURS,
        keywords=N_("évolution, en attente, mois, trimestre, validation"),
    ),
    MenuPage(
        script="clauses/page.py",
        path="clauses",
        months=True,
        title=N_("Types de clause"),
        about=N_("Les heures de chaque type de clause, et la part des marchés réservés."),
        group=HOURS,
        keywords=N_("réservés, réservé, IAE, handicap, ESS, modalité"),
    ),
    MenuPage(
        script="clients/page.py",
        path="clients",
        months=True,
        title=N_("Maîtres d’ouvrage"),
        about=N_("Les heures de chaque maître d’ouvrage, son taux de réalisation, ses dernières déclarations."),
        group=HOURS,
        keywords=N_("bailleur, retard, déclaration, en attente, validation, Métropole"),
    ),
    MenuPage(
        script="communes/page.py",
        path="communes",
        months=True,
        title=N_("Communes"),
        about=N_("Les heures réalisées dans chaque commune, sur une carte et en tableau."),
        group=HOURS,
        keywords=N_("ville, carte, lieu, où"),
    ),
    MenuPage(
        script="lots/page.py",
        path="lots",
        months=True,
        title=N_("Lots"),
        about=N_("Les lots qui appellent une relance\u00a0: leurs heures, leur rythme, leur fin prévue."),
        group=CONTRACTS,
        needs=Right.LOTS,
        keywords=N_(
            "contrats, marchés, finissent, terme, échéance, trois mois, relancer, titulaires, entreprises, retard"
        ),
        one=(CONTRACT, Reads.OF_LOTS),
    ),
    MenuPage(
        script="considerations/page.py",
        path="considerations",
        title=N_("Considérations sociales"),
        about=N_("La part des marchés notifiés qui comportent une considération sociale, et l’objectif national."),
        group=CONTRACTS,
        reads=Reads.NOTIFIED,
        keywords=N_("objectif national, PNAD, DECP, SPASER, part des marchés"),
    ),
    MenuPage(
        script="participants/profile.py",
        path="publics",
        title=N_("Publics"),
        about=N_("Les bénéficiaires\u00a0: leur nombre, leur sexe, leur âge, leurs critères, où ils habitent."),
        group=PEOPLE,
        needs=Right.PEOPLE,
        keywords=N_("femmes, hommes, sexe, âge, jeunes, seniors, RSA, QPV, RQTH, formation, bénéficiaires, personnes"),
    ),
    MenuPage(
        script="participants/exits.py",
        path="sorties",
        title=N_("Sorties"),
        about=N_("Ce que deviennent les bénéficiaires à la sortie, à 6 et à 12 mois."),
        group=PEOPLE,
        needs=Right.PEOPLE,
        keywords=N_("emploi, CDI, CDD, devenir, sorties dynamiques"),
    ),
    MenuPage(
        script="build_table/page.py",
        path="tableau",
        months=True,
        needs_server=True,
        title=N_("Construire un tableau"),
        about=N_("Un tableau et un graphique à composer\u00a0: une mesure, des lignes, des colonnes."),
        group=ANALYSE,
        needs=Right.BUILD,
        keywords=N_("croiser, comparer, Excel"),
    ),
    MenuPage(
        script="compare/page.py",
        path="comparer",
        needs_server=True,
        title=N_("Comparer"),
        about=N_("Deux à cinq communes, maîtres d’ouvrage, types de clause ou années côte à côte."),
        group=ANALYSE,
        keywords=N_("comparer, comparaison, côte à côte, face à face"),
        compares=(
            "quoi",
            "communes",
            {
                "communes": ("execution_communes",),
                "clients": ("clients",),
                "clauses": ("clause_categories",),
                "annees": ("first_year", "last_year", "first_month", "last_month"),
            },
        ),
    ),
    MenuPage(
        script="detail/page.py",
        path="detail",
        months=True,
        title=N_("Détail"),
        about=N_("Les lots et les lignes d’heures, une par une, à chercher et à télécharger."),
        group=ANALYSE,
        needs=Right.DETAIL,
        keywords=N_("Excel, télécharger, lignes, export"),
    ),
    MenuPage(
        script="sql/page.py",
        path="sql",
        title=N_("SQL"),
        about=N_("Vos propres requêtes sur les tables, en lecture seule."),
        group=ANALYSE,
        needs=Right.SQL,
    ),
    MenuPage(
        script="data_quality/page.py",
        path="donnees",
        title=N_("Qualité des données"),
        about=N_("Ce qui pose question dans les données, les fichiers publiés, qui n’a plus déclaré."),
        group=DATA,
        reads=Reads.WITHOUT_YEARS,
        keywords=N_("anomalies, doublons, sources, fraîcheur, déclarent"),
    ),
    MenuPage(
        script="changes/page.py",
        path="changements",
        title=N_("Qu’est-ce qui a changé\u202f?"),
        about=N_(
            "Ce qui a changé entre deux publications\u00a0: années révisées, maîtres d’ouvrage, types de clause, lots."
        ),
        group=DATA,
    ),
    MenuPage(
        script="totals/page.py",
        path="totaux",
        months=True,
        title=N_("Tous les totaux"),
        about=N_("Pourquoi deux totaux diffèrent, étape par étape, avec les heures de chacune."),
        group=DATA,
    ),
    MenuPage(
        script="publish/page.py",
        path="publier",
        title=N_("Publier"),
        about=N_(
            "Déposer les fichiers du mois, vérifier, comparer les chiffres, les mettre en service ou revenir en arrière."
        ),
        group=DATA,
        needs=Right.PUBLISH,
        reads=Reads.NONE,
    ),
    MenuPage(
        script="settings/page.py",
        path="reglages",
        title=N_("Réglages"),
        about=N_("Nom, jalons, dates, règles de décompte et contacts de l’autorité, contrôlés avant d’être écrits."),
        group=DATA,
        needs=Right.PUBLISH,
        reads=Reads.NONE,
    ),
    MenuPage(
        script="definitions/page.py",
        path="definitions",
        title=N_("Définitions"),
        about=N_(
            "Chaque terme et chaque indicateur, avec sa formule et sa source\u202f; le dictionnaire des tables, colonnes et codes."
        ),
        group=DATA,
        reads=Reads.NONE,
    ),
    *FOOT_PAGES,
)

# Where several structures publish; a single authority has no such page.
OF_SEVERAL: Final = MenuPage(
    script="structures/page.py",
    path="structures",
    title=N_("Structures"),
    about=N_("Qui a publié, jusqu’à quand, et les heures de chaque structure."),
    group=DATA,
    keywords=N_("observatoire, retard, publication, date des données"),
)


def pages_there(*, several: bool) -> tuple[MenuPage, ...]:
    """The pages of a release: that of structures, first of its group, only where several publish."""
    place = [page.group for page in PAGES].index(DATA)
    return (*PAGES[:place], OF_SEVERAL, *PAGES[place:]) if several else PAGES


def page_at(path: str) -> MenuPage:
    """The page at an address of the menu; the first one at no such address."""
    return next((page for page in PAGES if page.path == path), PAGES[0])
