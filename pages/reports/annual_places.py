"""The middle of the yearly report: clients, communes, lots to watch, considerations of the contracts notified."""

from typing import TYPE_CHECKING, Final

from data.codes import LotStatus
from pages.parts.client_sentences import who_bears
from pages.parts.commune_chart import commune_chart
from pages.parts.commune_sentences import is_nothing_located, table_rows, where_hours_are
from pages.parts.completion import totals_row
from pages.parts.lot_alerts import CALLS, alert_text, lot_name, lots_text, reason_text
from pages.parts.social_chart import social_shares
from pages.parts.social_share import dated, share_text
from pages.parts.tables import Column, of_question
from pages.reports.document import Block, Heading, Picture, Sentences, table_of
from queries import answers

if TYPE_CHECKING:
    from pages.reports.annual import Asked

_COMMUNES: Final = 15  # of the table beside the map
_LOTS: Final = 40  # at most, of those to watch


def clients(asked: "Asked") -> list[Block]:
    """Who bears the hours of the year."""
    access, words = asked.access, asked.words
    totals = answers.totals(access, asked.scope)
    found = answers.hours_by_client(access, asked.scope)
    sides = answers.hours_by_own_and_assisted(access, asked.scope)
    shown = of_question(
        "hours_by_client",
        Column(key="client_name"), Column(key="client_type"),
        *(Column(key=key, adds=True) for key in ("hours_validated", "share_ratio", "hours_pending", "hours_committed", "completion_ratio", "lots")),
    )  # fmt: skip
    return [
        Heading(text=words.say("Maîtres d’ouvrage")),
        Sentences(lines=(who_bears(totals, sides, found, access.settings, words),), kind="lead"),
        table_of(found, shown, words, words.say("Heures par maître d’ouvrage"), totals_row(totals)),
    ]


def communes(asked: "Asked") -> list[Block]:
    """Where the work of the year was done."""
    access, words = asked.access, asked.words
    places = table_rows(answers.commune_map(access, asked.scope), words)
    heading = Heading(text=words.say("Communes"))
    if is_nothing_located(places):
        return [heading, Sentences(lines=(words.say("La commune d’exécution n’est renseignée pour aucune heure."),))]
    members = [place for place in places if place["place"] == "member"]
    chart = commune_chart(members, "hours_validated", words, summary=where_hours_are(places, words))
    chart.figure.update_layout(height=520, legend={"title": None})
    shown = (
        Column(key="name", of="execution_commune"),
        *(Column(key=key, adds=True) for key in ("hours_validated", "share_ratio", "hours_per_1000", "lots")),
    )
    # As many as are read: all of them stand in the annex.
    first = sorted(members, key=lambda place: place["hours_validated"], reverse=True)[:_COMMUNES]
    first = [place for place in first if place["hours_validated"]]
    return [
        heading,
        Sentences(lines=(chart.summary,), kind="lead"),
        Picture(charts=(chart,), caption=chart.name),
        table_of(first, shown, words, words.say("Les communes qui ont accueilli le plus d’heures")),
    ]


def lots(asked: "Asked") -> list[Block]:
    """The running lots that need a call, at the date of the data, and why."""
    access, words = asked.access, asked.words
    everything = asked.scope.without_years()
    alerts = {row["alert"]: row for row in answers.lot_alerts(access, everything)}
    running = [
        {**lot, "lot": lot_name(lot, words), "alert_text": alert_text(lot, words), "why": reason_text(lot, words)}
        for lot in answers.lots(access, everything)
        if lot["status"] == LotStatus.RUNNING and lot["alert"] in CALLS
    ]
    shown = of_question(
        "lots",
        Column(key="subject"), Column(key="lot", of="lot_id"), Column(key="client_name"), Column(key="alert_text", of="alert"),
        Column(key="why", label=words.say("Pourquoi")), Column(key="ends_on"), Column(key="missing_hours"),
    )  # fmt: skip
    blocks: list[Block] = [
        Heading(text=words.say("Lots à suivre")),
        Sentences(lines=(lots_text(alerts, access.release.data_as_of, words),), kind="lead"),
    ]
    if running:
        blocks.append(table_of(running[:_LOTS], shown, words, words.say("Lots en cours qui appellent une relance")))
    return blocks


def considerations(asked: "Asked") -> list[Block]:
    """The share of the contracts notified with a social consideration, by year."""
    access, words = asked.access, asked.words
    heading = Heading(text=words.say("Considérations sociales"))
    if access.release.notified is None:
        return [
            heading,
            Sentences(
                lines=(words.say("Non calculable\u00a0: la liste de tous les marchés notifiés n’est pas publiée."),)
            ),
        ]
    condition = answers.social_condition(access, asked.until)
    years = answers.social_share_by_year(access, asked.until)
    if not condition["contracts"] or not dated(years):
        return [heading, Sentences(lines=(words.say("Aucun marché notifié pour ces filtres."),))]
    chart = social_shares(dated(years), words, summary=share_text(years, condition, words))
    shown = of_question(
        "social_share_by_year",
        *(Column(key=key) for key in ("year", "contracts_social", "contracts", "social_ratio", "contracts_unknown", "target_ratio", "national_ratio")),
    )  # fmt: skip
    return [
        heading,
        Sentences(lines=(chart.summary,), kind="lead"),
        Picture(charts=(chart,), caption=chart.name),
        table_of(dated(years)[::-1], shown, words, words.say("Marchés notifiés et considérations sociales, par année")),
    ]
