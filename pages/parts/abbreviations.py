"""Abbreviations of the field with their full names: the first time that a page writes one, its name stands behind it."""

import re
from typing import Final

from data.words import N_, Words
from pages.parts.read import spelt

ABBREVIATIONS: Final = {
    "ACI": N_("atelier et chantier d’insertion"),
    "CDDI": N_("contrat à durée déterminée d’insertion"),
    "DECP": N_("données essentielles de la commande publique"),
    "EA/ESAT": N_("entreprises adaptées, et établissements et services d’accompagnement par le travail"),
    "EATT": N_("entreprise adaptée de travail temporaire"),
    "ESS": N_("économie sociale et solidaire"),
    "ETP": N_("équivalent temps plein"),
    "ETTI": N_("entreprise de travail temporaire d’insertion"),
    "GEIQ": N_("groupement d’employeurs pour l’insertion et la qualification"),
    "PLIE": N_("plan local pluriannuel pour l’insertion et l’emploi"),
    "QPV": N_("quartier prioritaire de la politique de la ville"),
    "RQTH": N_("reconnaissance de la qualité de travailleur handicapé"),
    "RSA": N_("revenu de solidarité active"),
    "SIAE": N_("structures d’insertion par l’activité économique"),
    "SPASER": N_("schéma de promotion des achats publics socialement et écologiquement responsables"),
}
_WRITTEN: Final = re.compile(rf"\b({'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})\b")


def spelt_out(text: str, words: Words) -> list[tuple[str, str]]:
    """The pieces of a text, each with its full name where it is an abbreviation that the page writes for the first time."""
    written, pieces = spelt(), []
    for piece in _WRITTEN.split(text):
        meaning = words.say(ABBREVIATIONS[piece]) if piece in ABBREVIATIONS and piece not in written else ""
        if meaning:
            written.add(piece)
        if piece:
            pieces.append((piece, meaning))
    return pieces
