"""The sentence, the caption and the notes of the detail, from rows whose figures SQL has computed."""

from collections.abc import Mapping
from typing import Any

from data.words import Words
from pages.detail.choice import HOURS, DetailChoice
from pages.parts.filters.sentence import filters_on_lines


def detail_text(counts: Mapping[str, Any], choice: DetailChoice, words: Words) -> str:
    """3 lots et 6 lignes d’heures : 90 h réalisées et 16 h en attente.

    `counts`: the row of detail_counts.
    """
    text = words.say(
        "{lots} et {lines}\u00a0: {validated} réalisées et {pending} en attente",
        lots=words.say_count("{n} lot", "{n} lots", counts["lots"]),
        lines=words.say_count("{n} ligne d’heures", "{n} lignes d’heures", counts["hours_lines"]),
        validated=words.hours(counts["hours_validated"]),
        pending=words.hours(counts["hours_pending"]),
    )
    if choice.search:
        text = words.say("Pour «\u00a0{search}\u00a0»\u00a0: {told}", search=choice.search, told=text)
    return f"{text}."


def place_text(choice: DetailChoice, first: int, visible: int, count: int, by: str, words: Words) -> str:
    """The caption of the list: Lignes 51 à 100 sur 771, par mois travaillé.

    `by`: the header of the column that the reader ordered it by; empty for its own order.
    """
    places = {"first": words.number(first + 1), "last": words.number(first + visible), "n": words.number(count)}
    if choice.view == HOURS:
        if by:
            return words.say("Lignes {first} à {last} sur {n}, triées par «\u00a0{by}\u00a0»", by=by, **places)
        return words.say("Lignes {first} à {last} sur {n}, par mois travaillé", **places)
    if by:
        return words.say("Lots {first} à {last} sur {n}, triés par «\u00a0{by}\u00a0»", by=by, **places)
    return words.say("Lots {first} à {last} sur {n}, par numéro de marché", **places)


def detail_notes(choice: DetailChoice, words: Words) -> list[str]:
    """What is counted, what is left out and why, what the file holds besides."""
    if choice.view == HOURS:
        return [
            words.say(
                "Une ligne est le travail d’une personne sur un lot et un mois. Rien de ce qui dit qui elle est, ni de ce qui relierait "
                "deux de ses lignes, n’est montré ni téléchargé\u00a0: ni pseudonymes, ni caractéristiques, ni sortie, ni numéro de la "
                "ligne, ni SIRET de l’employeur, ni heures de formation, ni motif de rejet."
            ),
            words.say(
                "Une ligne rejetée compte pour 0\u00a0h. Les doublons et les lignes sans lot connu sont à la page Qualité des données."
            ),
            words.say("Le fichier contient les colonnes que vous avez choisies.")
            if choice.columns
            else words.say("Le fichier contient aussi les dates de déclaration et de validation."),
        ]
    return [
        words.say(
            "Les filtres sur {filters} portent sur les heures, pas sur les lots\u00a0: les heures engagées sont celles du lot entier.",
            filters=filters_on_lines(words),
        ),
        words.say("Le fichier contient les colonnes que vous avez choisies.")
        if choice.columns
        else words.say("Le fichier contient toutes les colonnes du marché que votre rôle permet de voir."),
    ]
