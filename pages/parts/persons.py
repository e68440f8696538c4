"""Counts of persons: small ones are hidden on the server, before anything leaves."""

from pages.parts.read import reading


def persons(count: int | None) -> str:
    """The count, or "n.d." below the threshold of the settings. 0 is shown: it says nothing of anyone."""
    current = reading()
    if count is not None and 0 < count < current.settings.privacy.threshold:
        return current.words.say("n.d.")
    return current.words.number(count)
