"""The question of the first page: it names the milestone that is next."""

from collections.abc import Sequence
from typing import Final

from data.settings import Settings
from data.words import Words
from pages.parts.sentences import milestone_names
from queries.answers import MilestoneProgressRow

# Des 250 000 heures, du deuxième million; other names follow « de ».
_CONTRACTED: Final = (("les ", "des "), ("le ", "du "))
_COUNTS: Final = ("million", "milliard", "millier")  # of hours, which their names leave out


def which_milestone(milestones: Sequence[MilestoneProgressRow], settings: Settings, words: Words) -> str:
    """Où en est-on du deuxième million d’heures ? Neutral when no milestone is ahead.

    `milestones`: rows of milestone_progress, in the order in which they are reached.
    """
    ahead = [row for row in milestones if row["status"] != "reached"]
    if not ahead:
        return words.say("Où en est-on des heures d’insertion\u202f?")
    name = milestone_names(settings, words)[ahead[0]["milestone"]]
    if words.lang == "fr":
        name = f"{name} d’heures" if name.endswith(_COUNTS) else name
        name = next((f"{to}{name.removeprefix(of)}" for of, to in _CONTRACTED if name.startswith(of)), f"de {name}")
    elif name.endswith(_COUNTS[:1]):
        name = f"{name} hours"
    return words.say("Où en est-on {of_milestone}\u202f?", of_milestone=name)
