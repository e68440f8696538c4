"""How the criteria of RGAA were looked at: by which test, by which look, or why they do not apply."""

from dataclasses import dataclass
from typing import Final

from data.words import N_

_PAGES: Final = "tests/journeys/test_every_page.py::"
_ACCESS: Final = "tests/journeys/test_accessibility.py::"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What was looked at, as a message, and the test that looks again at each change; empty where people looked."""

    text: str
    test: str = ""


NO_IMAGE_OF: Final = Way(text=N_("Aucun contenu de ce genre\u00a0: ni photo, ni image de texte, ni test visuel."))
NO_FRAME: Final = Way(text=N_("Aucun cadre."))
NO_MEDIA: Final = Way(text=N_("Ni son, ni vidéo, ni animation."))
NO_CONTENT: Final = Way(text=N_("Aucun contenu de ce genre."))
NAMED: Final = Way(
    text=N_("Chaque graphique et chaque tableau a un nom qui n’est qu’à lui, et qui contient la phrase du graphique."),
    test=f"{_PAGES}test_every_chart_and_table_has_its_own_name",
)
TWIN: Final = Way(
    text=N_(
        "Chaque graphique a, à côté de lui, une phrase et un tableau avec toutes ses valeurs\u00a0: vérifié page par page."
    )
)
AXE: Final = Way(
    text=N_("Contrôlé par axe sur chaque page, en clair et en sombre."), test=f"{_PAGES}test_axe_finds_nothing"
)
ICONS: Final = Way(
    text=N_("Les icônes sont cachées aux lecteurs d’écran\u202f; un texte les accompagne."),
    test=f"{_ACCESS}test_icons_are_not_read_aloud",
)
SYMBOLS: Final = Way(
    text=N_(
        "Les états sont des mots et des symboles\u202f; les classes de la carte sont des textures, les heures en attente des hachures."
    )
)
COLOURS: Final = Way(
    text=N_("Contrastes de 4,5 pour les textes et de 3 pour les graphiques, calculés en clair et en sombre."),
    test="tests/pages/parts/test_theme.py::test_validated_and_committed_hours_read_on_the_background",
)
CAPTION: Final = Way(
    text=N_("Un titre et des en-têtes de lignes et de colonnes, par un seul modèle\u00a0: vérifié dans le code.")
)
LINKS: Final = Way(
    text=N_(
        "Le texte de chaque lien dit où il mène\u202f; les téléchargements nomment leur tableau\u00a0: vérifié page par page."
    )
)
KEYBOARD: Final = Way(
    text=N_(
        "Filtres, menu, tableaux et téléchargements se parcourent au clavier\u202f; la carte a son tableau de liens."
    ),
    test=f"{_ACCESS}test_keyboard_reaches_filters_and_the_rest_of_a_wide_table",
)
FOCUS_MOVES: Final = Way(
    text=N_(
        "Le focus entre dans les filtres quand ils s’ouvrent et revient au bouton quand ils se ferment, sans piège."
    ),
    test=f"{_ACCESS}test_focus_goes_into_the_form_and_comes_back",
)
SPOKEN: Final = Way(
    text=N_("Après un filtre ou un choix, la phrase de réponse est annoncée sans déplacer le focus."),
    test=f"{_ACCESS}test_the_new_answer_is_spoken",
)
DOCUMENT: Final = Way(
    text=N_("Le document du serveur\u00a0: type, langue, titre et description de chaque page."),
    test="tests/pages/server/test_server.py::TestDocument",
)
TITLES: Final = Way(
    text=N_("Le titre du document nomme la page, le produit et l’autorité."),
    test=f"{_ACCESS}test_title_and_description_are_those_of_the_page",
)
LANGUAGE: Final = Way(
    text=N_("Aucun mot anglais dans les pages françaises, et l’inverse."),
    test=f"{_PAGES}test_no_english_word_is_left",
)
SUBJECTS: Final = Way(
    text=N_(
        "Dans la version anglaise, les objets des marchés et les commentaires, restés en français, sont marqués comme tels\u202f; les noms propres"
        " n’ont pas à l’être."
    ),
    test="tests/pages/lots/test_page.py::test_french_subjects_are_marked_in_english",
)
NOT_VALIDATED: Final = Way(
    text=N_(
        "Relu par le navigateur, le code des pages garde sa structure\u202f; passé au validateur du W3C (30 novembre 2026), il n’a d’erreurs que dans ce que produit Streamlit\u00a0: attributs inconnus, blocs dans du texte en ligne."
    ),
    test=f"{_ACCESS}test_the_document_reads_as_it_was_built",
)
HEADINGS: Final = Way(
    text=N_("Un titre de page, puis des titres sans saut de niveau."),
    test=f"{_PAGES}test_one_title_then_headings_without_a_gap",
)
REGIONS: Final = Way(
    text=N_("En-tête, menu, contenu principal et pied de page ont leur balise, et leur nom s’il y en a plusieurs."),
    test=f"{_ACCESS}test_regions_and_the_menu_say_where_the_reader_is",
)
STYLES: Final = Way(
    text=N_(
        "Présentation par feuilles de style seules\u202f; sans elles, tout reste et l’ordre est celui de la lecture\u00a0: vérifié."
    )
)
SMALL: Final = Way(
    text=N_("À 320 pixels, rien ne déborde\u202f; les tableaux larges défilent seuls."),
    test=f"{_ACCESS}test_nothing_runs_out_at_320_pixels",
)
SPACING: Final = Way(
    text=N_("Interlignes et espaces agrandis\u00a0: aucun texte n’est coupé."),
    test=f"{_ACCESS}test_wider_spacing_cuts_no_text",
)
FOCUS_SEEN: Final = Way(
    text=N_("Un cadre de 2 pixels, d’un contraste de 3 au moins, entoure ce qui a le focus."),
    test=f"{_ACCESS}test_focus_is_seen",
)
HOVER: Final = Way(
    text=N_(
        "L’infobulle des graphiques se ferme avec Échap, la souris peut s’y poser, et elle reste tant qu’elle y est."
    ),
    test=f"{_ACCESS}test_the_mouse_may_rest_on_the_tooltip_of_a_chart",
)
NOTHING_TO_REACH: Final = Way(
    text=N_(
        "Ce que les boutons ouvrent s’atteint au clavier\u202f; l’infobulle des graphiques, sans lien ni bouton, répète le tableau voisin."
    ),
    test=f"{_ACCESS}test_focus_goes_into_the_form_and_comes_back",
)
LABELS: Final = Way(
    text=N_("Chaque champ a une étiquette, visible ou lue\u00a0: contrôlé par axe, vérifié page par page."),
    test=f"{_PAGES}test_axe_finds_nothing",
)
YEARS: Final = Way(
    text=N_(
        "Chaque étiquette se suffit («\u00a0De l’année\u00a0», «\u00a0À l’année\u00a0»)\u00a0: aucun groupe n’est nécessaire."
    )
)
BORDERS: Final = Way(
    text=N_("Les bords des champs et les graphiques ont un contraste de 3 au moins, en clair et en sombre."),
    test=f"{_ACCESS}test_borders_of_fields_are_seen",
)
NO_REQUIRED: Final = Way(text=N_("Aucun champ obligatoire, aucune donnée saisie n’est enregistrée."))
TWO_WAYS: Final = Way(
    text=N_("Un menu, un plan du site et une recherche, au même endroit sur chaque page."),
    test=f"{_ACCESS}test_regions_and_the_menu_say_where_the_reader_is",
)
SKIP: Final = Way(
    text=N_("Le premier lien mène au contenu."),
    test=f"{_ACCESS}test_keyboard_reaches_filters_and_the_rest_of_a_wide_table",
)
KEYS: Final = Way(
    text=N_(
        "Un seul raccourci d’une touche, qui se désactive à la page Aide\u202f; ceux de Streamlit sont désactivés."
    ),
    test=f"{_ACCESS}test_the_key_of_the_search_can_be_switched_off",
)
SESSION: Final = Way(
    text=N_(
        "La lecture n’a pas de limite de temps\u202f; une session d’identification expirée se rouvre à la même adresse."
    )
)
FILES: Final = Way(
    text=N_(
        "Classeurs\u00a0: titre, feuilles nommées, en-têtes, graphique décrit, aucune cellule fusionnée\u202f; PDF balisés\u202f; titres et tableaux de Word. Le tableau de la page et les CSV ont les mêmes valeurs."
    ),
    test="tests/queries/files/test_exports.py::test_a_workbook_can_be_listened_to",
)
CALM: Final = Way(text=N_("Rien ne clignote ni ne bouge de soi-même, hormis le signe d’un calcul en cours."))
SIMPLE: Final = Way(text=N_("Tout se fait d’un clic ou d’une touche, au relâchement, quelle que soit l’orientation."))
