"""What one commune of execution has had, in a sentence and four figures: for its page and its sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict

from data.words import N_, Words
from pages.parts.changes import is_part
from queries.answers import CommuneMapRow, HoursByCommuneRow, TotalsRow
from queries.scope import NONE, Scope

PLACES = {
    "outside": N_("Hors intercommunalité"),
    "unknown_code": N_("Code INSEE inconnu"),
    "unlocated": N_("Non localisé"),
}


class Place(TypedDict):
    """A commune, or hours elsewhere."""

    execution_commune: str | None
    commune_name: str | None
    hours_validated: Decimal
    share_ratio: float | None
    population: int | None
    hours_per_1000: float | None
    lots: int


class NamedPlace(Place):
    """A place with its name."""

    name: str


class MapPlace(CommuneMapRow):
    """A row of commune_map with its name."""

    name: str


def named(rows: Sequence[Place], words: Words) -> list[NamedPlace]:
    """The rows with the name that readers see: a commune's, "Hors intercommunalité", "Non localisé"."""
    return [{**row, "name": place_name(row, words)} for row in rows]


def place_name(row: Mapping[str, Any], words: Words) -> str:
    """The name of a row of commune_map or hours_by_commune."""
    if row["commune_name"]:
        return str(row["commune_name"])
    if row["execution_commune"]:
        return words.say("Code INSEE inconnu\u00a0: {code}", code=row["execution_commune"])
    return words.say(PLACES[row.get("place", "unlocated")])


def places_in_scope(
    scope: Scope, members: Sequence[Place], elsewhere: Sequence[HoursByCommuneRow], words: Words
) -> list[NamedPlace]:
    """The communes of the filter, with their part of all communes: one row each, named, the unlocated included."""
    wanted = scope.execution_communes or ()
    return [row for row in named([*members, *elsewhere], words) if (row["execution_commune"] or NONE) in wanted]


def commune_text(row: NamedPlace, words: Words) -> str:
    """What one commune has had: hours, share of all communes, lots, hours for 1000 inhabitants."""
    hours, share = row["hours_validated"], words.percent(row["share_ratio"])
    lots = words.say_count("{n} lot", "{n} lots", row["lots"])
    if hours and not is_part(row["share_ratio"]):
        return words.say(
            "{commune}\u00a0: {hours}, corrections déduites, dans {lots}.",
            commune=place_name(row, words),
            hours=words.hours(hours),
            lots=lots,
        )
    if row["execution_commune"] is None:
        return words.say_count(
            "{n} heure n’est pas localisée, soit {share} du total, dans {lots}.",
            "{n} heures ne sont pas localisées, soit {share} du total, dans {lots}.",
            hours,
            share=share,
            lots=lots,
        )
    text = words.say_count(
        "{commune} a accueilli {n} heure, soit {share} du total de toutes les communes, dans {lots}",
        "{commune} a accueilli {n} heures, soit {share} du total de toutes les communes, dans {lots}",
        hours,
        commune=place_name(row, words),
        share=share,
        lots=lots,
    )
    if row["hours_per_1000"] is None:
        return f"{text}."
    return words.say(
        "{told}\u00a0: {hours} pour 1\u202f000 habitants.", told=text, hours=words.hours(row["hours_per_1000"])
    )


def chosen_text(sentences: Sequence[str], headline: TotalsRow, words: Words) -> str:
    """The page's sentence when communes are filtered. `sentences`: `commune_text` of each."""
    if len(sentences) == 1:
        return sentences[0]
    return words.say(
        "Les {n} lieux choisis ont accueilli {hours}.",
        n=len(sentences),
        hours=words.say_count("{n} heure", "{n} heures", headline["hours_validated"]),
    )


_IN_SENTENCE = 3  # communes that the first sentence names


def table_rows(rows: Sequence[CommuneMapRow], words: Words) -> list[MapPlace]:
    """The rows of the table: communes with hours, then the hours elsewhere, then the communes without any.

    `rows`: those of commune_map. Unknown codes have a row only where there are some.
    """
    places: list[MapPlace] = [
        {**row, "name": place_name(row, words)} for row in rows if row["place"] != "unknown_code" or row["lots"]
    ]
    return sorted(places, key=lambda row: row["place"] == "member" and not row["hours_validated"])


def is_nothing_located(rows: Sequence[MapPlace]) -> bool:
    """Whether no lot has an execution commune: zeros on a map would then say something false."""
    return not any(row["lots"] for row in rows if row["place"] != "unlocated")


def where_hours_are(rows: Sequence[MapPlace], words: Words) -> str:
    """The page's sentence: how many communes have hours, and the first of them. `rows`: those of commune_map."""
    members = [row for row in rows if row["place"] == "member"]
    first = sorted((row for row in members if row["hours_validated"] > 0), key=lambda row: row["hours_validated"])[::-1]
    if not first:
        return words.say("Aucune heure n’est localisée dans l’une des {n} communes.", n=len(members))
    # The first share alone names its whole.
    forms = [N_("{commune} ({hours}, {share} du total)"), *[N_("{commune} ({hours}, {share})")] * (_IN_SENTENCE - 1)]
    if not all(is_part(row["share_ratio"]) for row in rows if row["hours_validated"]):
        forms = [N_("{commune} ({hours})")] * _IN_SENTENCE
    listed = [
        words.say(
            form,
            commune=row["commune_name"],
            hours=words.hours(row["hours_validated"]),
            share=words.percent(row["share_ratio"]),
        )
        for form, row in zip(forms, first, strict=False)
    ]
    return words.say_count(
        "{n} commune sur {all} a accueilli des heures\u00a0: {communes}.",
        "{n} communes sur {all} ont accueilli des heures, d’abord {communes}.",
        len(first),
        all=len(members),
        communes=words.listed(listed),
    )
