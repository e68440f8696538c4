"""The tour of the first visit: five sentences, which the browser shows once (`server/tour.js`) and the page of help again."""

from data.words import Words
from pages.parts.read import SitePage

_HELP = "aide"


def has_tour(page: SitePage) -> bool:
    """Whether the page has the tour: the first page opens it by itself, the help page on request."""
    return page.path in ("", _HELP)


def tour(page: SitePage, words: Words) -> dict[str, object]:
    """What the template says."""
    return {
        "name": words.say("Visite en cinq phrases"),
        "first": not page.path,
        "close": words.say("Fermer la visite"),
        "sentences": [
            words.say(
                "Chaque page pose une question et y répond en une phrase\u202f; graphiques et tableaux la détaillent."
            ),
            words.say(
                "Filtrer, en haut, ne garde que vos années, votre commune ou votre maître d’ouvrage, d’une page à l’autre."
            ),
            words.say(
                "Chercher répond aussi aux questions\u00a0: «\u00a0Elbeuf 2024\u00a0», «\u00a0qui est en retard\u202f?\u00a0»."
            ),
            words.say(
                "Les mots soulignés mènent à leur définition\u202f; sous chaque tableau, Télécharger en fait un fichier."
            ),
            words.say("L’adresse de la page contient tout ce que vous voyez\u00a0: copiez-la pour le partager."),
        ],
    }
