"""What each version brings to readers, in their words; the newest first. `.docs/CHANGELOG.md` has the rest, for who runs the product."""

from dataclasses import dataclass
from typing import Final

from data.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version: its number, what it brings, as messages."""

    number: str
    news: tuple[str, ...]


VERSIONS: Final = (
    Version(
        number="0.2.0",
        news=(
            N_(
                "Une recherche, en haut de chaque page\u00a0: pages, termes, maîtres d’ouvrage, communes, titulaires et lots, avec leurs heures\u202f; et des réponses en une phrase («\u00a0femmes 2025\u00a0», «\u00a0marchés réservés depuis 2019\u00a0»)."
            ),
            N_(
                "Les colonnes des tableaux se trient d’un clic, et l’adresse de la page garde l’ordre\u202f; les communes sont rangées par nombre d’heures décroissant."
            ),
            N_(
                "Comparer\u00a0: deux à cinq communes, maîtres d’ouvrage ou types de clause côte à côte, année par année."
            ),
            N_("Les filtres en cours s’ôtent un par un, à côté du bouton qui les ouvre."),
            N_(
                "Au pied de chaque page\u00a0: la déclaration d’accessibilité, le plan du site, les mentions légales, les données personnelles et l’aide."
            ),
            N_(
                "Le mois du prochain jalon est un intervalle qui contient la bonne date huit fois sur dix, avec ses raisons."
            ),
            N_(
                "Les années sont comparées sur leurs mois complets, et leur nombre est donné\u202f; un mois provisoire n’est jamais comparé."
            ),
            N_("Tous les totaux\u00a0: pourquoi deux totaux diffèrent, étape par étape."),
            N_("Le sous-total des marchés réservés, sous chaque liste de types de clause."),
            N_(
                "De nouveaux filtres\u00a0: la nature d’achat, le titulaire, le facilitateur, et «\u00a0Mes lots\u00a0»."
            ),
            N_("Une alerte «\u00a0Fin proche\u00a0», et les heures qui restent à réaliser chaque mois sur un lot."),
            N_(
                "Les nombres de bénéficiaires sont donnés pour l’ensemble ou pour une seule valeur d’un seul filtre, arrondis et protégés dès la publication."
            ),
            N_(
                "Le français d’une administration\u00a0: «\u00a0en baisse de 1,2\u00a0%\u00a0», pas de lettre pour les milliers, les villes rangées par leur nom."
            ),
        ),
    ),
    Version(
        number="0.1.0",
        news=(
            N_(
                "Où en est-on\u202f?\u00a0: la phrase, quatre chiffres, la courbe du cumul et ses jalons, les heures de chaque année."
            ),
            N_(
                "Types de clause, maîtres d’ouvrage, communes sur une carte, lots à relancer, avec une page pour chacun."
            ),
            N_(
                "Publics et sorties\u00a0: qui a travaillé, et ce que ces personnes sont devenues, dans le respect du secret statistique."
            ),
            N_(
                "Considérations sociales\u00a0: leur part dans tous les marchés notifiés, d’après les données essentielles de la commande publique."
            ),
            N_("Un formulaire de filtres pour toutes les pages, dans l’adresse et dans chaque fichier."),
            N_("Chaque tableau en Excel, CSV, Parquet ou JSON."),
            N_("Construire un tableau, Détail, SQL, Dictionnaire et Définitions."),
            N_("En français et en anglais, en clair et en sombre, sur un téléphone et sur papier."),
        ),
    ),
)
VERSION: Final = VERSIONS[0].number
