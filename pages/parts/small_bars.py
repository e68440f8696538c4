"""A row of small bars in a cell, such as the years of a client: each as high as its part of the best one, read aloud in a sentence."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from data.words import Words

_FEWEST_YEARS: Final = 2


class Period(NamedTuple):
    """A month or a year: what it is called, its hours, these over those of the best one (None without any)."""

    name: str
    hours: Decimal
    ratio: float | None


class Bars(NamedTuple):
    """The height of each bar as a style sheet has it, and what they say."""

    heights: list[str]
    sentence: str


def small_bars(periods: Sequence[Period], words: Words) -> Bars | None:
    """The bars of these periods, in their order; None where none has hours."""
    if not any(period.ratio and period.ratio > 0 for period in periods):
        return None
    best = max(periods, key=lambda period: period.hours)
    sentence = words.say(
        "Heures réalisées de {first} à {last}\u00a0: au plus haut {hours}, en {month}",
        first=periods[0].name,
        last=periods[-1].name,
        hours=words.hours(best.hours),
        month=best.name,
    )
    return Bars([f"{max(period.ratio or 0, 0):.0%}" for period in periods], sentence)


def bars_of_years(cells: Sequence[Mapping[str, Any]], by: str, words: Words) -> dict[str, Bars | None]:
    """The bars of each value of the column `by`, its years; none of a single year: its bar would be full, whatever its hours.

    `cells`: rows with year, hours_validated and best_year_ratio.
    """
    periods: dict[str, list[Period]] = {}
    for cell in cells if _has_bars(cells) else ():
        period = Period(str(cell["year"]), cell["hours_validated"], cell["best_year_ratio"])
        periods.setdefault(cell[by], []).append(period)
    return {code: small_bars(years, words) for code, years in periods.items()}


def years_text(cells: Sequence[Mapping[str, Any]]) -> str:
    """The years that the bars are of: 2003 – 2026; empty where there are no bars."""
    years = [cell["year"] for cell in cells]
    return f"{min(years)}\u00a0–\u00a0{max(years)}" if _has_bars(cells) else ""


def bars_notes(cells: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    """What the bars of a row are, and its small ones."""
    notes = [words.say("Barre\u00a0: heures de chacun, sur une même échelle.")]
    if _has_bars(cells):
        notes.append(words.say("Petites barres\u00a0: ses années, la plus haute à sa meilleure année."))
    return notes


def _has_bars(cells: Sequence[Mapping[str, Any]]) -> bool:
    return len({cell["year"] for cell in cells}) >= _FEWEST_YEARS
