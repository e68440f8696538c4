"""What changed, in words: a reader who subtracts the two totals finds the third."""

import datetime as dt
from decimal import Decimal

from data.words import Words
from pages.changes.sentences import changes_text
from queries.answers import ChangesTotalRow


def total(before: str, after: str, known: str, earlier: dt.date) -> ChangesTotalRow:
    return ChangesTotalRow(
        earlier_release="the one before",
        hours_before=Decimal(before),
        hours_after=Decimal(after),
        change_hours=Decimal(after) - Decimal(before),
        known_years_change_hours=Decimal(known),
        lots_appeared=0,
        lots_gone=0,
        data_as_of=dt.date(2026, 10, 31),
        earlier_data_as_of=earlier,
    )


def test_hours_that_are_not_whole_are_written_out() -> None:
    text = changes_text(total("1816459.75", "1816443.25", "-16.50", dt.date(2026, 9, 30)), Words("fr"))
    assert text.startswith("Des données au 30 septembre 2026 à celles au 31 octobre 2026, les heures réalisées passent")
    # 1 816 459,75 - 1 816 443,25 = 16,50; rounded one by one it would be 1 816 460 - 1 816 443 = 17.
    assert "de 1\u202f816\u202f459,75 à 1\u202f816\u202f443,25, soit 16,50\u00a0h de moins." in text


def test_the_same_data_published_twice() -> None:
    text = changes_text(total("10", "12", "2", dt.date(2026, 10, 31)), Words("fr"))
    assert text.startswith(
        "D’une publication des données au 31 octobre 2026 à l’autre, les heures réalisées passent de 10 à 12"
    )
