"""How far the pages conform to RGAA 4.1: the share of its criteria, and the word that the law has for it."""

from typing import Final

from data.words import N_, Words
from pages.parts.rgaa import CRITERIA, Verdict

# The three levels of the law, for a share of 1, of half at least, of less.
_TOTAL: Final = N_("totalement conforme")
_PARTIAL: Final = N_("partiellement conforme")
_NONE: Final = N_("non conforme")


def counts() -> dict[Verdict, int]:
    """How many criteria have each verdict."""
    return {verdict: sum(criterion.verdict is verdict for criterion in CRITERIA) for verdict in Verdict}


def conformity_ratio() -> float:
    """Conformant criteria of those that apply."""
    verdicts = counts()
    return verdicts[Verdict.YES] / (verdicts[Verdict.YES] + verdicts[Verdict.NO])


def level() -> str:
    """The level of the law, as a message: all criteria that apply, half of them at least, fewer."""
    ratio = conformity_ratio()
    return _TOTAL if ratio == 1 else _PARTIAL if ratio >= 0.5 else _NONE


def level_text(words: Words) -> str:
    """Accessibilité : partiellement conforme"""
    return words.named(words.say("Accessibilité"), words.say(level()))
