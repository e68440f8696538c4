"""What the help says."""

from data.words import Words


def sections(words: Words) -> list[tuple[str, str]]:
    """Headings with their text."""
    return [
        (
            words.say("Comment lire une page\u202f?"),
            words.say(
                "Le titre est une question, la phrase en dessous y répond. Les chiffres clés mènent à leur définition. Chaque graphique a"
                " une phrase et un tableau qui disent la même chose. Les hachures sont des heures en attente, ou des mois encore en cours"
                " de déclaration\u202f; «\u00a0n.c.\u00a0» veut dire non communiqué (secret statistique), «\u00a0–\u00a0» rien."
            ),
        ),
        (
            words.say("Comment ne voir qu’une partie des heures\u202f?"),
            words.say(
                "Le bouton Filtrer, en haut de chaque page, choisit des années, des communes, des maîtres d’ouvrage, des types de clause."
                " Les filtres suivent d’une page à l’autre, sont dits en mots à côté du bouton et dans chaque fichier."
                " L’adresse de la page les contient\u00a0: copiez-la pour la partager."
            ),
        ),
        (
            words.say("Comment trouver un lot, une commune, un mot\u202f?"),
            words.say(
                "Le champ Chercher, en haut de chaque page, trouve pages, communes, maîtres d’ouvrage, titulaires, lots et termes, sans souci"
                " d’accents ni de traits d’union. Ajoutez une année pour ses heures\u00a0: «\u00a0Elbeuf 2024\u00a0», «\u00a0CHU depuis 2019\u00a0»."
                " Le plan du site dit à quelle question chaque page répond."
            ),
        ),
        (
            words.say("Comment reprendre les chiffres\u202f?"),
            words.say(
                "Sous chaque tableau, Télécharger en fait un fichier\u00a0: Excel, CSV, Parquet ou JSON. Le fichier contient les filtres, la date"
                " des données, les définitions des colonnes et l’adresse de la page."
            ),
        ),
    ]


def shortcuts(words: Words) -> list[tuple[str, str]]:
    """Keys with what they do."""
    return [
        (
            words.say("Tab"),
            words.say("aller au lien, au bouton ou au tableau suivant\u202f; le premier mène au contenu"),
        ),
        (words.say("Entrée"), words.say("suivre le lien, ouvrir les filtres ou un tableau replié")),
        ("/", words.say("chercher")),
        (words.say("Échap"), words.say("fermer les filtres ou une liste, et revenir au bouton qui les a ouverts")),
        (words.say("Flèches"), words.say("faire défiler un tableau large ou long")),
    ]
