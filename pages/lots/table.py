"""The list of lots: a table of links on a screen, a sheet a lot on a phone; and the same lots as a file.

Not st.dataframe: it draws on a canvas, with neither links within the page, nor paper, nor lines that wrap on a phone, and its
lazy form takes no selection. Fifty lots a page cost the same whether there are fifty or ten thousand.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

import pyarrow as pa

from data.words import NOTHING, Words
from pages.parts.lot_alerts import alert_text, days_text, lot_name, reason_text
from pages.parts.lot_links import lot_row_address
from pages.parts.tables import Column, of_question

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


# Each cell of the screen, and the column of the vocabulary whose header it has.
_HEADERS: Final = {
    "lot": "lot_id",
    "client": "client_name",
    "contractor": "contractor_name",
    "alert": "alert",
    "done": "hours_to_date",
    "expected": "expected_hours",
    "gap": "gap_hours",
    "end": "ends_on",
    "last": "last_month",
}


def _headers(words: Words) -> dict[str, str]:
    return {cell: Column(key=key, question="lots").header(words) for cell, key in _HEADERS.items()}


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
        Column(key="client_siret"),
        Column(key="contractor_name"),
        Column(key="contractor_siret"),
        Column(key="facilitator_code"),
        Column(key="clause_category"),
        Column(key="status"),
        Column(key="alert_text", of="alert"),
        Column(key="reason"),
        Column(key="hours_committed", adds=True),
        Column(key="hours_to_date", adds=True),
        Column(key="pending_to_date", adds=True),
        Column(key="expected_hours", adds=True),
        Column(key="gap_hours", adds=True),
        Column(key="starts_on"),
        Column(key="ends_on"),
        Column(key="days_left"),
        Column(key="last_month"),
    )
