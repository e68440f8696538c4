"""How the hours of a year changed, in words: complete months only, named; nothing for what cannot be compared."""

from collections.abc import Sequence
from typing import Final

from data.words import Words
from queries.answers import HoursByMonthRow, HoursByYearRow

_WITHOUT_DIGITS_FROM: Final = 1.0  # 292 %, but 1,2 %


def change_text(ratio: float, words: Words) -> str:
    """En hausse de 292 %, en baisse de 1,2 %, stable."""
    share = words.percent(abs(ratio), 0 if abs(ratio) >= _WITHOUT_DIGITS_FROM else 1)
    if share == words.percent(0):
        return words.say("stable")
    return (
        words.say("en hausse de {share}", share=share) if ratio > 0 else words.say("en baisse de {share}", share=share)
    )


def compared_text(year: HoursByYearRow, months: Sequence[HoursByMonthRow], words: Words) -> str:
    """The change of a year on the one before, with the months that it is about; empty where nothing is compared.

    A running year has only that of its complete months; a year that is over has its own or none.
    """
    if year["complete"]:
        if year["change_ratio"] is None:
            return ""
        return words.say(
            "{change} par rapport à {year}", change=change_text(year["change_ratio"], words), year=year["year"] - 1
        )
    if year["same_months_change_ratio"] is None:
        return ""
    return words.say_count(
        "{change} {period} par rapport au même mois de {year}",
        "{change} {period} par rapport aux mêmes mois de {year}",
        year["compared_months"],
        change=change_text(year["same_months_change_ratio"], words),
        period=_period(year, months, words),
        year=year["year"] - 1,
    )


def _period(year: HoursByYearRow, months: Sequence[HoursByMonthRow], words: Words) -> str:
    """The months that are compared: all the complete ones of the year, or those that the year before has too."""
    complete = [row for row in months if row["month"].year == year["year"] and not row["provisional"]]
    if len(complete) > year["compared_months"]:
        return words.say_count(
            "sur le seul mois complet que {year} a aussi dans les données",
            "sur les {n} mois complets que {year} a aussi dans les données",
            year["compared_months"],
            year=year["year"] - 1,
        )
    return words.say_count("sur le mois complet", "sur les {n} mois complets", year["compared_months"])


def year_to_date(years: Sequence[HoursByYearRow], months: Sequence[HoursByMonthRow], words: Words) -> str:
    """Hours of the last year, those pending beside, and their change; provisional months are named."""
    last = years[-1]
    values = {"year": last["year"], "hours": words.number(last["hours_validated"])}
    if last["complete"]:
        text = words.say("En {year}, {hours} heures ont été réalisées", **values)
    else:
        month = words.month_name(months[-1]["month"])
        text = words.say("En {year}, {hours} heures ont été réalisées à fin {month}", month=month, **values)
    if last["hours_pending"]:
        text += words.say(", et {hours} en attente", hours=words.hours(last["hours_pending"]))
    if last["complete"]:
        text = ", ".join(filter(None, (text, compared_text(last, months, words))))
    elif last["same_months_change_ratio"] is not None:
        text = words.say_count(
            "{year}\u202f; {done} {period}, {change} par rapport au même mois de {before}",
            "{year}\u202f; {done} {period}, {change} par rapport aux mêmes mois de {before}",
            last["compared_months"],
            year=text,
            done=words.hours(last["same_months_hours"]),
            period=_period(last, months, words),
            change=change_text(last["same_months_change_ratio"], words),
            before=last["year"] - 1,
        )
    provisional = [words.month(row["month"]) for row in months if row["provisional"]]
    if provisional:
        text += words.say_count(
            "\u202f; {months} est provisoire",
            "\u202f; {months} sont provisoires",
            len(provisional),
            months=words.listed(provisional),
        )
    return text + "."
