"""Dates to come in words: an interval, a first month only, or why there is none."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.parts.projection import how_reliable, projection, still_owed, why_this_interval, with_more_hours

FRENCH, ENGLISH = Words("fr"), Words("en")


def row(first: tuple[int, int] | None, last: tuple[int, int] | None, **more: Any) -> Any:
    """The columns of an answer that the words need."""
    earliest = dt.date(*first, 1) if first else None
    return {
        "projected_earliest": earliest, "projected_month": earliest, "projected_latest": dt.date(*last, 1) if last else None,
        "not_before": None if last else earliest, "status": "projected", "obstacle": None, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "french", "english"),
    [
        (row((2027, 3), (2028, 5)), "entre mars 2027 et mai 2028", "between March 2027 and May 2028"),
        (row((2028, 2), (2028, 10)), "entre février et octobre 2028", "between February and October 2028"),
        (row((2027, 3), (2027, 4)), "en mars ou avril 2027", "in March or April 2027"),
        (row((2026, 12), (2027, 1)), "en décembre 2026 ou janvier 2027", "in December 2026 or January 2027"),
        (
            row((2026, 12), (2026, 12)),
            "en décembre 2026 ou janvier 2027",
            "in December 2026 or January 2027",
        ),  # never one month
    ],
)
def test_a_date_is_an_interval_that_says_what_it_promises(given: Any, french: str, english: str) -> None:
    assert projection(given, FRENCH) == f"{french} (8 chances sur 10\u202f; estimation)"
    assert projection(given, ENGLISH) == f"{english} (8 chances in 10; an estimate)"


def test_without_a_last_month_there_is_a_first_one() -> None:
    given = row((2027, 10), None)
    assert projection(given, FRENCH) == "pas avant octobre 2027 (9 chances sur 10\u202f; estimation)"
    assert projection(given, ENGLISH) == "not before October 2027 (9 chances in 10; an estimate)"


def test_without_a_date_the_word_is_the_status() -> None:
    none = row(None, None)
    assert projection(none | {"status": "too_early"}, FRENCH) == "trop tôt pour dire"
    assert projection(none | {"status": "not_projectable"}, FRENCH) == "non projetable"


def test_the_interval_is_explained_by_the_pace_and_its_changes() -> None:
    lines = why_this_interval(row((2028, 2), (2028, 10), pace_per_month=Decimal("6245.31"), spread_ratio=0.149), FRENCH)
    assert lines[0] == (
        "Les douze derniers mois complets donnent 6\u202f245\u00a0h par mois."
        " D’une année à l’autre, le total varie d’ordinaire de ±15\u00a0%."
    )


def test_what_is_signed_is_said_beside_what_is_missing() -> None:
    given = row((2028, 2), (2028, 10), gap_hours=Decimal(-125_140), still_owed_hours=Decimal(70_880))
    assert still_owed(given, 0.96, FRENCH) == (
        "Il reste 125\u202f140\u00a0h à faire\u202f; les marchés en cours en doivent encore 70\u202f880\u00a0h\u202f;"
        " les lots soldés ont réalisé 96\u00a0% de leurs heures engagées."
    )
    more = given | {"still_owed_hours": Decimal(200_000)}
    assert (
        still_owed(more, None, FRENCH)
        == "Les marchés en cours doivent encore 200\u202f000\u00a0h, plus qu’il n’en manque."
    )
    assert still_owed(given | {"status": "reached"}, 0.96, FRENCH) == ""
    assert still_owed(given | {"still_owed_hours": Decimal(0)}, 0.96, FRENCH) == ""


def test_more_hours_have_a_date_of_their_own() -> None:
    assert with_more_hours(row((2027, 3), (2028, 5)), 500, FRENCH) == (
        "Avec 500\u00a0h de plus par mois, il serait atteint entre mars 2027 et mai 2028 (8 chances sur 10\u202f; estimation)."
    )
    assert with_more_hours(row(None, None) | {"status": "not_projectable"}, 0, FRENCH).endswith(": non projetable.")


def test_past_dates_are_counted_where_there_are_enough() -> None:
    past: Any = {"known_dates": 19, "inside_dates": 15, "expected_dates": 15.2}
    assert how_reliable([past], FRENCH) == (
        "Sur 19 dates passées, une par an, l’intervalle contenait la bonne réponse 15 fois (attendu\u00a0: 15)."
    )
    for few in ([], [past | {"known_dates": 9}]):
        assert how_reliable(few, FRENCH).startswith("Trop peu de dates passées")
