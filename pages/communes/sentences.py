"""The sentences and key figures of the page of communes."""

from collections.abc import Sequence

from data.reference import population_vintage
from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.commune_chart import Measure, drawable, numbered
from pages.parts.commune_sentences import PLACES, MapPlace, Place
from pages.parts.commune_shapes import outlined
from queries.answers import HoursByCommuneRow, TotalsRow


def unlocated_text(headline: TotalsRow, absent_columns: Sequence[str], words: Words) -> str:
    """The page's sentence when nothing is located, and why."""
    hours = headline["hours_validated"]
    if "contracts.execution_commune" in absent_columns:
        return words.say_count(
            "La commune d’exécution n’est pas renseignée dans l’extraction\u00a0: {n} heure n’est pas localisée.",
            "La commune d’exécution n’est pas renseignée dans l’extraction\u00a0: les {n} heures ne sont pas localisées.",
            hours,
        )
    return words.say_count(
        "{n} heure n’est pas localisée\u00a0: plusieurs communes, ou lieu non renseigné.",
        "Les {n} heures ne sont pas localisées\u00a0: plusieurs communes, ou lieu non renseigné.",
        hours,
    )


def place_figures(rows: Sequence[MapPlace], several: bool, words: Words) -> list[Figure]:
    """Hours in the territory, for 1000 inhabitants, elsewhere, not located. `several`: of structures, whose EPCI are many."""
    place = {row["place"]: row for row in rows}
    inside = place["member"]
    unlocated = words.say("{share} des heures\u00a0: plusieurs communes, ou lieu non renseigné")
    return [
        Figure(
            label=words.say("Dans les intercommunalités") if several else words.say("Dans l’intercommunalité"),
            value=words.hours(inside["place_hours"]),
            note=words.say("{share} des heures", share=words.percent(inside["place_share_ratio"])),
            term="commune",
        ),
        Figure(
            label=words.say("Pour 1\u202f000 habitants"),
            value=words.hours(inside["place_hours_per_1000"]),
            note=words.say("dans les intercommunalités, population municipale {year}", year=population_vintage())
            if several
            else words.say("dans l’intercommunalité, population municipale {year}", year=population_vintage()),
        ),
        *(
            Figure(
                label=words.say(PLACES[name]),
                value=words.hours(place[name]["hours_validated"]),
                note=note.format(share=words.percent(place[name]["share_ratio"])),
            )
            for name, note in (("outside", words.say("{share} des heures")), ("unlocated", unlocated))
        ),
    ]


def map_text(members: Sequence[Place], measure: Measure, words: Words) -> str:
    """The key of the numbers on the map."""
    listed = [
        f"{number}\u00a0{row['commune_name']} ({words.hours(row[measure])})"
        for number, row in enumerate(numbered(members, measure), start=1)
    ]
    if not listed:
        return words.say("Aucune commune n’a d’heures.")
    if measure == "hours_validated":
        return words.say("Le plus d’heures\u00a0: {communes}.", communes=", ".join(listed))
    return words.say("Le plus d’heures pour 1\u202f000 habitants\u00a0: {communes}.", communes=", ".join(listed))


def _how_to_use(words: Words, *, mapped: bool, clickable: bool) -> list[str]:
    if not mapped:
        return [
            words.say(
                "Pas de carte\u00a0: ce tableau de bord n’a pas les contours des communes de votre EPCI\u202f; elles sont toutes dans le tableau."
            )
        ]
    if not clickable:
        return []
    return [
        words.say(
            "Un clic sur une commune ne montre qu’elle\u202f; un second clic les montre toutes. Au clavier, les liens du tableau font de même."
        )
    ]


def _unmapped(members: Sequence[MapPlace], words: Words) -> list[str]:
    """The hours of communes that the map lacks, so that its sum is the total's; nothing where it lacks none, or there is no map."""
    mapped = outlined([row["execution_commune"] or "" for row in members])
    without = [row for row in members if row["execution_commune"] not in mapped]
    listed = [
        f"{row['commune_name']} ({words.hours(row['hours_validated'])})" for row in without if row["hours_validated"]
    ]
    if not without or len(without) == len(members):
        return []
    if not listed:
        return [
            words.say_count(
                "{n} commune n’est pas sur la carte, faute de contour, et n’a pas d’heures.",
                "{n} communes ne sont pas sur la carte, faute de contours, et n’ont pas d’heures.",
                len(without),
            )
        ]
    return [
        words.say_count(
            "{n} commune n’est pas sur la carte, faute de contour. Ses heures\u00a0: {communes}.",
            "{n} communes ne sont pas sur la carte, faute de contours. Leurs heures\u00a0: {communes}.",
            len(without),
            communes=", ".join(listed),
        )
    ]


def map_notes(
    members: Sequence[MapPlace],
    elsewhere: Sequence[HoursByCommuneRow],
    *,
    filtered: bool,
    clickable: bool,
    words: Words,
) -> list[str]:
    """What the map counts, how to use it, where its outlines and populations come from; or why there is none."""
    mapped = bool(drawable(members))
    notes = [
        words.say(
            "Commune d’exécution\u00a0: celle où le travail est fait, jamais celle du maître d’ouvrage ni celle où habite la personne."
        ),
        *_how_to_use(words, mapped=mapped, clickable=clickable),
        *_unmapped(members, words),
        words.say(
            "Heures de toute la période, rapportées à la population municipale {year}\u00a0: un grand chantier dans une petite commune donne un rapport élevé.",
            year=population_vintage(),
        ),
    ]
    if filtered and mapped:
        notes.append(
            words.say(
                "Les communes hors du filtre restent dessinées, avec les autres filtres, pour comparer et choisir."
            )
        )
    listed = {
        known: ", ".join(
            f"{row['commune_name'] or row['execution_commune']} ({words.hours(row['hours_validated'])})"
            for row in elsewhere
            if row["execution_commune"] and bool(row["commune_name"]) is known
        )
        for known in (True, False)
    }
    if listed[True]:
        notes.append(words.say("Hors intercommunalité\u00a0: {communes}.", communes=listed[True]))
    if listed[False]:
        notes.append(words.say("Codes INSEE inconnus\u00a0: {codes}.", codes=listed[False]))
    if not mapped:
        return [*notes, words.say("Populations\u00a0: Insee.")]
    return [*notes, words.say("Contours\u00a0: IGN, ADMIN EXPRESS COG\u202f; populations\u00a0: Insee.")]
