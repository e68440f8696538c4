"""Numbers as readers see them: a half is rounded up, wherever it is written."""

import pytest

from data.words import Words


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),  # to even it would be 2
        ("1230.5", 0, "1\u202f231"),
        ("-2.5", 0, "\u22123"),  # away from 0, as spreadsheets do
        ("-0.4", 0, "0"),
        ("0.25", 1, "0,3"),
        ("0.35", 1, "0,4"),
        ("10.125", 2, "10,13"),
    ],
)
def test_a_half_is_rounded_up(value: str, digits: int, written: str) -> None:
    assert Words("fr").number(float(value), digits) == written


def test_a_half_percent_is_rounded_up() -> None:
    assert Words("fr").percent(0.5625) == "56,3\u00a0%"
    assert Words("fr").percent(0.0625, 0) == "6\u00a0%"
