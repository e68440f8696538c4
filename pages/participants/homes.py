"""Where participants live: bars, table and sentence."""

from collections.abc import Sequence
from typing import Final

from data.words import N_, Words
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
    visible = [*largest(homes), *(row for row in apart if row["share"] is not None)]
    name = words.say("Autres communes de l’intercommunalité")
    if len(visible) < len(largest(homes)) + len(apart):
        name = words.say("Autres communes, et non communiqué")
    rest = {"name": name, "share": rest_of([row["share"] for row in visible]), "value": None, "trait": "residence"}
    return [*largest(homes), rest, *(row for row in apart if row["share"] is not None)]


def home_rows(homes: Sequence[Row]) -> list[Row]:
    """The table: all, the three places, then every commune whose number is disclosed; a commune with its INSEE code."""
    order = {"total": 0, "residence": 1}
    in_order = sorted(homes, key=lambda row: (order.get(row["trait"], 2), -(row["share"] or 0)))
    return [{**row, "commune": row["value"] if row["trait"] == "residence_commune" else None} for row in in_order]


def home_title(basis: Basis, words: Words) -> str:
    """What the shares by commune of residence are of."""
    return words.joined([words.say("Personnes selon leur commune de résidence"), of_whom(basis, words)])


def homes_text(homes: Sequence[Row], basis: Basis, words: Words) -> str:
    """Where most live."""
    visible = largest(homes)
    if not visible:
        return words.say("Aucune commune ne compte assez de personnes pour être montrée.")
    of_all = N_("{name} ({share} des personnes)") if basis == "persons" else N_("{name} ({share} des heures)")
    # The first share alone names its whole.
    forms = [of_all, *[N_("{name} ({share})")] * 2]
    texts = [
        words.say(form, name=row["name"], share=words.percent(row["share"], 0))
        for form, row in zip(forms, visible, strict=False)
    ]
    return words.say("Communes les plus fréquentes\u00a0: {places}.", places=words.listed(texts))
