"""Where participants live: bars, table and sentence."""

from collections.abc import Sequence
from typing import Final

from data.words import Words
from pages.parts.profile_sentences import Basis, of_whom
from queries.secrecy.cells import Row, rest_of

_MOST: Final = 12  # communes drawn; the table has them all


def largest(homes: Sequence[Row]) -> list[Row]:
    """The communes where most live."""
    members = [row for row in homes if row["trait"] == "residence_commune" and row["share"] is not None]
    return sorted(members, key=lambda row: -row["share"])[:_MOST]


def places(homes: Sequence[Row], words: Words) -> list[Row]:
    """Bars that make the whole: the communes where most live, the others together, outside, not stated."""
    apart = [row for row in homes if row["trait"] == "residence" and row["value"] != "inside"]
    shown = [*largest(homes), *(row for row in apart if row["share"] is not None)]
    name = words.say("Autres communes de la métropole")
    if len(shown) < len(largest(homes)) + len(apart):
        name = words.say("Autres communes, et non communiqué")
    rest = {"name": name, "share": rest_of([row["share"] for row in shown]), "value": None, "trait": "residence"}
    return [*largest(homes), rest, *(row for row in apart if row["share"] is not None)]


def home_rows(homes: Sequence[Row]) -> list[Row]:
    """The table: all, the three places, then every commune whose number is disclosed; a commune with its INSEE code."""
    order = {"total": 0, "residence": 1}
    found = sorted(homes, key=lambda row: (order.get(row["trait"], 2), -(row["share"] or 0)))
    return [{**row, "commune": row["value"] if row["trait"] == "residence_commune" else None} for row in found]


def home_title(basis: Basis, words: Words) -> str:
    """What the shares by commune of residence are of."""
    return words.joined([words.say("Personnes selon leur commune de résidence"), of_whom(basis, words)])


def homes_text(homes: Sequence[Row], basis: Basis, words: Words) -> str:
    """Where most live."""
    shown = largest(homes)
    if not shown:
        return words.say("Aucune commune ne compte assez de personnes pour être montrée.")
    told = [words.say("{name} ({share})", name=row["name"], share=words.percent(row["share"], 0)) for row in shown[:3]]
    return words.say("Le plus souvent à {places} ({of}).", places=words.listed(told), of=of_whom(basis, words))
