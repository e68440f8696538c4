"""The sentences and figures of the list of lots, from rows whose figures SQL has computed."""

from collections.abc import Mapping

from data.settings import Alerts
from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.filters.sentence import filters_on_lines
from queries.answers import LotAlertsRow
from queries.scope import Scope


def lots_figures(alerts: Mapping[str, LotAlertsRow], settings: Alerts, words: Words) -> list[Figure]:
    """Lots to call, hours to catch up, what ends soon, what has ended short."""
    calls, short = alerts["to_call"], alerts["ended_short"]
    return [
        Figure(
            label=words.say("Lots à relancer"),
            value=words.number(calls["lots"]),
            note=words.say_count("sur {n} lot en cours", "sur {n} lots en cours", alerts["all"]["running_lots"]),
            term="alerte",
        ),
        Figure(
            label=words.say("Heures à rattraper"),
            value=words.hours(calls["missing_hours"]),
            note=words.say("pour tenir le rythme attendu, ou remplir l’obligation quand la fin est proche"),
            term="rythme-attendu",
        ),
        Figure(
            label=words.say("Fin proche"),
            value=words.number(alerts["ending"]["lots"]),
            note=words.say_count(
                "fin au plus tard {n} jour après le dernier mois complet",
                "fin au plus tard {n} jours après le dernier mois complet",
                settings.ending_soon_days,
            ),
            term="alerte",
        ),
        Figure(
            label=words.say("Arrivés à terme, encore ouverts"),
            value=words.number(short["running_lots"]),
            note=words.say(
                "au {day}\u202f; il leur manquait {hours}",
                day=words.date(short["judged_on"]),
                hours=words.hours(short["running_missing_hours"]),
            )
            if short["running_lots"]
            else words.say("au {day}, fin du dernier mois complet", day=words.date(short["judged_on"])),
            term="alerte",
        ),
    ]


def place_text(first: int, visible: int, count: int, words: Words) -> str:
    """The caption of the list: Lots 51 à 100 sur 771, ceux en cours d’abord."""
    if count < 2:
        return words.say_count("{n} lot", "{n} lots", count)
    if count == visible:
        return words.say("{n} lots, ceux en cours d’abord", n=words.number(count))
    return words.say(
        "Lots {first} à {last} sur {n}, ceux en cours d’abord",
        first=words.number(first + 1),
        last=words.number(first + visible),
        n=words.number(count),
    )


def lots_notes(settings: Alerts, scope: Scope, words: Words) -> list[str]:
    """What decides an alert, with the thresholds of the settings; what the bars are; that hours are of whole lots, where filters cut lines."""
    whole = words.say(
        "Les filtres sur {filters} choisissent ici les lots\u202f; leurs heures réalisées sont celles de toute leur durée.",
        filters=filters_on_lines(words),
    )
    return [
        *([whole] if scope != scope.of_whole_lots() else []),
        words.say(
            "Barres\u00a0: heures réalisées de chacun des douze derniers mois, la plus haute au meilleur mois du lot\u202f; les derniers mois sont "
            "encore en cours de déclaration."
        ),
        words.say(
            "Rythme attendu\u00a0: les heures engagées, réparties également du début à la fin du lot. Calculé "
            "seulement pour un lot en cours ou soldé dont l’obligation est un nombre d’heures. L’écart est à la fin du dernier mois complet\u00a0: "
            "il ne comprend pas les heures réalisées depuis."
        ),
        words.say(
            "Fin proche\u00a0: en cours, fin au plus tard {days} jours après le dernier mois complet, alors qu’il manque plus de "
            "{part} de l’obligation. Pas démarré\u00a0: aucune heure, même en attente, alors que {time} de la durée est écoulée. En retard\u00a0: moins de "
            "{pace} des heures attendues à la fin du dernier mois complet, alors que {time} de la durée est écoulée.",
            days=words.number(settings.ending_soon_days),
            part=words.percent(settings.ending_missing_above, 0),
            time=words.percent(settings.not_started_after, 0),
            pace=words.percent(settings.behind_below, 0),
        ),
    ]
