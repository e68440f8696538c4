"""What one client has done, in a sentence and four figures: for its page and its sheet."""

from collections.abc import Sequence

from data.settings import Settings
from data.words import Words
from pages.parts.authority import authority_name
from pages.parts.blocks import Figure
from pages.parts.completion import completion_figure, joined, rated_text
from queries.answers import ClientsFreshnessRow, HoursByClientRow, HoursByMonthRow, HoursByOwnAndAssistedRow, TotalsRow


def who_bears(
    totals: TotalsRow,
    sides: Sequence[HoursByOwnAndAssistedRow],
    clients: Sequence[HoursByClientRow],
    settings: Settings,
    words: Words,
) -> str:
    """The sentence of the clients page: how many, how many hours, the authority's own part."""
    hours = words.number(totals["hours_validated"])
    if not totals["hours_validated"]:
        return words.say_count(
            "{n} maître d’ouvrage a un lot, sans heure réalisée pour ces filtres.",
            "{n} maîtres d’ouvrage ont un lot, sans heure réalisée pour ces filtres.",
            len(clients),
        )
    if not totals["clients_with_hours"]:
        return words.say(
            "Les corrections dépassent les heures validées\u00a0: {hours} heures pour ces filtres.", hours=hours
        )
    if totals["clients_with_hours"] == 1:
        name = next((row["client_name"] for row in clients if row["hours_validated"] > 0), clients[0]["client_name"])
        return words.say("{client} porte {hours} heures.", client=name, hours=hours)
    own, assisted = _side(sides, own=True), _side(sides, own=False)
    if own is None or assisted is None:
        return words.say_count(
            "{n} maître d’ouvrage porte {hours} heures.",
            "{n} maîtres d’ouvrage portent {hours} heures.",
            totals["clients_with_hours"],
            hours=hours,
        )
    return words.say_count(
        "{n} maître d’ouvrage porte {hours} heures\u00a0: {own} viennent des marchés de l’autorité elle-même ({authority}), "
        "{rest} de ceux des organismes qu’elle accompagne.",
        "{n} maîtres d’ouvrage portent {hours} heures\u00a0: {own} viennent des marchés de l’autorité elle-même ({authority}), "
        "{rest} de ceux des organismes qu’elle accompagne.",
        totals["clients_with_hours"],
        hours=hours,
        own=words.percent(own["share_ratio"]),
        authority=authority_name(settings, words),
        rest=words.percent(assisted["share_ratio"]),
    )


def _side(sides: Sequence[HoursByOwnAndAssistedRow], *, own: bool) -> HoursByOwnAndAssistedRow | None:
    return next((side for side in sides if side["is_own"] == own), None)


def client_text(client: HoursByClientRow, freshness: ClientsFreshnessRow, words: Words) -> str:
    """The sentence of a client's page: its hours, their share, its last declaration."""
    hours = words.number(client["hours_validated"])
    if client["hours_validated"]:
        start = words.say(
            "{client} porte {hours} heures, soit {share} du total affiché",
            client=client["client_name"],
            hours=hours,
            share=words.percent(client["share_ratio"]),
        )
    else:
        start = words.say("{client} a un lot ou plus, sans heure réalisée", client=client["client_name"])
    return f"{joined([start, last_declaration(freshness, words)], words)}."


def last_declaration(freshness: ClientsFreshnessRow, words: Words) -> str:
    """Until when a client has declared. `freshness`: its row of clients_freshness."""
    if freshness["last_month"] is None:
        return words.say("aucune déclaration")
    return words.say("dernière déclaration pour {month}", month=words.month(freshness["last_month"]))


def client_figures(client: HoursByClientRow, freshness: ClientsFreshnessRow, words: Words) -> list[Figure]:
    """Hours, obligations, completion, last declaration of one client."""
    late = freshness["months_late"]
    return [
        Figure(
            label=words.say("Heures réalisées"),
            value=words.hours(client["hours_validated"]),
            note=words.say("{share} du total affiché", share=words.percent(client["share_ratio"]))
            if client["share_ratio"] is not None
            else "",
            term="heures-validees",
        ),
        Figure(
            label=words.say("Heures engagées"),
            value=words.hours(client["hours_committed"]),
            note=" · ".join(
                [
                    words.say("tous lots notifiés"),
                    words.say_count("{n} marché", "{n} marchés", client["contracts"]),
                    words.say_count("{n} lot", "{n} lots", client["lots"]),
                ]
            ),
            term="heures-engagees",
        ),
        completion_figure(client, words),
        Figure(
            label=words.say("Dernière déclaration"),
            value=words.month(freshness["last_month"]),
            note=joined(
                [
                    words.say("il y a {months} mois", months=late) if late else "",
                    words.say("{hours} en attente", hours=words.hours(freshness["hours_pending"]))
                    if freshness["hours_pending"]
                    else "",
                ],
                words,
            ),
            term="heures-en-attente",
        ),
    ]


def curve_text(months: Sequence[HoursByMonthRow], client: HoursByClientRow, words: Words) -> str:
    """The sentences of a client's curve when it has no milestone to climb toward: done so far, then the rate with its two sides."""
    last = months[-1]
    done = words.say(
        "À fin {month}\u00a0: {done} réalisées, tous lots compris.",
        month=words.month(last["month"]),
        done=words.hours(last["cumulative_hours"]),
    )
    if client["completion_ratio"] is None:
        return done
    rate = words.say(
        "Taux de réalisation\u00a0: {rated}, soit {share}.",
        rated=rated_text(client, words),
        share=words.percent(client["completion_ratio"]),
    )
    return f"{done} {rate}"
