"""The sentences and figures of the clients' pages, from rows whose figures SQL has computed."""

from collections.abc import Sequence

from data.codes import ClientType
from data.settings import Settings
from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.changes import is_part
from pages.parts.completion import completion_figure
from queries.answers import (
    ClientsFreshnessRow,
    HoursByOwnAndAssistedRow,
    TotalsRow,
)


def clients_figures(
    totals: TotalsRow,
    sides: Sequence[HoursByOwnAndAssistedRow],
    freshness: Sequence[ClientsFreshnessRow],
    settings: Settings,
    words: Words,
) -> list[Figure]:
    """Own hours, hours of the clients assisted, completion of closed lots, clients that have not declared for long."""
    figures = []
    for side in sides:
        label = words.say("Marchés de l’autorité") if side["is_own"] else words.say("Organismes accompagnés")
        about = words.say_count("{n} maître d’ouvrage", "{n} maîtres d’ouvrage", side["clients"])
        lots = words.say_count("{n} lot", "{n} lots", side["lots"])
        figures.append(
            Figure(
                label=label,
                value=words.hours(side["hours_validated"]),
                note=" · ".join(
                    [
                        *([words.percent(side["share_ratio"])] if is_part(side["share_ratio"]) else []),
                        lots if side["is_own"] else about,
                    ]
                ),
                term="heures-validees",
            )
        )
    figures.append(completion_figure(totals, words))
    late = [row for row in freshness if row["is_late"]]
    figures.append(
        Figure(
            label=words.say("Sans déclaration récente"),
            value=words.say_count("{n} maître d’ouvrage", "{n} maîtres d’ouvrage", len(late))
            if late
            else words.say("aucun"),
            note=words.say("actifs, depuis plus de {months} mois", months=settings.counting.late_after_months),
            term="maitre-d-ouvrage",
        )
    )
    return figures


def type_label(code: str, words: Words) -> str:
    """What a client type is called."""
    return words.say(ClientType.of(code).label)
