"""The list of lots: a table of links on a screen, a sheet a lot on a phone; and the same lots as a file.

Not st.dataframe: it draws on a canvas, with neither links within the page, nor paper, nor lines that wrap on a phone, and its
lazy form takes no selection. Fifty lots a page cost the same whether there are fifty or ten thousand.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pyarrow as pa

from data import codes
from data.words import NOTHING, Words
from pages.parts.lot_alerts import alert_text, days_text, lot_name, reason_text
from pages.parts.lot_links import lot_row_address
from pages.parts.tables import Column

Row = dict[str, Any]


def lots_table(lots: Sequence[Row], words: Words, caption: str) -> str:
    """The lots as HTML; each is a link to its page.

    `lots`: rows of lots.
    """
    headers = _headers(words)
    numbers = {"done", "expected", "gap"}
    head = "".join(f'<th scope="col"{_side(key in numbers)}>{escape(header)}</th>' for key, header in headers.items())
    body = "".join(_line(lot, headers, words) for lot in lots)
    return (
        f'<div class="cap-table cap-lots" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}"><table role="table">'
        f'<caption>{escape(caption)}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _headers(words: Words) -> dict[str, str]:
    return {
        "lot": words.say("Lot"),
        "client": words.say("Maître d’ouvrage"),
        "contractor": words.say("Titulaire"),
        "alert": words.say("Alerte"),
        "done": words.say("Réalisées à ce jour (h)"),
        "expected": words.say("Attendues à ce jour (h)"),
        "gap": words.say("Écart (h)"),
        "end": words.say("Fin prévue"),
        "last": words.say("Dernier mois déclaré"),
    }


def _line(lot: Row, headers: dict[str, str], words: Words) -> str:
    # The name of each cell stands before it on a phone, where the header is not shown.
    def cell(key: str, text: str, second: str = "", number: bool = False) -> str:
        small = f"<small>{escape(second)}</small>" if second else ""
        name = escape(headers[key], quote=True)
        return f'<td role="cell" data-name="{name}"{_side(number)}><span>{escape(text)}</span>{small}</td>'

    address = escape(lot_row_address(lot), quote=True)
    return (
        f'<tr role="row"><th scope="row" role="rowheader"><a href="{address}">{escape(lot["subject"])}</a>'
        f"<small>{escape(lot_name(lot, words))}</small></th>"
        + cell("client", lot["client_name"])
        + cell("contractor", lot["contractor_name"] or NOTHING)
        + cell("alert", alert_text(lot, words), reason_text(lot, words))
        + cell("done", words.number(lot["hours_to_date"]), number=True)
        + cell("expected", words.number(lot["expected_hours"]), number=True)
        + cell("gap", words.number(lot["gap_hours"]), number=True)
        + cell("end", words.short_date(lot["ends_on"]), days_text(lot["days_left"], words))
        + cell("last", words.short_month(lot["last_month"]))
        + "</tr>"
    )


def _side(number: bool) -> str:
    return ' class="number"' if number else ""


def file_rows(lots: pa.Table, words: Words) -> Iterable[Row]:
    """The rows of the file: those of lots, with the alert and its reason in words."""
    for lot in lots.to_pylist():
        yield {**lot, "alert_text": alert_text(lot, words), "reason": reason_text(lot, words)}


def file_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the file: those of the screen, and what it takes to find the lot elsewhere."""
    return (
        Column(key="contract_ref", header=words.say("N° de marché")),
        Column(key="contract_id", header=words.say("Identifiant du marché")),
        Column(key="lot_id", header=words.say("Lot")),
        Column(key="operation", header=words.say("Opération")),
        Column(key="subject", header=words.say("Objet")),
        Column(key="client_name", header=words.say("Maître d’ouvrage")),
        Column(key="client_siret", header=words.say("SIRET du maître d’ouvrage")),
        Column(key="contractor_name", header=words.say("Titulaire")),
        Column(key="contractor_siret", header=words.say("SIRET du titulaire")),
        Column(key="facilitator_code", header=words.say("Facilitateur")),
        Column(key="clause_category", header=words.say("Type de clause"), kind="label", codes=codes.ClauseCategory),
        Column(key="status", header=words.say("État"), kind="label", codes=codes.LotStatus),
        Column(key="alert_text", header=words.say("Alerte")),
        Column(key="reason", header=words.say("Motif de l’alerte")),
        Column(key="hours_committed", header=words.say("Heures engagées (h)"), kind="hours", digits=2, adds=True),
        Column(key="hours_to_date", header=words.say("Réalisées à ce jour (h)"), kind="hours", digits=2, adds=True),
        Column(key="pending_to_date", header=words.say("En attente (h)"), kind="hours", digits=2, adds=True),
        Column(key="expected_hours", header=words.say("Attendues à ce jour (h)"), kind="hours", digits=2, adds=True),
        Column(key="gap_hours", header=words.say("Écart (h)"), kind="hours", digits=2, adds=True),
        Column(key="starts_on", header=words.say("Début"), kind="date"),
        Column(key="ends_on", header=words.say("Fin prévue"), kind="date"),
        Column(key="days_left", header=words.say("Jours restants"), kind="count"),
        Column(key="last_month", header=words.say("Dernier mois déclaré"), kind="month"),
    )
