"""The sentences and figures of the clients' pages, from rows whose figures SQL has computed."""

from collections.abc import Sequence
from typing import Any, Final

from data.codes import ClientType
from data.settings import Settings
from data.words import Words
from pages.parts.blocks import Figure

Row = dict[str, Any]


def who_bears(totals: Row, sides: Sequence[Row], clients: Sequence[Row], settings: Settings, words: Words) -> str:
    """The sentence of the clients page: how many, how many hours, the authority's own part."""
    hours = words.number(totals["hours_validated"])
    if not totals["hours_validated"]:
        return words.say_count(
            "{n} maître d’ouvrage a un lot, sans heure réalisée pour ces filtres.",
            "{n} maîtres d’ouvrage ont un lot, sans heure réalisée pour ces filtres.",
            len(clients),
        )
    if totals["clients"] == 1:
        name = next((row["client_name"] for row in clients if row["hours_validated"] > 0), clients[0]["client_name"])
        return words.say("{client} porte {hours} heures.", client=name, hours=hours)
    own, assisted = _side(sides, own=True), _side(sides, own=False)
    if own is None or assisted is None:
        return words.say_count(
            "{n} maître d’ouvrage porte {hours} heures.",
            "{n} maîtres d’ouvrage portent {hours} heures.",
            totals["clients"],
            hours=hours,
        )
    return words.say_count(
        "{n} maître d’ouvrage porte {hours} heures\u00a0: {own} viennent des marchés de l’autorité elle-même ({authority}), "
        "{rest} de ceux des organismes qu’elle accompagne.",
        "{n} maîtres d’ouvrage portent {hours} heures\u00a0: {own} viennent des marchés de l’autorité elle-même ({authority}), "
        "{rest} de ceux des organismes qu’elle accompagne.",
        totals["clients"],
        hours=hours,
        own=words.percent(own["share_ratio"]),
        authority=settings.authority.name,
        rest=words.percent(assisted["share_ratio"]),
    )


def clients_figures(
    totals: Row, sides: Sequence[Row], freshness: Sequence[Row], settings: Settings, words: Words
) -> list[Figure]:
    """Own hours, hours of the clients assisted, completion of closed lots, clients that have not declared for long."""
    found = []
    for side in sides:
        label = words.say("Marchés de l’autorité") if side["is_own"] else words.say("Organismes accompagnés")
        about = words.say_count("{n} maître d’ouvrage", "{n} maîtres d’ouvrage", side["clients"])
        lots = words.say_count("{n} lot", "{n} lots", side["lots"])
        found.append(
            Figure(
                label=label,
                value=words.hours(side["hours_validated"]),
                note=f"{words.percent(side['share_ratio'])} · {lots if side['is_own'] else about}",
                term="heures-validees",
            )
        )
    found.append(completion_figure(totals, words))
    late = [row for row in freshness if row["is_late"]]
    found.append(
        Figure(
            label=words.say("Sans déclaration récente"),
            value=words.say_count("{n} maître d’ouvrage", "{n} maîtres d’ouvrage", len(late))
            if late
            else words.say("aucun"),
            note=words.say("actifs, depuis plus de {months} mois", months=settings.counting.late_after_months),
            term="maitre-d-ouvrage",
        )
    )
    return found


def completion_figure(row: Row, words: Words) -> Figure:
    """Completion of closed lots, that of running ones and the lots outside. `row`: of totals or of hours_by_client."""
    excluded = words.say_count("{n} lot hors calcul", "{n} lots hors calcul", row["lots_excluded"])
    running = row["completion_running_ratio"]
    to_date = words.say("lots en cours\u00a0: {share} à ce jour", share=words.percent(running))
    return Figure(
        label=words.say("Réalisation des lots soldés"),
        value=words.percent(row["completion_closed_ratio"]),
        note=joined([to_date, excluded] if running is not None else [excluded], words),
        term="taux-de-realisation",
    )


def completion_sentence(totals: Row, words: Words) -> str:
    """What became of the obligations, closed lots apart from running ones, exclusions counted."""
    said = []
    if totals["completion_closed_ratio"] is not None:
        said.append(
            words.say(
                "Sur les lots soldés, {share} des heures engagées ont été réalisées",
                share=words.percent(totals["completion_closed_ratio"]),
            )
        )
    if totals["completion_running_ratio"] is not None:
        share = words.percent(totals["completion_running_ratio"])
        said.append(words.say("sur les lots en cours, {share} à ce jour", share=share))
    if totals["lots_excluded"]:
        said.append(
            words.say_count(
                "{n} lot est hors calcul, sans nombre d’heures engagé ou ni en cours ni soldé",
                "{n} lots sont hors calcul, sans nombre d’heures engagé ou ni en cours ni soldés",
                totals["lots_excluded"],
            )
        )
    text = joined(said, words)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def completion_notes(words: Words) -> list[str]:
    """What the marks of the completion chart are."""
    return [
        words.say(
            "Barre\u00a0: lots soldés, résultat final. Losange\u00a0: lots en cours, à ce jour. Trait\u00a0: 100\u00a0%."
        ),
        words.say(
            "Un taux dépasse 100\u00a0% quand les entreprises font plus que leur obligation. "
            "Il porte sur toute la vie des lots, quelles que soient les années choisies."
        ),
    ]


def client_told(client: Row, freshness: Row, words: Words) -> str:
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


def last_declaration(freshness: Row, words: Words) -> str:
    """Until when a client has declared. `freshness`: its row of clients_freshness."""
    if freshness["last_month"] is None:
        return words.say("aucune déclaration")
    return words.say("dernière déclaration pour {month}", month=words.month(freshness["last_month"]))


def client_figures(client: Row, freshness: Row, words: Words) -> list[Figure]:
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


def curve_told(months: Sequence[Row], words: Words) -> str:
    """The sentence of a client's curve when it has no milestone to climb toward."""
    last = months[-1]
    return words.say(
        "À fin {month}, {done} réalisées pour {committed} engagées par les lots notifiés.",
        month=words.month(last["month"]),
        done=words.hours(last["cumulative_hours"]),
        committed=words.hours(last["cumulative_committed_hours"]),
    )


def named(cells: Sequence[Row], clients: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows of hours_by_client_and_year with the client's name, by client_id, in the order of `clients`."""
    return {
        client["client_id"]: [
            {**cell, "client_name": client["client_name"]} for cell in cells if cell["client_id"] == client["client_id"]
        ]
        for client in clients
    }


def totals_row(answer: Row) -> Row:
    """What a table's last row shows of the totals (or of a client): computed in SQL, never a sum made here.

    Without contracts: one may have lots of several clients or clause types, so that its column does not add up.
    """
    return {key: answer[key] for key in _TOTALS}


_TOTALS: Final = (
    "hours_validated", "hours_pending", "hours_committed", "completion_closed_ratio", "completion_running_ratio", "lots",
    "lots_excluded",
)  # fmt: skip


def joined(parts: Sequence[str], words: Words) -> str:
    """The parts that say something, parted by semicolons as the language writes them."""
    said = [part for part in parts if part]
    text = said[0] if said else ""
    for part in said[1:]:
        text = words.say("{first}\u202f; {second}", first=text, second=part)
    return text


def type_label(code: str, words: Words) -> str:
    """What a client type is called."""
    return words.say(ClientType(code).label)  # type: ignore[call-arg]


def _side(sides: Sequence[Row], *, own: bool) -> Row | None:
    return next((side for side in sides if side["is_own"] == own), None)
