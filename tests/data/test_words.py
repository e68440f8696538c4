"""Numbers, dates and small words as each language writes them."""

import datetime as dt
from decimal import Decimal

import pytest

from data.words import Words, sorting_name

FRENCH, ENGLISH = Words("fr"), Words("en")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0, "0", "0"),
        (7.4, "7", "7"),
        (847, "847", "847"),
        (4_515, "4\u202f520", "4,520"),  # three figures, halves up
        (51_460, "51\u202f500", "51,500"),
        (-51_460, "\u221251\u202f500", "\u221251,500"),
        (999_600, "1\u202f000\u202f000", "1,000,000"),
        (Decimal(1_000_000), "1 million", "1 million"),
        (1_500_000, "1,5 million", "1.5 million"),
        (2_150_000, "2,2 millions", "2.2 million"),
    ],
)
def test_narrow_places_have_three_figures_and_no_letter_for_thousands(value: float, french: str, english: str) -> None:
    assert (FRENCH.short(value), ENGLISH.short(value)) == (french, english)


def test_millions_of_hours_read_as_words() -> None:
    assert FRENCH.short_hours(2_000_000) == "2 millions d’heures"
    assert FRENCH.short_hours(51_460) == "51\u202f500\u00a0h"


def test_an_exact_half_is_rounded_away_whatever_its_binary_fraction() -> None:
    # 1 - 1.0775 is -7.75 %: as a binary fraction it falls short of the half.
    assert 1 - 1.0775 > -0.0775
    assert FRENCH.percent(1 - 1.0775) == "\u22127,8\u00a0%"
    assert FRENCH.percent(0.0775) == "7,8\u00a0%"


def test_the_first_of_a_month_has_its_exponent() -> None:
    assert FRENCH.date(dt.date(2019, 4, 1)) == "1ᵉʳ avril 2019"
    assert ENGLISH.date(dt.date(2019, 4, 1)) == "1 April 2019"


@pytest.mark.parametrize(
    ("month", "text"),
    [("avril 2023", "d’avril 2023 à août"), ("oct. 2023", "d’oct. 2023 à août"), ("mars 2023", "de mars 2023 à août")],
)
def test_de_is_elided_before_a_vowel(month: str, text: str) -> None:
    assert FRENCH.say("de {first} à {last}", first=month, last="août") == text


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ("0", "0\u00a0h réalisée"), ("1", "1\u00a0h réalisée"), ("1.5", "1,5\u00a0h réalisée"), ("-1", "\u22121\u00a0h réalisée"),
        ("2", "2\u00a0h réalisées"), ("11", "11\u00a0h réalisées"), ("1000", "1\u202f000\u00a0h réalisées"),
    ],
)  # fmt: skip
def test_hours_below_two_are_singular(hours: str, text: str) -> None:
    digits = 1 if "." in hours else 0
    assert FRENCH.say("{hours} réalisées", hours=FRENCH.hours(Decimal(hours), digits)) == text


def test_only_the_participle_of_the_hours_is_singular() -> None:
    one = FRENCH.hours(1)
    assert (
        FRENCH.say("{hours} encore dues par les sociétés retenues", hours=one)
        == "1\u00a0h encore due par les sociétés retenues"
    )
    assert FRENCH.say("Sur les heures {hours} réalisées", hours=one) == "Sur les heures 1\u00a0h réalisées"


def test_names_are_sorted_on_the_town() -> None:
    names = ["Ville d’Elbeuf", "Ville de Canteleu", "Habitat 76", "Commune du Trait", "CHU", "Ville de La Londe"]
    assert sorted(names, key=sorting_name) == [
        "Ville de Canteleu", "CHU", "Ville d’Elbeuf", "Habitat 76", "Ville de La Londe", "Commune du Trait",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ([2025], "2025"),
        ([2024, 2025], "2024 et 2025"),
        ([2023, 2024, 2025], "2023 à 2025"),
        ([2003, 2006, 2007, 2008, 2010, 2011], "2003, 2006 à 2008, 2010 et 2011"),
    ],
)
def test_years_in_a_row_are_a_range(years: list[int], text: str) -> None:
    assert FRENCH.listed_years(years) == text
