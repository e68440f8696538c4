"""The exceptions of this folder: a question that cannot be answered, a reader who may not read."""

from typing import Any

from data.words import Words


class QueryError(Exception):
    """A question that cannot be answered: unknown, wrongly filtered, too long. `message` is a catalogue text."""

    def __init__(self, message: str, **values: Any) -> None:
        self.message = message
        self.values: dict[str, Any] = values
        super().__init__(self.text(Words("fr")))

    def text(self, words: Words) -> str:
        """The reason in the reader's language."""
        return words.say(self.message, **self.values)


class AccessError(QueryError):
    """A reader who may not read: not signed in (status 401) or without a right (403)."""

    def __init__(self, message: str, *, status: int = 403, **values: object) -> None:
        self.status = status
        super().__init__(message, **values)
