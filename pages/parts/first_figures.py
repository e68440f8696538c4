"""The key figures of the first page."""

from collections.abc import Sequence

from data.settings import Settings
from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.changes import compared_text, short_of
from pages.parts.completion import joined, rate_sides, rate_text
from pages.parts.filters.sentence import covered_text
from pages.parts.persons import persons_figure
from pages.parts.projection import projection
from queries.answers import HeadlineRow, HoursByMonthRow, HoursByYearRow, MilestoneProgressRow
from queries.rights.access import Access
from queries.scope import Scope


def first_figures(
    headline: HeadlineRow,
    milestones: Sequence[MilestoneProgressRow],
    years: Sequence[HoursByYearRow],
    months: Sequence[HoursByMonthRow],
    access: Access,
    scope: Scope,
    words: Words,
) -> list[Figure]:
    """Next milestone, hours of the year, completion, persons: the usual figures of an elected official."""
    if scope.has_months:
        return _of_months(headline, milestones, access, scope, words)
    last = years[-1]
    pending = words.hours(last["hours_pending"])
    beside = words.say("{hours} en attente", hours=pending) if last["hours_pending"] else ""
    return [
        _next_milestone(headline, milestones, words),
        Figure(
            label=words.say("Heures réalisées en {year}", year=last["year"]),
            value=words.hours(last["hours_validated"]),
            note=joined([fte_text(last, access.settings, words), compared_text(last, months, words), beside], words),
            term="annee",
        ),
        Figure(
            label=words.say("Taux de réalisation"),
            value=rate_text(headline["completion_ratio"], words),
            note=rate_sides(headline, words),
            term="taux-de-realisation",
        ),
        persons_figure(headline, access, scope, words),
    ]


def _of_months(
    headline: HeadlineRow, milestones: Sequence[MilestoneProgressRow], access: Access, scope: Scope, words: Words
) -> list[Figure]:
    """The same for a range of months, in the place of the year: its hours are compared with no other."""
    ahead = any(entry["status"] != "reached" for entry in milestones)
    return [
        *([_next_milestone(headline, milestones, words)] if ahead else []),
        Figure(
            label=words.say("Heures réalisées {period}", period=covered_text(scope, access.release, words)),
            value=words.hours(headline["hours_validated"]),
            note=words.say("{hours} en attente", hours=words.hours(headline["hours_pending"])),
            term="heures-validees",
        ),
        Figure(
            label=words.say("Taux de réalisation"),
            value=rate_text(headline["completion_ratio"], words),
            note=rate_sides(headline, words),
            term="taux-de-realisation",
        ),
        persons_figure(headline, access, scope, words),
    ]


def fte_text(year: HoursByYearRow, settings: Settings, words: Words) -> str:
    """Soit 32,0 ETP (÷ 1 607 h): the jobs that the hours of a year make, with their divisor."""
    return words.say(
        "soit {fte} ETP (÷ {divisor})",
        fte=words.number(year["fte"], 1),
        divisor=words.hours(settings.counting.fte_divisor),
    )


def _next_milestone(headline: HeadlineRow, milestones: Sequence[MilestoneProgressRow], words: Words) -> Figure:
    """The share of the next milestone; the hours where no milestone is ahead or filters are set."""
    ahead = [entry for entry in milestones if entry["status"] != "reached"]
    if not ahead:
        pending = words.hours(headline["hours_pending"])
        return Figure(
            label=words.say("Heures réalisées"),
            value=words.hours(headline["hours_validated"]),
            note=words.say("{hours} en attente", hours=pending),
            term="heures-validees",
        )
    target = words.hours(ahead[0]["target_hours"])
    note = words.say("de {target}, {when}", target=target, when=projection(ahead[0], words))
    if ahead[0]["status"] == "missed":
        note = joined(
            [note, words.say("non atteint à son échéance du {day}", day=words.date(ahead[0]["due_on"]))], words
        )
    return Figure(
        label=words.say("Prochain jalon"),
        value=short_of(ahead[0]["share_ratio"], 1, words, 1),
        note=note,
        term="jalon",
    )
