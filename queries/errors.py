"""The one exception of this folder."""

from data.words import Words


class QueryError(Exception):
    """A question that cannot be answered: unknown, wrongly filtered, too long. `message` is a catalogue text."""

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(self.told(Words("fr")))

    def told(self, words: Words) -> str:
        """The reason in the reader's language."""
        return words.say(self.message, **self.values)
