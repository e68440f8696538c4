"""The list of lots: a table of links on a screen, a sheet a lot on a phone; and the same lots as a file.

Not st.dataframe: it draws on a canvas, with neither links within the page, nor paper, nor lines that wrap on a phone, and its
lazy form takes no selection. Fifty lots a page cost the same whether there are fifty or ten thousand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, cast

import pyarrow as pa

from data.codes import LotStatus
from data.words import N_, NOTHING, Words
from pages.lots.choice import Choice, header_order, is_by_contractor
from pages.parts.lot_alerts import alert_text, days_text, lot_name, reason_text
from pages.parts.lot_links import lot_row_address
from pages.parts.markup import html
from pages.parts.plain import text_lang
from pages.parts.small_bars import Bars
from pages.parts.tables import Column, of_question
from queries.answers import LotsRow

_NUMBERS: Final = ("done", "expected", "gap", "needed")


# The order of the list that the header of each cell leads to.
_ORDERS: Final = {
    "lot": "objet",
    "client": "client",
    "contractor": "titulaire",
    "alert": "alerte",
    "done": "fait",
    "expected": "attendu",
    "gap": "ecart",
    "needed": "effort",
    "end": "fin",
    "last": "declaration",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the list shows beside the answer to lots: what was noted of the last call about a lot, its last months as bars."""

    calls: Mapping[str, str] = field(default_factory=dict)
    bars: Mapping[tuple[str, str], Bars | None] = field(default_factory=dict)


def lots_table(lots: Sequence[LotsRow], choice: Choice, words: Words, caption: str, beside: Beside) -> str:
    """The lots as HTML; each is a link to its page, and each header one to an order of the list.

    `lots`: rows of lots; ordered by contractor they stand in groups, each under its name.
    """
    headers = _headers(words)
    return html(
        "lots/table.html",
        caption=caption,
        lang=text_lang(words),
        headers=[
            (
                words.say(_SHORT[key]) if key in _SHORT else header,
                header,
                key in _NUMBERS,
                *header_order(choice, _ORDERS[key]),
            )
            for key, header in headers.items()
        ],
        groups=[
            (name, [_line(lot, headers, words, beside) for lot in group])
            for name, group in _groups(lots, choice, words)
        ],
    )


def _groups(lots: Sequence[LotsRow], choice: Choice, words: Words) -> list[tuple[str, list[LotsRow]]]:
    """The lots under the name of their contractor where the list is ordered by it; else one group without a name."""
    if not is_by_contractor(choice):
        return [("", list(lots))]
    by_contractor = groupby(lots, key=lambda lot: (lot["status"] == LotStatus.RUNNING, lot["contractor_name"]))
    return [(name or words.say("Titulaire non renseigné"), list(group)) for (_, name), group in by_contractor]


# Each cell of the screen, and the column of the vocabulary whose header it has.
_HEADERS: Final = {
    "lot": "lot_id",
    "client": "client_name",
    "contractor": "contractor_name",
    "alert": "alert",
    "done": "hours_to_date",
    "expected": "expected_hours",
    "gap": "gap_hours",
    "needed": "needed_per_month",
    "end": "ends_on",
    "last": "last_month",
}


# What stands over a narrow column for a header of three words and more, which explains it and names the cell on a phone.
_SHORT: Final = {
    "done": N_("Réalisées (h)"),
    "expected": N_("Attendues (h)"),
    "gap": N_("Écart (h)"),
    "needed": N_("À faire par mois (h)"),
    "last": N_("Dernier mois"),
}


def _headers(words: Words) -> dict[str, str]:
    return {cell: Column(key=key, question="lots").header(words) for cell, key in _HEADERS.items()}


def _line(lot: LotsRow, headers: dict[str, str], words: Words, beside: Beside) -> dict[str, object]:
    def cell(key: str, text: str, second: str = "") -> dict[str, object]:
        return {"header": headers[key], "text": text, "second": second, "number": key in _NUMBERS}

    return {
        "address": lot_row_address(lot),
        "subject": lot["subject"],
        "name": lot_name(lot, words),
        "call": beside.calls.get(f"{lot['contract_id']}/{lot['lot_id']}", ""),
        "bars": beside.bars.get((lot["contract_id"], lot["lot_id"])),
        "cells": [
            cell("client", lot["client_name"]),
            cell("contractor", lot["contractor_name"] or NOTHING),
            cell("alert", alert_text(lot, words), reason_text(lot, words)),
            cell("done", words.number(lot["hours_to_date"])),
            cell("expected", words.number(lot["expected_hours"])),
            cell("gap", words.number(lot["gap_hours"])),
            cell("needed", words.number(lot["needed_per_month"]), _best(lot, words)),
            cell("end", words.short_date(lot["ends_on"]), days_text(lot["days_left"], words)),
            cell("last", words.short_month(lot["last_month"])),
        ],
    }


def _best(lot: LotsRow, words: Words) -> str:
    """What stands beside the hours that are needed a month: the best three months in a row; nothing where none are needed."""
    if lot["needed_per_month"] is None:
        return ""
    if lot["best_per_month"] is None:
        return words.say("aucun mois complet déclaré")
    return words.say("trois meilleurs mois\u00a0: {hours}", hours=words.number(lot["best_per_month"]))


def lots_rows(lots: pa.Table) -> list[LotsRow]:
    """The rows of an answer to lots, or of a part of it."""
    return cast("list[LotsRow]", lots.to_pylist())


class FileRow(LotsRow):
    """A lot with its alert and its reason in words."""

    alert_text: str
    reason: str


def file_rows(lots: pa.Table, words: Words) -> Iterable[FileRow]:
    """The rows of the file: those of lots, with the alert and its reason in words."""
    for lot in lots_rows(lots):
        yield {**lot, "alert_text": alert_text(lot, words), "reason": reason_text(lot, words)}


def file_columns() -> tuple[Column, ...]:
    """The columns of the file: those of the screen, and what it takes to find the lot elsewhere."""
    return of_question(
        "lots",
        Column(key="contract_ref"),
        Column(key="contract_id"),
        Column(key="lot_id"),
        Column(key="operation"),
        Column(key="subject"),
        Column(key="client_name"),
        Column(key="client_id"),
        Column(key="client_siret"),
        Column(key="contractor_name"),
        Column(key="contractor_siret"),
        Column(key="facilitator_code"),
        Column(key="commune_name"),
        Column(key="execution_commune"),
        Column(key="clause_category"),
        Column(key="status"),
        Column(key="alert_text", of="alert"),
        Column(key="reason"),
        Column(key="hours_committed", adds=True),
        Column(key="hours_to_date", adds=True),
        Column(key="pending_to_date", adds=True),
        Column(key="expected_hours", adds=True),
        Column(key="gap_hours", adds=True),
        Column(key="missing_hours", adds=True),
        Column(key="needed_per_month"),
        Column(key="best_per_month"),
        Column(key="starts_on"),
        Column(key="ends_on"),
        Column(key="days_left"),
        Column(key="last_month"),
    )
