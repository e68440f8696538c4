"""The columns of the tables of clause categories."""

from collections.abc import Callable

from data.reference.law import Regime, regimes
from data.words import Words
from pages.parts.tables import Column, Row


def clauses(words: Words, address: Callable[[Row], str]) -> tuple[Column, ...]:
    """Of hours_by_clause, with names."""
    return (
        Column(key="name", header=words.say("Type de clause"), address=address),
        Column(
            key="hours_validated",
            header=words.say("Heures réalisées (h)"),
            kind="hours",
            digits=2,
            adds=True,
            drawn="bar",
        ),
        Column(key="share_ratio", header=words.say("Part (%)"), kind="percent", adds=True),
        Column(key="hours_pending", header=words.say("En attente (h)"), kind="hours", digits=2, adds=True),
        Column(key="hours_committed", header=words.say("Heures engagées (h)"), kind="hours", digits=2, adds=True),
        Column(key="completion_closed_ratio", header=words.say("Réalisation, lots soldés (%)"), kind="percent"),
        Column(key="completion_running_ratio", header=words.say("Réalisation, lots en cours (%)"), kind="percent"),
        Column(key="lots", header=words.say("Lots"), kind="count", adds=True),
        Column(key="lots_excluded", header=words.say("Lots hors calcul"), kind="count", adds=True),
        Column(key="contracts", header=words.say("Marchés"), kind="count"),
    )


def counting(words: Words) -> tuple[Column, ...]:
    """Of clause_counting, with names."""
    return (
        Column(key="name", header=words.say("Type de clause")),
        Column(key="lots_counted", header=words.say("Lots comptés au total"), kind="count", adds=True),
        Column(key="hours_counted", header=words.say("Leurs heures (h)"), kind="hours", digits=2, adds=True),
        Column(key="lots_uncounted", header=words.say("Lots hors du total"), kind="count", adds=True),
        Column(key="hours_uncounted", header=words.say("Heures hors du total (h)"), kind="hours", digits=2, adds=True),
    )


def articles(words: Words) -> tuple[Column, ...]:
    """Of the articles: a column for each regime, with its dates."""
    name = Column(key="name", header=words.say("Type de clause"))
    return (name, *(Column(key=regime.id, header=_regime(regime, words)) for regime in regimes()))


def _regime(regime: Regime, words: Words) -> str:
    if regime.end is None:
        return words.say("{regime}, depuis le {start}", regime=regime.name, start=words.date(regime.start))
    start, end = words.date(regime.start), words.date(regime.end)
    return words.say("{regime}, du {start} au {end}", regime=regime.name, start=start, end=end)
