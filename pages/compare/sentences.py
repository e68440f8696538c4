"""The sentences and the figures of the comparison, from rows whose figures SQL has computed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.completion import rate_sides
from queries.answers import HoursByYearRow, TotalsRow

_YEAR = 12  # months


def compared_text(hours: Mapping[str, Decimal], names: Mapping[str, str], years: str, words: Words) -> str:
    """Rouen compte le plus d’heures (480 167 h) de 2021 à 2026, devant Sotteville-lès-Rouen (93 678 h)."""
    ordered = sorted(hours, key=lambda value: hours[value], reverse=True)
    totals = [words.say("{name} ({hours})", name=names[value], hours=words.hours(hours[value])) for value in ordered]
    if len(totals) == 1:
        return words.say("{name} {years}. Ajoutez un choix pour comparer.", name=totals[0], years=years)
    tied = [text for value, text in zip(ordered, totals, strict=True) if hours[value] == hours[ordered[0]]]
    if len(tied) > 1:
        return words.say("À égalité {years}\u00a0: {names}.", names=words.listed(tied), years=years)
    return words.say(
        "{first} compte le plus d’heures {years}, devant {others}.",
        first=totals[0],
        years=years,
        others=words.listed(totals[1:]),
    )


def compared_figures(totals: Mapping[str, TotalsRow], names: Mapping[str, str], words: Words) -> list[Figure]:
    """Hours of each, its lots and its completion rate."""
    figures = []
    for value, row in totals.items():
        note = words.say_count("{n} lot", "{n} lots", row["lots"])
        if row["completion_ratio"] is not None:
            note = words.say(
                "{lots}\u202f; taux de réalisation {share}, {sides}",
                lots=note,
                share=words.percent(row["completion_ratio"]),
                sides=rate_sides(row, words),
            )
        figures.append(Figure(label=names[value], value=words.hours(row["hours_validated"]), note=note))
    return figures


def years_text(years: Sequence[int], words: Words) -> str:
    """De 2021 à 2026; en 2026."""
    if len(years) == 1:
        return words.say("en {year}", year=years[0])
    return words.say("de {first} à {last}", first=years[0], last=years[-1])


def year_figures(
    period: Mapping[str, Decimal], whole: Mapping[str, HoursByYearRow], names: Mapping[str, str], words: Words
) -> list[Figure]:
    """Hours of each year over the compared months, and what the whole of it has."""
    figures = []
    for year, hours in period.items():
        row = whole[year]
        all_hours = words.hours(row["hours_validated"])
        note = (
            words.say("{hours} sur l’année entière", hours=all_hours)
            if row["complete"]
            else words.say("{hours} dans les données à ce jour", hours=all_hours)
        )
        figures.append(Figure(label=names[year], value=words.hours(hours), note=note))
    return figures


def common_months_text(months: Sequence[str], words: Words) -> str:
    """Sur les 8 mois complets communs à toutes, de janvier à août; sur douze mois."""
    if len(months) == 1:
        return words.say("sur le seul mois complet commun à toutes, {month}", month=months[0])
    if len(months) == _YEAR:
        return words.say("sur douze mois")
    return words.say(
        "sur les {n} mois complets communs à toutes, de {first} à {last}",
        n=len(months),
        first=months[0],
        last=months[-1],
    )


def partial_years_text(years: list[str], words: Words) -> str:
    """Which years have not twelve complete months; empty when all have."""
    if not years:
        return ""
    return words.say_count(
        "{years} n’a pas douze mois complets.",
        "{years} n’ont pas douze mois complets.",
        len(years),
        years=words.listed(years),
    )


def index_text(base: str, last: str, reached: Mapping[str, float | None], words: Words, *, of_years: bool) -> str:
    """Indice 100 en 2019, première année complète où chaque élément comparé a des heures ; en 2025, Rouen est à 120,3 et Elbeuf à 80,0."""
    values = words.listed(
        [words.say("{name} à {index}", name=name, index=words.number(index, 1)) for name, index in reached.items()]
    )
    if of_years:
        return words.say(
            "Indice 100 en {base}, premier mois où chaque année a des heures\u202f; en {last}\u00a0: {values}.",
            base=base, last=last, values=values,
        )  # fmt: skip
    return words.say(
        "Indice 100 en {base}, première année complète où chaque élément comparé a des heures\u202f; en {last}\u00a0: {values}.",
        base=base, last=last, values=values,
    )  # fmt: skip


def no_base_text(words: Words, *, of_years: bool) -> str:
    """Why hours are drawn in the place of the index."""
    if of_years:
        return words.say(
            "Indice non calculable\u00a0: aucun mois complet où chaque année a des heures. Les heures sont montrées."
        )
    return words.say(
        "Indice non calculable\u00a0: aucune année complète où chaque élément comparé a des heures. Les heures sont montrées."
    )
