"""Milestones: what is reached, in which month, and what can be said of the next one. Data date: 31 October 2026."""

from decimal import Decimal

import pytest

from data.codes import ClauseCategory
from data.settings import Milestone
from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, Row, answer, milestone, milestones, month

LOTS = """
    contract_id | client_id | clause_category | notified_on | hours_committed | status
    M1          | C1        | execution       | 2024-01-20  | 600             | running
    M2          | C2        | insertion       | 2025-03-02  | 400             | closed
    M3          | C2        | insertion       |             |                 | running   # not rated: unknown obligation
    M4          | C2        | execution       | 2025-06-01  | 5000            | planned   # not rated: not begun
    M5          | C2        | means           | 2025-06-01  | 5000            | running   # not counted
"""
LINES = """
    contract_id | month   | hours_validated | hours_declared | status
    M1          | 2024-11 | 40              | 40             | validated
    M1          | 2024-12 | 59.99           | 59.99          | validated
    M2          | 2025-01 | 0.01            | 0.01           | validated
    M2          | 2025-02 | 50              | 50             | validated
    M2          | 2025-03 | -60             | -60            | corrected
    M3          | 2026-09 | 20              | 20             | validated
    M3          | 2026-10 |                 | 500            | declared    # pending is never in a milestone
    M5          | 2025-06 | 700             | 700            | validated   # not counted
"""
TOTAL = 40 + Decimal("59.99") + Decimal("0.01") + 50 - 60 + 20


def progress(opened: Opened, *entries: Milestone, opening: int = 0, scope: Scope | None = None) -> dict[str, Row]:
    database = opened(LOTS, LINES, settings=milestones(*entries, opening=opening))
    return {row["milestone"]: row for row in answer(database, "milestone_progress", scope or Scope())}


def test_the_crossing_month_is_the_first_where_the_running_total_reaches_the_target(opened: Opened) -> None:
    rows = progress(opened, milestone(99, "99"), milestone(100, "100"), milestone(150, "150"), milestone(151, "151"))
    assert rows["99"]["crossed_month"] == month("2024-12")  # 40 + 59.99
    assert rows["100"]["crossed_month"] == month("2025-01")  # 40 + 59.99 + 0.01, to the hundredth
    assert rows["150"]["crossed_month"] == month("2025-02")
    assert rows["151"]["crossed_month"] is None
    assert {row["hours_to_date"] for row in rows.values()} == {TOTAL}


def test_a_milestone_that_corrections_took_back_keeps_its_month_and_is_not_reached(opened: Opened) -> None:
    row = progress(opened, milestone(150))["jalon"]
    assert row["crossed_month"] == month("2025-02")
    assert row["gap_hours"] == TOTAL - 150
    assert row["status"] != "reached"


def test_share_and_gap(opened: Opened) -> None:
    row = progress(opened, milestone(440))["jalon"]
    assert row["share_ratio"] == 110 / 440
    assert row["gap_hours"] == 110 - 440
    assert progress(opened, milestone(100))["jalon"]["gap_hours"] == 110 - 100


def test_the_share_is_not_clipped(opened: Opened) -> None:
    row = progress(opened, milestone(50))["jalon"]
    assert (row["share_ratio"], row["status"]) == (2.2, "reached")


def test_the_opening_balance_brings_the_crossing_forward(opened: Opened) -> None:
    row = progress(opened, milestone(1_000), opening=960)["jalon"]
    assert row["crossed_month"] == month("2024-11")  # 960 + 40
    assert (row["hours_to_date"], row["opening_hours"]) == (960 + TOTAL, 960)


def test_a_milestone_crossed_before_the_release_begins_has_no_month(opened: Opened) -> None:
    for target in (959, 960):
        row = progress(opened, milestone(target), opening=960)["jalon"]
        assert (row["crossed_month"], row["status"]) == (None, "reached")


