"""Amounts by company: what is hidden, and what is hidden with it so that no total tells."""

from decimal import Decimal
from random import Random

import pytest

from queries.secrecy.companies import HIDDEN, Place, shown_amounts

LEVELS = [(0, 1), (0,), (1,), ()]
SHARE = Decimal("0.85")


def shown(cells: dict[Place, dict[str, int]], levels: list[tuple[int, ...]] = LEVELS) -> dict[Place, Decimal | object]:
    amounts = {place: {name: Decimal(n) for name, n in found.items()} for place, found in cells.items()}
    return dict(shown_amounts(amounts, levels, units=3, share=SHARE))


@pytest.mark.parametrize(
    ("companies", "known"),
    [
        ({"A": 10, "B": 10, "C": 10}, True),
        ({"A": 10, "B": 10}, False),  # two
        ({"A": 10, "B": 10, "C": 0}, False),  # the third has none
        ({"A": 85, "B": 10, "C": 5}, True),  # just the share
        ({"A": 86, "B": 10, "C": 5}, False),
        ({"A": 10, "B": 10, "": 10}, False),  # the third is unknown
        ({"A": 0}, True),  # nothing is nobody's
        ({"A": 1, "B": 1, "C": 1, "": 90}, False),  # the unknown one may be one company
    ],
)
def test_a_cell_alone(companies: dict[str, int], known: bool) -> None:
    found = shown({("x",): companies}, [(0,), ()])
    assert (found["x",] is not HIDDEN) == (found["",] is not HIDDEN) == known


def test_a_lone_hidden_cell_takes_the_smallest_other_one_along() -> None:
    good = {"A": 100, "B": 100, "C": 100}
    found = shown({("x",): good, ("y",): {"A": 5}, ("z",): {"A": 20, "B": 20, "C": 20}}, [(0,), ()])
    assert found == {("x",): 300, ("y",): HIDDEN, ("z",): HIDDEN, ("",): 365}


def test_two_hidden_cells_of_one_company_are_not_enough() -> None:
    good = {"B": 100, "C": 100, "D": 100}
    found = shown({("x",): good, ("y",): {"A": 5}, ("z",): {"A": 7}, ("w",): {"B": 400, "C": 400, "D": 1}}, [(0,), ()])
    # Together they are A's 12: one more goes.
    assert found == {("x",): HIDDEN, ("y",): HIDDEN, ("z",): HIDDEN, ("w",): 801, ("",): 1113}


@pytest.mark.parametrize("seed", range(20))
def test_no_total_tells_a_hidden_cell(seed: int) -> None:
    die = Random(seed)
    cells: dict[Place, dict[str, int]] = {
        (row, column): {die.choice("ABCDEFGH"): die.randrange(0, 50) for _ in range(die.randint(1, 6))}
        for row in "123"
        for column in "xyz"
    }
    found = shown(cells)
    lines = [[(row, ""), *((row, column) for column in "xyz")] for row in ("1", "2", "3", "")]
    lines += [[("", column), *((row, column) for row in "123")] for column in ("x", "y", "z", "")]
    for line in lines:
        hidden = [place for place in line if found[place] is HIDDEN]
        assert len(hidden) != 1, (seed, line)
    for place, companies in cells.items():
        total = sum(companies.values())
        if total and (sum(amount > 0 for amount in companies.values()) < 3 or max(companies.values()) > 0.85 * total):
            assert found[place] is HIDDEN
