"""Years across, clients down, their hours in the cells: a real table whose shades only help the eye."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from data.words import NOTHING, Words
from pages.parts.markup import html
from queries.answers import HoursByClientAndYearRow, HoursByClientRow, HoursByYearRow, TotalsRow

SHADES: Final = 5
_THOUSANDS_FROM: Final = 10_000  # hours; with a cell above, all are written in thousands, so that years fit on a screen


def heat_table(
    clients: Sequence[HoursByClientRow],
    cells: Sequence[HoursByClientAndYearRow],
    years: Sequence[HoursByYearRow],
    total: TotalsRow,
    words: Words,
    address: Callable[[str], str],
) -> str:
    """The table as HTML with its caption and legend.

    `clients`: rows of hours_by_client, in their order. `cells`: rows of hours_by_client_and_year. `years`: rows of
    hours_by_year, the totals below. `total`: the row of totals.
    """
    thousands = any(abs(row["hours_validated"]) >= _THOUSANDS_FROM for row in cells)
    caption = (
        words.say("Heures réalisées par maître d’ouvrage et par année, en milliers d’heures")
        if thousands
        else words.say("Heures réalisées par maître d’ouvrage et par année, en heures")
    )
    by_place = {(row["client_id"], row["year"]): row for row in cells}
    return html(
        "clients/heat_table.html",
        caption=caption,
        client=words.say("Maître d’ouvrage"),
        total=words.say("Total"),
        years=[row["year"] for row in years],
        lines=[
            {
                "address": address(client["client_id"]),
                "name": client["client_name"],
                "cells": [
                    _cell(by_place.get((client["client_id"], row["year"])), client, thousands, words) for row in years
                ],
                "total": _number(client["hours_validated"], thousands, words),
            }
            for client in clients
        ],
        totals=[_number(row["hours_validated"], thousands, words) for row in (*years, total)],
        legend=words.say(
            "Plus la case est foncée, plus l’année approche de la meilleure de ce maître d’ouvrage\u00a0:"
        ),
        steps=[
            (step, words.say("jusqu’à {share}", share=words.percent(step / SHADES, 0))) for step in range(1, SHADES + 1)
        ],
    )


def _cell(
    cell: HoursByClientAndYearRow | None, client: HoursByClientRow, thousands: bool, words: Words
) -> tuple[str, str, int]:
    """The cell's text, its exact hours (empty where the client has none of that year) and its shade."""
    if cell is None:
        return NOTHING, "", 0
    return (
        _number(cell["hours_validated"], thousands, words),
        words.named(f"{client['client_name']}, {cell['year']}", words.hours(cell["hours_validated"], 2)),
        shade(cell["best_year_ratio"]),
    )


def shade(ratio: float | None) -> int:
    """0 for nothing, then 1 to 5: fifths of the client's best year."""
    return 0 if ratio is None or ratio <= 0 else min(SHADES, int(ratio * SHADES - 1e-9) + 1)


def _number(hours: Decimal, thousands: bool, words: Words) -> str:
    if not hours:
        return NOTHING
    if not thousands:
        return words.number(hours)
    if 0 < hours < 50:
        return "<\u202f" + words.number(Decimal("0.1"), 1)
    return words.number(hours / 1000, 1)
