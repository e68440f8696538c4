"""The sentences of the page of changes: how many hours, of which years, in which lots."""

from collections.abc import Sequence
from decimal import Decimal

from data.settings import Settings
from data.words import Words
from pages.parts.blocks import Figure
from queries.answers import ChangesByYearRow, ChangesTotalRow


def changes_text(total: ChangesTotalRow, words: Words) -> str:
    """From how many hours to how many, and what past years have to do with it."""
    days = {"before": words.date(total["earlier_data_as_of"]), "after": words.date(total["data_as_of"])}
    between = (
        words.say("D’une publication des données au {after} à l’autre", **days)
        if days["before"] == days["after"]
        else words.say("Des données au {before} à celles au {after}", **days)
    )
    change, known = total["change_hours"], total["known_years_change_hours"]
    if not change and not known:
        return words.say("{between}, le total des heures réalisées n’a pas changé.", between=between)
    # Rounded one by one, 1 816 459,75 and 1 816 443,25 would differ by 17, and their difference be 16.
    digits = 0 if total["hours_before"] % 1 == total["hours_after"] % 1 == known % 1 == 0 else 2
    text = words.say(
        "{between}, les heures réalisées passent de {hours} à {hours_after}, soit {change}.",
        between=between,
        hours=words.number(total["hours_before"], digits),
        hours_after=words.number(total["hours_after"], digits),
        change=more_or_less(change, digits, words),
    )
    assert total["earlier_data_as_of"] is not None
    year = total["earlier_data_as_of"].year
    if known:
        past = words.say(
            "Années antérieures à {year}\u00a0: {change}.", year=year, change=more_or_less(known, digits, words)
        )
    else:
        past = words.say("Le total des années antérieures à {year} n’a pas changé.", year=year)
    return f"{text} {past}"


def more_or_less(hours: Decimal, digits: int, words: Words) -> str:
    """15 140 h de plus, 20 h de moins, autant."""
    if not hours:
        return words.say("autant")
    text = words.hours(abs(hours), digits)
    return words.say("{hours} de plus", hours=text) if hours > 0 else words.say("{hours} de moins", hours=text)


def signed(hours: Decimal, words: Words) -> str:
    """+15 140 h"""
    return f"{'+' if hours > 0 else ''}{words.hours(hours)}"


def changes_figures(total: ChangesTotalRow, words: Words) -> list[Figure]:
    """The change, that of past years, lots that came and went."""
    return [
        Figure(label=words.say("Écart total"), value=signed(total["change_hours"], words), term="revisions"),
        Figure(
            label=words.say("Écart des années antérieures"),
            value=signed(total["known_years_change_hours"], words),
            term="revisions",
        ),
        Figure(label=words.say("Lots apparus"), value=words.number(total["lots_appeared"])),
        Figure(label=words.say("Lots disparus"), value=words.number(total["lots_gone"])),
    ]


def revised_text(years: Sequence[ChangesByYearRow], settings: Settings, words: Words) -> list[str]:
    """Which closed years changed by more than the settings allow."""
    share = words.percent(settings.revisions.noticeable)
    revised = [row["year"] for row in years if row["is_revised"]]
    if revised:
        return [
            words.say_count(
                "{years} est une année close révisée\u00a0: l’écart dépasse {share} de ses heures.",
                "{years} sont des années closes révisées\u00a0: l’écart dépasse {share} de leurs heures.",
                len(revised),
                years=words.listed_years(revised),
                share=share,
            )
        ]
    return [words.say("Aucune année close n’a changé de plus de {share} de ses heures.", share=share)]
