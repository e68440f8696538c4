"""How the hours of a year changed, in words: complete months only, named; nothing for what cannot be compared."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from data.words import Words, rounded
from queries.answers import HoursByMonthRow, HoursByYearRow

_WITHOUT_DIGITS_FROM: Final = 1.0  # 292 %, but 1,2 %


def is_comparable(before: Decimal | None, after: Decimal | None) -> bool:
    """Whether a change in % means anything: of hours above 0, to hours that corrections do not make negative."""
    return before is not None and after is not None and before > 0 and after >= 0


def is_part(ratio: float | None) -> bool:
    """Whether a share is one: corrections may make a part negative, or more than the whole."""
    return ratio is not None and 0 <= ratio <= 1


def short_of(ratio: float | None, limit: float, words: Words, digits: int = 0) -> str:
    """A percentage with as many digits as it takes not to read as the limit that it does not reach: 99,9 %, not 100 %."""
    exact = rounded(str(ratio), 12) if ratio is not None else None  # 0.3 that was computed as 0.299999… is no less
    while (
        exact is not None
        and exact < Decimal(str(limit))
        and digits < 4
        and rounded(str(ratio), digits + 2) >= Decimal(str(limit))
    ):
        digits += 1
    return words.percent(ratio, digits)


def with_true_changes(years: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows for a table: from −20 h to 100 h the ratio is −600 %, which nobody may read."""
    return [
        row
        if is_comparable(row["same_months_hours_before"], row["same_months_hours"])
        else {**row, "change_ratio": None, "same_months_change_ratio": None}
        for row in years
    ]


def _change_of(year: HoursByYearRow, ratio: float, words: Words) -> str:
    """The change in %; only its direction from or to hours that corrections make negative."""
    before, after = year["same_months_hours_before"], year["same_months_hours"]
    if before is None or after is None or is_comparable(before, after):
        return change_text(ratio, words)
    return (
        words.say("en hausse") if after > before else words.say("en baisse") if after < before else words.say("stable")
    )


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
            "{change} par rapport à {year}", change=_change_of(year, year["change_ratio"], words), year=year["year"] - 1
        )
    if year["same_months_change_ratio"] is None:
        return ""
    return words.say_count(
        "{change} {period} par rapport au même mois de {year}",
        "{change} {period} par rapport aux mêmes mois de {year}",
        year["compared_months"],
        change=_change_of(year, year["same_months_change_ratio"], words),
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


def _done(year: HoursByYearRow, months: Sequence[HoursByMonthRow], words: Words) -> str:
    """The hours of a year; of one that is not wholly in the release, with the months that are."""
    hours = year["hours_validated"]
    if hours < 0:
        return words.say(
            "En {year}, les corrections dépassent les heures validées\u00a0: {hours}",
            year=year["year"],
            hours=words.hours(hours),
        )
    if year["complete"]:
        return words.say_count(
            "En {year}, {n} heure a été réalisée", "En {year}, {n} heures ont été réalisées", hours, year=year["year"]
        )
    first, last = (row["month"] for row in (months[0], months[-1]))
    if first.year == year["year"] and first.month > 1:
        return words.say_count(
            "En {year}, depuis {first}, premier mois des données, {n} heure a été réalisée à fin {last}",
            "En {year}, depuis {first}, premier mois des données, {n} heures ont été réalisées à fin {last}",
            hours,
            year=year["year"],
            first=words.month_name(first),
            last=words.month_name(last),
        )
    return words.say_count(
        "En {year}, {n} heure a été réalisée à fin {month}",
        "En {year}, {n} heures ont été réalisées à fin {month}",
        hours,
        year=year["year"],
        month=words.month_name(last),
    )


def year_to_date(years: Sequence[HoursByYearRow], months: Sequence[HoursByMonthRow], words: Words) -> str:
    """Hours of the last year, those pending beside, and their change; provisional months are named."""
    last = years[-1]
    text = _done(last, months, words)
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
            change=_change_of(last, last["same_months_change_ratio"], words),
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
