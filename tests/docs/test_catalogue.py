"""English is complete, and says what the French says."""

from babel.messages.pofile import read_po

from data.messages.update import CATALOGUE, faults, texts
from data.words import Words


def test_every_text_has_its_english_with_the_same_places() -> None:
    with CATALOGUE.open("rb") as file:
        assert faults(read_po(file, locale="en")) == []


def test_texts_are_really_found() -> None:
    found = {text if isinstance(text, str) else text[0] for text in texts()}
    assert "Où en est-on\u202f?" in found  # a marked constant
    assert "{n} anomalie" in found  # a plural
    assert "Où en est-on, en quelques chiffres ?" in found  # the question of a .sql file


def test_plurals_follow_the_language() -> None:
    french, english = Words("fr"), Words("en")
    assert [french.say_count("{n} anomalie", "{n} anomalies", n) for n in (0, 1, 2)] == [
        "0 anomalie",
        "1 anomalie",
        "2 anomalies",
    ]
    assert [english.say_count("{n} anomalie", "{n} anomalies", n) for n in (0, 1, 2)] == [
        "0 anomalies",
        "1 anomaly",
        "2 anomalies",
    ]
