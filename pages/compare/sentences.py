"""The sentences and the figures of the comparison, from rows whose figures SQL has computed."""

from collections.abc import Mapping, Sequence

from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.completion import rate_sides
from queries.answers import TotalsRow


def compared_text(totals: Mapping[str, TotalsRow], names: Mapping[str, str], years: str, words: Words) -> str:
    """Rouen compte le plus d’heures (480 167 h) de 2021 à 2026, devant Sotteville-lès-Rouen (93 678 h)."""
    ordered = sorted(totals, key=lambda value: totals[value]["hours_validated"], reverse=True)
    told = [
        words.say("{name} ({hours})", name=names[value], hours=words.hours(totals[value]["hours_validated"]))
        for value in ordered
    ]
    if len(told) == 1:
        return words.say("{name} {years}. Choisissez-en un autre pour comparer.", name=told[0], years=years)
    return words.say(
        "{first} compte le plus d’heures {years}, devant {others}.",
        first=told[0],
        years=years,
        others=words.listed(told[1:]),
    )


def compared_figures(totals: Mapping[str, TotalsRow], names: Mapping[str, str], words: Words) -> list[Figure]:
    """Hours of each, its lots and its completion rate."""
    found = []
    for value, row in totals.items():
        note = words.say_count("{n} lot", "{n} lots", row["lots"])
        if row["completion_ratio"] is not None:
            note = words.say(
                "{lots}\u202f; taux de réalisation {share}, {sides}",
                lots=note,
                share=words.percent(row["completion_ratio"]),
                sides=rate_sides(row, words),
            )
        found.append(Figure(label=names[value], value=words.hours(row["hours_validated"]), note=note))
    return found


def years_text(years: Sequence[int], words: Words) -> str:
    """De 2021 à 2026; en 2026."""
    if len(years) == 1:
        return words.say("en {year}", year=years[0])
    return words.say("de {first} à {last}", first=years[0], last=years[-1])
