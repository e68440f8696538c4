"""The middle of the yearly report: clients, communes, lots to watch, considerations of the contracts notified."""

from typing import TYPE_CHECKING, Final

from data.codes import LotStatus
from pages.parts.client_sentences import which_clients
from pages.parts.commune_chart import commune_chart, drawable
from pages.parts.commune_sentences import is_nothing_located, table_rows, where_hours_are
from pages.parts.completion import totals_row
from pages.parts.lot_alerts import CALLS, lots_text
from pages.parts.social_chart import social_shares
from pages.parts.social_share import dated, share_text
from pages.parts.tables import Column, of_question
from pages.reports.call_list import called_columns, called_rows
from pages.reports.document import Block, Heading, Picture, Sentences, table_of
from queries import answers

if TYPE_CHECKING:
    from pages.reports.annual import ReportRequest

_COMMUNES: Final = 15  # of the table beside the map
_LOTS: Final = 40  # at most, of those to watch


def clients(request: "ReportRequest") -> list[Block]:
    """The clients whose contracts have the hours of the year."""
    access, words = request.access, request.words
    totals = answers.totals(access, request.scope)
    rows = answers.hours_by_client(access, request.scope)
    sides = answers.hours_by_own_and_assisted(access, request.scope)
    columns = of_question(
        "hours_by_client",
        Column(key="client_name"), Column(key="client_type"),
        *(Column(key=key, adds=True) for key in ("hours_validated", "share_ratio", "hours_pending", "hours_committed", "completion_ratio", "lots")),
    )  # fmt: skip
    return [
        Heading(text=words.say("Maîtres d’ouvrage")),
        Sentences(lines=(which_clients(totals, sides, rows, access.settings, words),), kind="lead"),
        table_of(rows, columns, words, words.say("Heures par maître d’ouvrage"), totals_row(totals)),
    ]


def communes(request: "ReportRequest") -> list[Block]:
    """Where the work of the year was done."""
    access, words = request.access, request.words
    places = table_rows(answers.commune_map(access, request.scope), words)
    heading = Heading(text=words.say("Communes"))
    if is_nothing_located(places):
        return [heading, Sentences(lines=(words.say("La commune d’exécution n’est renseignée pour aucune heure."),))]
    members = [place for place in places if place["place"] == "member"]
    text = where_hours_are(places, words)
    pictures = []
    if drawn := drawable(members):
        chart = commune_chart(drawn, "hours_validated", words, summary=text)
        chart.figure.update_layout(height=520, legend={"title": None})
        pictures = [Picture(charts=(chart,), caption=chart.name)]
    columns = (
        Column(key="name", of="execution_commune"),
        *(Column(key=key, adds=True) for key in ("hours_validated", "share_ratio", "hours_per_1000", "lots")),
    )
    # As many as are read: all of them stand in the annex.
    first = sorted(members, key=lambda place: place["hours_validated"], reverse=True)[:_COMMUNES]
    first = [place for place in first if place["hours_validated"]]
    return [
        heading,
        Sentences(lines=(text,), kind="lead"),
        *pictures,
        table_of(first, columns, words, words.say("Les communes qui ont accueilli le plus d’heures")),
    ]


def lots(request: "ReportRequest") -> list[Block]:
    """The running lots that need a call, at the date of the data, and why."""
    access, words = request.access, request.words
    everything = request.scope.without_years()
    alerts = {row["alert"]: row for row in answers.lot_alerts(access, everything)}
    to_call = [
        lot for lot in answers.lots(access, everything) if lot["status"] == LotStatus.RUNNING and lot["alert"] in CALLS
    ]
    blocks: list[Block] = [
        Heading(text=words.say("Lots à suivre")),
        Sentences(lines=(lots_text(alerts, words),), kind="lead"),
    ]
    if to_call:
        caption = words.say("Lots en cours qui appellent une relance")
        blocks.append(table_of(called_rows(to_call[:_LOTS], words), called_columns(words), words, caption))
    return blocks


def considerations(request: "ReportRequest") -> list[Block]:
    """The share of the contracts notified with a social consideration, by year."""
    access, words = request.access, request.words
    heading = Heading(text=words.say("Considérations sociales"))
    if access.release.notified is None:
        return [
            heading,
            Sentences(
                lines=(words.say("Non calculable\u00a0: la liste de tous les marchés notifiés n’est pas publiée."),)
            ),
        ]
    condition = answers.social_condition(access, request.until)
    years = answers.social_share_by_year(access, request.until)
    if not condition["contracts"] or not dated(years):
        return [heading, Sentences(lines=(words.say("Aucun marché notifié pour ces filtres."),))]
    chart = social_shares(dated(years), words, summary=share_text(years, condition, words))
    columns = of_question(
        "social_share_by_year",
        *(Column(key=key) for key in ("year", "contracts_social", "contracts", "social_ratio", "social_amount_ratio", "contracts_unknown", "target_ratio", "national_ratio")),
    )  # fmt: skip
    return [
        heading,
        Sentences(lines=(chart.summary,), kind="lead"),
        Picture(charts=(chart,), caption=chart.name),
        table_of(
            dated(years)[::-1], columns, words, words.say("Marchés notifiés et considérations sociales, par année")
        ),
    ]
