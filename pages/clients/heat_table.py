"""Years across, clients down, their hours in the cells: a real table whose shades only help the eye."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any, Final

from data.words import NOTHING, Words

Row = Mapping[str, Any]
SHADES: Final = 5
_THOUSANDS_FROM: Final = 10_000  # hours; with a cell above, all are written in thousands, so that years fit on a screen


def heat_table(
    clients: Sequence[Row],
    cells: Sequence[Row],
    years: Sequence[Row],
    total: Row,
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
    found = {(row["client_id"], row["year"]): row for row in cells}
    head = "".join(f'<th scope="col" class="number">{row["year"]}</th>' for row in years)
    body = "".join(
        f'<tr><th scope="row"><a href="{escape(address(client["client_id"]), quote=True)}" target="_self">'
        f"{escape(client['client_name'])}</a></th>"
        + "".join(_cell(found.get((client["client_id"], row["year"])), client, thousands, words) for row in years)
        + f'<td class="number"><strong>{_number(client["hours_validated"], thousands, words)}</strong></td></tr>'
        for client in clients
    )
    foot = "".join(f'<td class="number">{_number(row["hours_validated"], thousands, words)}</td>' for row in years)
    return (
        # The caption stands above what scrolls, so that a phone shows all of it.
        f'<p class="cap-heat-caption" id="cap-heat">{escape(caption)}</p>'
        '<div class="cap-table cap-heat" tabindex="0" role="region" aria-labelledby="cap-heat">'
        '<table aria-labelledby="cap-heat"><thead><tr>'
        f'<th scope="col">{escape(words.say("Maître d’ouvrage"))}</th>{head}'
        f'<th scope="col" class="number">{escape(words.say("Total"))}</th></tr></thead><tbody>{body}</tbody>'
        f'<tfoot><tr><th scope="row">{escape(words.say("Total"))}</th>{foot}'
        f'<td class="number">{_number(total["hours_validated"], thousands, words)}</td></tr></tfoot></table></div>'
        f"{_legend(words)}"
    )


def _cell(cell: Row | None, client: Row, thousands: bool, words: Words) -> str:
    if cell is None:
        return f'<td class="number">{NOTHING}</td>'
    exact = words.named(f"{client['client_name']}, {cell['year']}", words.hours(cell["hours_validated"], 2))
    return (
        f'<td class="number heat-{shade(cell["best_year_ratio"])}" title="{escape(exact, quote=True)}">'
        f"{_number(cell['hours_validated'], thousands, words)}</td>"
    )


def shade(ratio: float | None) -> int:
    """0 for nothing, then 1 to 5: fifths of the client's best year."""
    return 0 if ratio is None or ratio <= 0 else min(SHADES, int(ratio * SHADES - 1e-9) + 1)


def _number(hours: Decimal, thousands: bool, words: Words) -> str:
    if not hours:
        return NOTHING
    if not thousands:
        return words.number(hours)
    if hours > 0 and not round(hours / 1000, 1):
        return "&lt;\u202f" + words.number(Decimal("0.1"), 1)
    return words.number(hours / 1000, 1)


def _legend(words: Words) -> str:
    """What the shades mean, in words."""
    steps = "".join(
        f'<span class="heat-{step}">{words.say("jusqu’à {share}", share=words.percent(step / SHADES, 0))}</span>'
        for step in range(1, SHADES + 1)
    )
    told = words.say("Plus la case est foncée, plus l’année approche de la meilleure de ce maître d’ouvrage\u00a0:")
    return f'<p class="cap-notes cap-shades">{escape(told)} {steps}</p>'
