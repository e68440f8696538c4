"""The 106 criteria of RGAA 4.1, by their number and their subject in our words: whether the pages conform, and how that was looked at.

The page *Accessibilité* and `.docs/ACCESSIBILITY.md` are made from here.
"""

from dataclasses import dataclass
from typing import Final

from data.codes import Code
from data.words import N_
from pages.parts import rgaa_ways as by
from pages.parts.rgaa_ways import Way


class Verdict(Code):
    """Whether the pages conform to a criterion."""

    YES = "yes", N_("conforme")
    NO = "no", N_("non conforme")
    NONE = "none", N_("non applicable")


THEMES: Final = {
    1: N_("Images"),
    2: N_("Cadres"),
    3: N_("Couleurs"),
    4: N_("Multimédia"),
    5: N_("Tableaux"),
    6: N_("Liens"),
    7: N_("Scripts"),
    8: N_("Éléments obligatoires"),
    9: N_("Structuration de l’information"),
    10: N_("Présentation de l’information"),
    11: N_("Formulaires"),
    12: N_("Navigation"),
    13: N_("Consultation"),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its number, its subject as a message, the verdict, how it was looked at."""

    number: str
    subject: str
    verdict: Verdict
    way: Way

    @property
    def theme(self) -> str:
        """The name of its theme, as a message."""
        return THEMES[int(self.number.split(".", maxsplit=1)[0])]


_Y, _N, _0 = Verdict.YES, Verdict.NO, Verdict.NONE

CRITERIA: Final = (
    Criterion("1.1", N_("images porteuses d’information\u00a0: alternative"), _Y, by.NAMED),
    Criterion("1.2", N_("images de décoration\u00a0: ignorées"), _Y, by.ICONS),
    Criterion("1.3", N_("alternatives des images\u00a0: pertinence"), _Y, by.NAMED),
    Criterion("1.4", N_("images de test ou CAPTCHA\u00a0: nature et fonction"), _0, by.NO_IMAGE_OF),
    Criterion("1.5", N_("images de test ou CAPTCHA\u00a0: autre accès"), _0, by.NO_IMAGE_OF),
    Criterion("1.6", N_("images complexes\u00a0: description détaillée"), _Y, by.TWIN),
    Criterion("1.7", N_("descriptions détaillées\u00a0: pertinence"), _Y, by.TWIN),
    Criterion("1.8", N_("images de texte"), _0, by.NO_IMAGE_OF),
    Criterion("1.9", N_("légendes d’images"), _0, by.NO_IMAGE_OF),
    Criterion("2.1", N_("cadres\u00a0: titre"), _0, by.NO_FRAME),
    Criterion("2.2", N_("cadres\u00a0: pertinence du titre"), _0, by.NO_FRAME),
    Criterion("3.1", N_("information donnée par la couleur seule"), _Y, by.SYMBOLS),
    Criterion("3.2", N_("contraste des textes"), _Y, by.AXE),
    Criterion("3.3", N_("contraste des composants et des graphiques"), _Y, by.BORDERS),
    Criterion("4.1", N_("médias temporels\u00a0: transcription ou audiodescription"), _0, by.NO_MEDIA),
    Criterion("4.2", N_("transcriptions et audiodescriptions\u00a0: pertinence"), _0, by.NO_MEDIA),
    Criterion("4.3", N_("médias synchronisés\u00a0: sous-titres"), _0, by.NO_MEDIA),
    Criterion("4.4", N_("sous-titres\u00a0: pertinence"), _0, by.NO_MEDIA),
    Criterion("4.5", N_("médias temporels\u00a0: audiodescription synchronisée"), _0, by.NO_MEDIA),
    Criterion("4.6", N_("audiodescriptions synchronisées\u00a0: pertinence"), _0, by.NO_MEDIA),
    Criterion("4.7", N_("médias temporels\u00a0: identification"), _0, by.NO_MEDIA),
    Criterion("4.8", N_("médias non temporels\u00a0: alternative"), _0, by.NO_MEDIA),
    Criterion("4.9", N_("médias non temporels\u00a0: pertinence de l’alternative"), _0, by.NO_MEDIA),
    Criterion("4.10", N_("sons déclenchés automatiquement"), _0, by.NO_MEDIA),
    Criterion("4.11", N_("médias temporels\u00a0: contrôle au clavier"), _0, by.NO_MEDIA),
    Criterion("4.12", N_("médias non temporels\u00a0: contrôle au clavier"), _0, by.NO_MEDIA),
    Criterion("4.13", N_("médias\u00a0: technologies d’assistance"), _0, by.NO_MEDIA),
    Criterion("5.1", N_("tableaux complexes\u00a0: résumé"), _Y, by.CAPTION),
    Criterion("5.2", N_("résumés des tableaux\u00a0: pertinence"), _Y, by.CAPTION),
    Criterion("5.3", N_("tableaux de mise en forme\u00a0: linéarisation"), _0, by.NO_CONTENT),
    Criterion("5.4", N_("tableaux de données\u00a0: titre associé"), _Y, by.CAPTION),
    Criterion("5.5", N_("tableaux de données\u00a0: pertinence du titre"), _Y, by.NAMED),
    Criterion("5.6", N_("en-têtes de lignes et de colonnes\u00a0: déclarés"), _Y, by.CAPTION),
    Criterion("5.7", N_("cellules reliées à leurs en-têtes"), _Y, by.CAPTION),
    Criterion("5.8", N_("tableaux de mise en forme\u00a0: sans balises de données"), _0, by.NO_CONTENT),
    Criterion("6.1", N_("liens explicites"), _Y, by.LINKS),
    Criterion("6.2", N_("liens\u00a0: un intitulé"), _Y, by.AXE),
    Criterion("7.1", N_("scripts et technologies d’assistance"), _Y, by.AXE),
    Criterion("7.2", N_("alternatives aux scripts\u00a0: pertinence"), _Y, by.TWIN),
    Criterion("7.3", N_("scripts utilisables au clavier"), _Y, by.KEYBOARD),
    Criterion("7.4", N_("changements de contexte"), _Y, by.FOCUS_MOVES),
    Criterion("7.5", N_("messages de statut"), _Y, by.SPOKEN),
    Criterion("8.1", N_("type de document"), _Y, by.DOCUMENT),
    Criterion("8.2", N_("code valide"), _N, by.NOT_VALIDATED),
    Criterion("8.3", N_("langue par défaut"), _Y, by.DOCUMENT),
    Criterion("8.4", N_("langue par défaut\u00a0: pertinence"), _Y, by.LANGUAGE),
    Criterion("8.5", N_("titre de page"), _Y, by.TITLES),
    Criterion("8.6", N_("titre de page\u00a0: pertinence"), _Y, by.TITLES),
    Criterion("8.7", N_("changements de langue signalés"), _Y, by.SUBJECTS),
    Criterion("8.8", N_("changements de langue\u00a0: code pertinent"), _0, by.NO_CONTENT),
    Criterion("8.9", N_("balises employées pour leur sens"), _Y, by.STYLES),
    Criterion("8.10", N_("changements du sens de lecture"), _0, by.NO_CONTENT),
    Criterion("9.1", N_("titres et leur hiérarchie"), _Y, by.HEADINGS),
    Criterion("9.2", N_("structure du document"), _Y, by.REGIONS),
    Criterion("9.3", N_("listes"), _Y, by.AXE),
    Criterion("9.4", N_("citations"), _0, by.NO_CONTENT),
    Criterion("10.1", N_("présentation par feuilles de style"), _Y, by.STYLES),
    Criterion("10.2", N_("contenu présent sans feuilles de style"), _Y, by.STYLES),
    Criterion("10.3", N_("contenu compréhensible sans feuilles de style"), _Y, by.STYLES),
    Criterion("10.4", N_("texte agrandi à 200\u00a0%"), _Y, by.SMALL),
    Criterion("10.5", N_("couleurs de fond et de texte déclarées ensemble"), _Y, by.COLOURS),
    Criterion("10.6", N_("liens visibles dans le texte"), _Y, by.STYLES),
    Criterion("10.7", N_("prise de focus visible"), _Y, by.FOCUS_SEEN),
    Criterion("10.8", N_("contenus cachés ignorés"), _Y, by.AXE),
    Criterion("10.9", N_("information donnée par la forme ou la position seule"), _Y, by.SYMBOLS),
    Criterion("10.10", N_("forme ou position\u00a0: pertinence de l’autre moyen"), _Y, by.SYMBOLS),
    Criterion("10.11", N_("défilement dans une seule direction"), _Y, by.SMALL),
    Criterion("10.12", N_("espacement du texte redéfini"), _Y, by.SPACING),
    Criterion("10.13", N_("contenus additionnels au survol\u00a0: contrôle"), _Y, by.HOVER),
    Criterion("10.14", N_("contenus additionnels par les styles seuls\u00a0: clavier"), _0, by.NO_CONTENT),
    Criterion("11.1", N_("champs\u00a0: étiquette"), _Y, by.LABELS),
    Criterion("11.2", N_("étiquettes\u00a0: pertinence"), _Y, by.LABELS),
    Criterion("11.3", N_("étiquettes\u00a0: cohérence d’une page à l’autre"), _Y, by.LABELS),
    Criterion("11.4", N_("étiquettes accolées aux champs"), _Y, by.LABELS),
    Criterion("11.5", N_("champs de même nature\u00a0: regroupés"), _Y, by.YEARS),
    Criterion("11.6", N_("groupes de champs\u00a0: légende"), _0, by.NO_CONTENT),
    Criterion("11.7", N_("légendes des groupes\u00a0: pertinence"), _0, by.NO_CONTENT),
    Criterion("11.8", N_("listes de choix\u00a0: regroupement"), _0, by.NO_CONTENT),
    Criterion("11.9", N_("boutons\u00a0: intitulé pertinent"), _Y, by.LINKS),
    Criterion("11.10", N_("contrôle de saisie"), _0, by.NO_REQUIRED),
    Criterion("11.11", N_("erreurs de saisie\u00a0: suggestions"), _0, by.NO_REQUIRED),
    Criterion("11.12", N_("données juridiques ou financières\u00a0: relecture"), _0, by.NO_REQUIRED),
    Criterion("11.13", N_("finalité des champs sur l’utilisateur"), _0, by.NO_REQUIRED),
    Criterion("12.1", N_("deux systèmes de navigation"), _Y, by.TWO_WAYS),
    Criterion("12.2", N_("menu à la même place"), _Y, by.TWO_WAYS),
    Criterion("12.3", N_("plan du site\u00a0: pertinence"), _Y, by.TWO_WAYS),
    Criterion("12.4", N_("plan du site\u00a0: accès identique"), _Y, by.TWO_WAYS),
    Criterion("12.5", N_("moteur de recherche\u00a0: accès identique"), _Y, by.TWO_WAYS),
    Criterion("12.6", N_("zones de la page\u00a0: atteintes ou évitées"), _Y, by.REGIONS),
    Criterion("12.7", N_("lien d’accès au contenu"), _Y, by.SKIP),
    Criterion("12.8", N_("ordre de tabulation"), _Y, by.FOCUS_MOVES),
    Criterion("12.9", N_("pas de piège au clavier"), _Y, by.FOCUS_MOVES),
    Criterion("12.10", N_("raccourcis d’une seule touche"), _Y, by.KEYS),
    Criterion("12.11", N_("contenus additionnels atteignables au clavier"), _Y, by.NOTHING_TO_REACH),
    Criterion("13.1", N_("limites de temps"), _Y, by.SESSION),
    Criterion("13.2", N_("nouvelles fenêtres"), _0, by.NO_CONTENT),
    Criterion("13.3", N_("documents à télécharger\u00a0: version accessible"), _Y, by.FILES),
    Criterion("13.4", N_("version accessible\u00a0: même information"), _Y, by.FILES),
    Criterion("13.5", N_("contenus cryptiques\u00a0: alternative"), _0, by.NO_CONTENT),
    Criterion("13.6", N_("contenus cryptiques\u00a0: pertinence de l’alternative"), _0, by.NO_CONTENT),
    Criterion("13.7", N_("effets de flash"), _Y, by.CALM),
    Criterion("13.8", N_("contenus en mouvement"), _Y, by.CALM),
    Criterion("13.9", N_("orientation de l’écran"), _Y, by.SIMPLE),
    Criterion("13.10", N_("gestes complexes"), _Y, by.SIMPLE),
    Criterion("13.11", N_("actions au pointeur annulables"), _Y, by.SIMPLE),
    Criterion("13.12", N_("mouvements de l’appareil"), _0, by.NO_CONTENT),
)