@pytest.mark.parametrize(
    ("scope", "opening"),
    [
        (Scope(first_year=2026), 960),  # years cut what is shown, not where the running total starts
        (Scope(clients=("C1", "C2")), 0),
        (Scope(employer_kinds=("none",)), 0),
    ],
)
def test_the_opening_balance_needs_a_scope_without_filters_but_years(
    opened: Opened, scope: Scope, opening: int
) -> None:
    row = progress(opened, milestone(1_000), opening=960, scope=scope)["jalon"]
    assert (row["hours_to_date"], row["opening_hours"]) == (opening + TOTAL, opening)


def test_milestones_of_a_client_a_clause_or_a_year_have_their_own_hours(opened: Opened) -> None:
    rows = progress(
        opened,
        milestone(40, "client", client="C1"),
        milestone(30, "clause", clause_category=ClauseCategory.INSERTION),
        milestone(60, "both", client="C2", clause_category=ClauseCategory.EXECUTION),
        milestone(50, "2025", year=2025),
        milestone(50, "2023", year=2023),
        opening=960,
    )
    assert {name: row["hours_to_date"] for name, row in rows.items()} == {
        "client": Decimal("99.99"),
        "clause": Decimal("0.01") + 50 - 60 + 20,
        "both": 0,
        "2025": Decimal("0.01") + 50 - 60,
        "2023": 0,
    }
    assert {row["opening_hours"] for row in rows.values()} == {0}  # known for the whole authority only
    assert rows["client"]["crossed_month"] == month("2024-11")
    assert rows["2025"]["crossed_month"] == month("2025-02")
    assert rows["both"]["crossed_month"] is None


def test_a_scope_narrows_a_milestone(opened: Opened) -> None:
    rows = progress(opened, milestone(100), milestone(40, "C1", client="C1"), scope=Scope(clients=("C2",)))
    assert (rows["jalon"]["hours_to_date"], rows["C1"]["hours_to_date"]) == (Decimal("10.01"), 0)


def test_committed_hours_are_a_measure_of_their_own(opened: Opened) -> None:
    rows = progress(
        opened,
        milestone(600, "600", measure="committed"),
        milestone(1000, "1000", measure="committed"),
        milestone(400, "2025", measure="committed", year=2025),
        milestone(400, "C2", measure="committed", client="C2"),
        opening=960,
    )
    assert {name: row["hours_to_date"] for name, row in rows.items()} == {
        "600": 600 + 400,  # rated lots only, as in the completion
        "1000": 600 + 400,
        "2025": 400,
        "C2": 400,
    }
    assert {row["opening_hours"] for row in rows.values()} == {0}  # a balance of hours done
    # Notified in January, before the first month of the release: counted from that one.
    assert rows["600"]["crossed_month"] == month("2024-11")
    assert rows["1000"]["crossed_month"] == month("2025-03")


def test_an_empty_scope_has_every_milestone_at_zero(opened: Opened) -> None:
    rows = progress(opened, milestone(100), milestone(5, "engagées", measure="committed"), scope=Scope(clients=()))
    for row in rows.values():
        assert (row["hours_to_date"], row["share_ratio"], row["crossed_month"]) == (0, 0, None)
        assert row["status"] == "not_projectable"


def test_milestones_come_by_target(opened: Opened) -> None:
    rows = progress(opened, milestone(300, "b"), milestone(300, "a"), milestone(200, "c"))
    assert list(rows) == ["c", "a", "b"]


def test_the_millionth_hour_in_the_first_half_of_2015(opened: Opened) -> None:
    """The story of domain.md: an opening balance for 1997–2002, a millionth hour about 2015."""
    lines = "month | hours_validated\n2003-01 | 900000\n2015-02 | 41599.99\n2015-03 | 0.01\n2026-10 | 800000"
    database: Database = opened(
        "contract_id\nM1", lines, settings=milestones(milestone(1_000_000), milestone(2_000_000, "2"), opening=58_400)
    )
    first, second = answer(database, "milestone_progress")
    assert first["crossed_month"] == month("2015-03")
    assert second["hours_to_date"] == 58_400 + 900_000 + 41_600 + 800_000
    assert second["gap_hours"] == -200_000
