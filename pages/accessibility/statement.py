"""The sentences of the statement, from the criteria."""

import datetime as dt
from typing import Final

from data.words import Words
from pages.parts.conformity import conformity_ratio, counts, level
from pages.parts.rgaa import CRITERIA, Verdict

STATED_ON: Final = dt.date(2026, 11, 30)


def answer_text(publisher: str, words: Words) -> str:
    """Who is bound, and how far the pages conform."""
    return words.say(
        "{publisher} s’engage à rendre ces pages accessibles (article 47 de la loi n°\u00a02005-102 du 11 février 2005). Leur état, au"
        " regard du RGAA 4.1\u00a0: {level}.",
        publisher=publisher,
        level=words.say(level()),
    )


def results(words: Words) -> list[str]:
    """How many criteria conform, of those that apply."""
    verdicts = counts()
    return [
        words.say(
            "{share} des {n} critères qui s’appliquent sont respectés\u00a0: {yes} conformes, {no} non conformes\u202f; {none} ne s’appliquent pas.",
            share=words.percent(conformity_ratio(), 0),
            n=words.number(verdicts[Verdict.YES] + verdicts[Verdict.NO]),
            yes=words.number(verdicts[Verdict.YES]),
            no=words.number(verdicts[Verdict.NO]),
            none=words.number(verdicts[Verdict.NONE]),
        ),
        words.say(
            "C’est l’examen des auteurs du logiciel, appuyé sur des tests\u202f; ni un organisme extérieur ni des utilisateurs de lecteurs"
            " d’écran ne l’ont refait."
        ),
    ]


def of_edition(words: Words) -> str:
    """What the verdicts are worth for pages that are files."""
    return words.say(
        "Ce sont ici des fichiers sans script\u00a0: les mêmes textes, tableaux et graphiques que les pages interactives, où chaque critère a été"
        " examiné. Ce que ces critères disent des filtres, des champs et des infobulles n’a pas d’objet ici."
    )


def failures(words: Words) -> list[str]:
    """Each criterion that is not met, with what stands in its place."""
    return [
        words.named(
            words.say("Critère {number}, {subject}", number=criterion.number, subject=words.say(criterion.subject)),
            words.say(criterion.way.text),
        )
        for criterion in CRITERIA
        if criterion.verdict is Verdict.NO
    ]


def looked_at(words: Words) -> list[str]:
    """When, on which pages, with what."""
    return [
        words.say(
            "Déclaration établie le {day}, sur toutes les pages du menu et du pied de page.", day=words.date(STATED_ON)
        ),
        words.say(
            "Technologies\u00a0: HTML5, CSS, JavaScript, SVG. Outils\u00a0: axe-core et des parcours automatiques au clavier dans Chromium, en"
            " français et en anglais, en clair et en sombre, de 320 à 1\u202f280 pixels."
        ),
    ]


def remedies(words: Words) -> list[str]:
    """What the law offers whoever has had no answer."""
    return [
        words.say(
            "Si vous avez signalé un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service, et que vous n’avez pas"
            " obtenu de réponse satisfaisante, vous pouvez saisir le Défenseur des droits\u00a0:"
        ),
        words.say("par son formulaire, sur www.defenseurdesdroits.fr\u202f;"),
        words.say("par son délégué dans votre région\u202f;"),
        words.say(
            "par courrier gratuit, sans timbre\u00a0: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07."
        ),
    ]
