"""Each total of the product, from the hours published to the curve: the sums written out."""

from decimal import Decimal

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, milestones

LOTS = """
    contract_id | client_id | counts_in_total
    M1          | CHU       | true
    M2          | MRN       | true
    M3          | MRN       | false
"""
LINES = """
    entry_id | contract_id | month   | hours_validated | status
    E1       | M1          | 2019-05 | 100             | validated
    E2       | M1          | 2020-05 | 40.50           | validated
    E3       | M2          | 2020-05 | 7               | validated
    E4       | M3          | 2020-06 | 30              | validated    # does not count
    E4       | M3          | 2020-06 | 500             | validated    # a duplicate
    E5       | M9          | 2020-06 | 700             | validated    # no such lot
    E5       | M9          | 2020-06 | 600             | validated    # neither the lot nor the number is new: one line, one weight
    E6       | M2          | 2020-07 |                 | declared     # pending: in no total
    E7       | M2          | 2020-07 | 0               | rejected
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES, settings=milestones(opening=1000))


def hours(database: Database, scope: Scope) -> list[float]:
    return [float(value) for value in by("step", answer(database, "totals_reconciled", scope)).values()]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        # published, left out, uncounted, other filters, other years = shown; other years, opening = curve
        (Scope(), [1977.5, 1800, 30, 0, 0, 147.5, 0, 1000, 1147.5]),
        (Scope(include_uncounted=True), [1977.5, 1800, 0, 0, 0, 177.5, 0, 1000, 1177.5]),
        (Scope(first_year=2020), [1977.5, 1800, 30, 0, 100, 47.5, 100, 1000, 1147.5]),
        (Scope(clients=("CHU",)), [1977.5, 1800, 30, 7, 0, 140.5, 0, 0, 140.5]),
        (Scope(clients=("CHU",), last_year=2019), [1977.5, 1800, 30, 7, 40.5, 100, 40.5, 0, 140.5]),
        (Scope(clients=()), [1977.5, 1800, 30, 147.5, 0, 0, 0, 0, 0]),
    ],
)
def test_every_step_has_its_hours(scope: Scope, expected: list[float], database: Database) -> None:
    assert hours(database, scope) == expected
    published, left_out, uncounted, filters, years, shown, again, opening, curve = expected
    assert published - left_out - uncounted - filters - years == shown
    assert shown + again + opening == curve


def test_the_total_of_the_pages_is_the_headline(database: Database) -> None:
    for scope in (Scope(), Scope(clients=("MRN",)), Scope(last_year=2019)):
        (total,) = answer(database, "totals", scope)
        assert by("step", answer(database, "totals_reconciled", scope))["shown"] == total["hours_validated"]


def test_the_curve_ends_at_the_hours_and_the_opening_balance(database: Database) -> None:
    assert by("step", answer(database, "totals_reconciled"))["cumulative"] == 1000 + 100 + Decimal("40.5") + 7
