"""The columns of the tables of clause categories."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from data.reference.law import Regime, regimes
from data.words import Words
from pages.parts.columns import RATES
from pages.parts.tables import Column, Row, of_question

YEARS: Final = "years"  # of a row: the bars of its years
_NAME: Final = Column(key="name", of="clause_category", kind="text")
_CODE: Final = Column(key="clause_category", of="clause_code", only_in_file=True)


def clauses(address: Callable[[Row], str], years: str) -> tuple[Column, ...]:
    """Of hours_by_clause, with names. `years`: what those of the bars are called; empty without bars.

    What has no column on screen stands in the smaller lines of a cell.
    """
    return of_question(
        "hours_by_clause",
        replace(_NAME, address=address),
        _CODE,
        Column(key="hours_validated", adds=True, drawn="bar"),
        *([Column(key=YEARS, label=years, only_on_screen=True)] if years else []),
        Column(key="share_ratio", adds=True, only_in_file=True),
        Column(key="hours_pending", adds=True),
        Column(key="hours_committed", adds=True),
        Column(key="rated_hours", adds=True, only_in_file=True),
        Column(key="rated_committed", adds=True, only_in_file=True),
        *(replace(column, only_in_file=column.key != "completion_ratio") for column in RATES),
        Column(key="lots", adds=True),
        Column(key="lots_excluded", adds=True, only_in_file=True),
        Column(key="contracts", only_in_file=True),
    )


def counting() -> tuple[Column, ...]:
    """Of clause_counting, with names."""
    return of_question(
        "clause_counting",
        _NAME,
        _CODE,
        Column(key="lots_counted", adds=True),
        Column(key="hours_counted", adds=True),
        Column(key="lots_uncounted", adds=True),
        Column(key="hours_uncounted", adds=True),
    )


def articles(words: Words) -> tuple[Column, ...]:
    """Of the articles: a column for each regime, with its dates."""
    return (_NAME, *(Column(key=regime.id, label=_regime(regime, words)) for regime in regimes()))


def _regime(regime: Regime, words: Words) -> str:
    if regime.end is None:
        return words.say("{regime}, depuis le {start}", regime=regime.name, start=words.date(regime.start))
    start, end = words.date(regime.start), words.date(regime.end)
    return words.say("{regime}, du {start} au {end}", regime=regime.name, start=start, end=end)
