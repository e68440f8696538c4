"""Where a milestone or an objective stands, in a word and a symbol."""

from typing import Final

from data.codes import Code
from data.words import N_, Words


class MilestoneStatus(Code):
    """The field's words for a milestone's state."""

    REACHED = "reached", N_("atteint")
    AHEAD = "ahead", N_("en avance")
    ON_TRACK = "on_track", N_("dans les temps")
    LATE = "late", N_("en retard")
    MISSED = "missed", N_("non atteint")
    PROJECTED = "projected", N_("sans échéance")
    NOT_BEFORE = "not_before", N_("sans dernier mois")
    TOO_EARLY = "too_early", N_("trop tôt pour dire")
    NOT_PROJECTABLE = "not_projectable", N_("non projetable")


# A shape beside the word, the same for all readers: neither a colour nor a grade.
SYMBOLS: Final[dict[str, str]] = {
    MilestoneStatus.REACHED: "✓",
    MilestoneStatus.AHEAD: "▲",
    MilestoneStatus.ON_TRACK: "●",
    MilestoneStatus.LATE: "▼",
    MilestoneStatus.MISSED: "✕",
    MilestoneStatus.PROJECTED: "◇",
    MilestoneStatus.NOT_BEFORE: "≥",
    MilestoneStatus.TOO_EARLY: "…",
    MilestoneStatus.NOT_PROJECTABLE: "–",
}


def status_text(status: str, words: Words) -> str:
    """The symbol and the word of a status."""
    label: str = words.say(MilestoneStatus.of(status).label)
    return f"{SYMBOLS[status]}\u00a0{label}"
