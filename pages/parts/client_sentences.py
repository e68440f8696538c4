"""What one client has done, in a sentence and four figures: for its page and its sheet."""

from collections.abc import Sequence
from decimal import Decimal

from data.settings import Settings
from data.words import Words
from pages.parts.authority import authority_name
from pages.parts.blocks import Figure
from pages.parts.changes import is_part
from pages.parts.completion import completion_figure, joined, rated_text
from queries.answers import ClientsFreshnessRow, HoursByClientRow, HoursByMonthRow, HoursByOwnAndAssistedRow, TotalsRow


def which_clients(
    totals: TotalsRow,
    sides: Sequence[HoursByOwnAndAssistedRow],
    clients: Sequence[HoursByClientRow],
    settings: Settings,
    words: Words,
) -> str:
    """The sentence of the clients page: how many, how many hours, the authority's own part."""
    hours, total = totals["hours_validated"], words.hours(totals["hours_validated"])
    if not totals["hours_validated"] and not totals["clients_with_hours"]:
        return words.say_count(
            "{n} maître d’ouvrage a un lot, sans heure réalisée pour ces filtres.",
            "{n} maîtres d’ouvrage ont un lot, sans heure réalisée pour ces filtres.",
            len(clients),
        )
    if not totals["clients_with_hours"]:
        return words.say("Les corrections dépassent les heures validées\u00a0: {hours} pour ces filtres.", hours=total)
    if any(row["hours_validated"] < 0 for row in clients):
        # The total is less than what these clients carry, and shares of it would be false.
        return words.say_count(
            "{n} maître d’ouvrage porte des heures\u202f; corrections des autres déduites, le total est de {hours}.",
            "{n} maîtres d’ouvrage portent des heures\u202f; corrections des autres déduites, le total est de {hours}.",
            totals["clients_with_hours"],
            hours=total,
        )
    if totals["clients_with_hours"] == 1:
        name = next((row["client_name"] for row in clients if row["hours_validated"] > 0), clients[0]["client_name"])
        return words.say_count("{client} porte {n} heure.", "{client} porte {n} heures.", hours, client=name)
    own, assisted = _side(sides, own=True), _side(sides, own=False)
    if own is None or assisted is None:
        return words.say_count(
            "{n} maître d’ouvrage porte {hours}.",
            "{n} maîtres d’ouvrage portent {hours}.",
            totals["clients_with_hours"],
            hours=_some(hours, words),
        )
    return words.say_count(
        "{n} maître d’ouvrage porte {hours}\u00a0: {own} viennent des marchés de l’autorité elle-même ({authority}), "
        "{rest} de ceux des organismes qu’elle accompagne.",
        "{n} maîtres d’ouvrage portent {hours}\u00a0: {own} viennent des marchés de l’autorité elle-même ({authority}), "
        "{rest} de ceux des organismes qu’elle accompagne.",
        totals["clients_with_hours"],
        hours=_some(hours, words),
        own=words.percent(own["share_ratio"]),
        authority=authority_name(settings, words),
        rest=words.percent(assisted["share_ratio"]),
    )


def _some(hours: Decimal, words: Words) -> str:
    return words.say_count("{n} heure", "{n} heures", hours)


def _side(sides: Sequence[HoursByOwnAndAssistedRow], *, own: bool) -> HoursByOwnAndAssistedRow | None:
    return next((side for side in sides if side["is_own"] == own), None)


def client_text(client: HoursByClientRow, freshness: ClientsFreshnessRow, words: Words) -> str:
    """The sentence of a client's page: its hours, their share, its last declaration."""
    hours = client["hours_validated"]
    if hours < 0:
        start = words.say(
            "{client}\u00a0: les corrections dépassent les heures validées ({hours})",
            client=client["client_name"],
            hours=words.hours(hours),
        )
    elif hours and not is_part(client["share_ratio"]):
        start = words.say_count(
            "{client} porte {n} heure", "{client} porte {n} heures", hours, client=client["client_name"]
        )
    elif hours:
        start = words.say_count(
            "{client} porte {n} heure, soit {share} du total affiché",
            "{client} porte {n} heures, soit {share} du total affiché",
            hours,
            client=client["client_name"],
            share=words.percent(client["share_ratio"]),
        )
    else:
        start = words.say("{client} a au moins un lot, sans heure réalisée", client=client["client_name"])
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
            if is_part(client["share_ratio"])
            else "",
            term="heures-validees",
        ),
        Figure(
            label=words.say("Heures engagées"),
            value=words.hours(client["hours_committed"]),
            # Lots that are planned or cancelled are among those counted.
            note=words.say(
                "par les lots notifiés\u202f; en tout, {contracts} et {lots}",
                contracts=words.say_count("{n} marché", "{n} marchés", client["contracts"]),
                lots=words.say_count("{n} lot", "{n} lots", client["lots"]),
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
