"""Small print: what a chart's marks are, what is counted and what is not."""

import datetime as dt
from collections.abc import Sequence

from data.settings import PolicyDate, Settings
from data.settings_opening import OpeningBalance
from data.words import Words
from pages.parts.charts import mark_number
from queries.answers import HoursByMonthRow, HoursByYearRow
from queries.scope import Scope


def curve_notes(
    opening: Sequence[OpeningBalance], words: Words, *, scope: Scope, policy_dates: Sequence[PolicyDate] = ()
) -> list[str]:
    """What the curve's marks are, and what is counted. `opening`: the balances that it starts from."""
    notes = [
        words.say(
            "En gris\u00a0: solde d’ouverture de {hours} au {day} ({origin}).",
            hours=words.hours(balance.hours),
            day=words.date(balance.as_of),
            origin=words.either(balance.origin, balance.origin_en),
        )
        for balance in opening
    ]
    notes.append(
        words.say(
            "Ligne fine\u00a0: heures engagées par les lots notifiés. Hachures\u00a0: mois provisoires, encore en cours de déclaration."
        )
    )
    if scope.has_months:
        notes.append(
            words.say("Bande grise\u00a0: les mois du filtre\u202f; la courbe et les jalons gardent tous les mois.")
        )
    elif scope.first_year is not None or scope.last_year is not None:
        notes.append(
            words.say(
                "Bande grise\u00a0: les années du filtre\u202f; la courbe et les jalons gardent toutes les années."
            )
        )
    if policy_dates:
        marks = [
            words.named(f"{mark_number(number)}\u00a0{entry.on.year}", words.either(entry.label, entry.label_en))
            for number, entry in enumerate(policy_dates, start=1)
        ]
        notes.append(words.say("Repères\u00a0: {marks}.", marks=words.joined(marks)))
    return notes


def policy_dates_within(settings: Settings, first: dt.date) -> tuple[PolicyDate, ...]:
    """The policy dates that the curve’s time holds: an earlier one would stretch the axis over years without data."""
    return tuple(entry for entry in settings.policy_dates if entry.on >= first)


def negative_months_note(months: Sequence[HoursByMonthRow], words: Words) -> list[str]:
    """Which months the corrections make negative, when there are any."""
    named = [words.month(row["month"]) for row in months if row["negative"]]
    if not named:
        return []
    return [
        words.say(
            "Attention\u00a0: les corrections dépassent les heures validées en {months}.", months=words.listed(named)
        )
    ]


def year_notes(years: Sequence[HoursByYearRow], words: Words) -> list[str]:
    """What the bars' marks are."""
    notes = [words.say("Hachures claires\u00a0: heures déclarées, en attente de validation.")]
    last = years[-1]
    if not last["complete"] and last["same_months_hours_before"] is not None:
        notes.append(
            words.say_count(
                "Tirets sur {year}\u00a0: {hours} réalisées en {before} sur le même mois, seul complet.",
                "Tirets sur {year}\u00a0: {hours} réalisées en {before} sur les mêmes {n} mois complets.",
                last["compared_months"],
                year=last["year"],
                hours=words.hours(last["same_months_hours_before"]),
                before=last["year"] - 1,
            )
        )
    if has_objectives(years):
        notes.append(words.say("Traits pleins\u00a0: objectifs annuels fixés par l’autorité."))
    return notes


def has_objectives(years: Sequence[HoursByYearRow]) -> bool:
    """Whether a year of the scope has an objective in the settings."""
    return any(row["objective_hours"] is not None for row in years)
