"""The name of the authority, on every page and file."""

from data.settings import Settings
from data.words import Words


def authority_name(settings: Settings, words: Words) -> str:
    """The name in the settings; what to do where the demonstration’s still stands there and the figures are real ones."""
    return settings.authority.name or words.say("Autorité à nommer dans les réglages")
