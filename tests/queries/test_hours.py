"""Which hours count, in which month and year, and how they change from a year to the next."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import EVERYTHING, SETTINGS, Opened, answer, by, milestone, milestones, month, only

LOTS = """
    contract_id | lot_id | clause_category | counts_in_total
    M1          | 01     | execution       |
    M1          | 02     | insertion       | true
    M2          | 00     | means           |                    # not counted: an obligation of means, by default
    M3          | 00     | reserved_iae    | false              # not counted: the authority's convention
"""
LINES = """
    entry_id | contract_id | lot_id | month   | hours_declared | hours_validated | status
    E1       | M1          | 01     | 2019-12 | 120            | 120             | validated
    E2       | M1          | 01     | 2020-01 | 40             | 35.50           | validated   # the accepted hours, not the declared
    E3       | M1          | 02     | 2020-03 | 8.25           |                 | declared    # pending: shown apart
    E4       | M1          | 02     | 2020-03 | 60             | 0               | rejected    # counts for nothing
    E5       | M1          | 02     | 2020-03 | 70             | 70              | rejected    # counts for nothing, whatever it says
    E6       | M1          | 02     | 2020-04 | -10            | -10             | corrected   # a correction takes hours back
    E7       | M2          | 00     | 2020-04 | 500            | 500             | validated   # its lot is not counted
    E8       | M3          | 00     | 2020-04 | 700            |                 | declared    # its lot is not counted
    E1       | M1          | 02     | 2020-04 | 999            | 999             | validated   # a duplicate of the first E1
    E9       | M9          | 01     | 2020-04 | 888            | 888             | validated   # no such contract
    E10      | M1          | 03     | 2020-04 | 777            | 777             | validated   # no such lot in M1
    E11      | M1          | 01     | 2020-05 | 55             |                 | validated   # neither accepted nor pending
    E12      | M1          | 01     | 2020-05 | 16             | 15              | corrected
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_only_accepted_hours_of_counted_lots_are_summed(database: Database) -> None:
    figures = only(database, "headline")
    assert figures["hours_validated"] == 120 + Decimal("35.50") - 10 + 15
    assert figures["hours_pending"] == Decimal("8.25")


def test_uncounted_lots_come_in_when_asked_for(database: Database) -> None:
    figures = only(database, "headline", Scope(include_uncounted=True))
    assert figures["hours_validated"] == 120 + Decimal("35.50") - 10 + 15 + 500
    assert figures["hours_pending"] == Decimal("8.25") + 700


def test_a_month_that_corrections_make_negative_is_marked(database: Database) -> None:
    months = answer(database, "hours_by_month")
    assert [row["month"] for row in months if row["negative"]] == [month("2020-04")]
    assert by("month", months)[month("2020-04")] == -10
    # The 500 hours of the lot that does not count, asked for, outweigh the correction.
    assert by("month", answer(database, "hours_by_month", Scope(include_uncounted=True)), "negative") == {
        month(text): False for text in ("2019-12", "2020-01", "2020-02", "2020-03", "2020-04", "2020-05")
    }


def test_a_month_belongs_to_the_year_it_was_worked(database: Database) -> None:
    assert by("year", answer(database, "hours_by_year")) == {2019: 120, 2020: Decimal("35.50") - 10 + 15}
    december = answer(database, "hours_by_month", Scope(last_year=2019))
    assert by("month", december) == {month("2019-12"): 120}


def test_a_series_of_months_has_no_holes(database: Database) -> None:
    rows = answer(database, "hours_by_month")
    assert by("month", rows) == {
        month("2019-12"): 120,
        month("2020-01"): Decimal("35.50"),
        month("2020-02"): 0,  # nobody declared
        month("2020-03"): 0,  # pending and rejected only
        month("2020-04"): -10,  # a month may be negative
        month("2020-05"): 15,
    }
    assert by("month", rows, "hours_pending")[month("2020-03")] == Decimal("8.25")
    assert [row["cumulative_hours"] for row in rows] == [
        120,
        120 + Decimal("35.50"),
        120 + Decimal("35.50"),
        120 + Decimal("35.50"),
        120 + Decimal("35.50") - 10,
        120 + Decimal("35.50") - 10 + 15,
    ]


def test_years_cut_what_is_shown_not_where_the_running_total_starts(database: Database) -> None:
    rows = answer(database, "hours_by_month", Scope(first_year=2020))
    assert rows[0]["month"] == month("2020-01")
    assert rows[0]["cumulative_hours"] == 120 + Decimal("35.50")


def test_duplicates_and_orphans_are_left_out_and_said(database: Database) -> None:
    summary = only(database, "release_summary")
    assert (summary["hours_rows"], summary["rows_left_out"]) == (10, 3)
    assert summary["hours_validated"] == 120 + Decimal("35.50") - 10 + 15


SERIES_LOTS = """
    contract_id | client_id | notified_on
    M1          | C1        | 2003-01-15
    M2          | C2        | 2025-11-02
"""
SERIES = """
    contract_id | month   | hours_validated
    M1          | 2023-06 | 100
    M1          | 2025-01 | 30
    M1          | 2025-10 | 50               # the month that 2026 has just reached
    M1          | 2025-12 | 40               # a month that 2026 has not reached
    M1          | 2026-01 | 20
    M2          | 2026-10 | 100
"""


@pytest.fixture(scope="module")
def series(opened: Opened) -> Database:
    objectives = (
        milestone(400, "2025 a", year=2025),
        milestone(500, "2025 b", year=2025),
        milestone(9, "client", year=2025, client="C1"),
        milestone(7, "engagées", year=2025, measure="committed"),
    )
    return opened(SERIES_LOTS, SERIES, settings=milestones(*objectives, opening=1000))


def test_a_year_without_hours_is_zero_and_nothing_is_compared_with_it(series: Database) -> None:
    years = {row["year"]: row for row in answer(series, "hours_by_year")}
    assert {year: row["hours_validated"] for year, row in years.items()} == {
        2023: 100,
        2024: 0,
        2025: 30 + 50 + 40,
        2026: 20 + 100,
    }
    assert years[2023]["change_ratio"] is None  # no year before
    assert years[2024]["change_ratio"] == (0 - 100) / 100
    assert years[2025]["change_ratio"] is None  # 2024 has no hours
    assert years[2026]["change_ratio"] == (120 - 120) / 120


def test_the_last_year_is_compared_over_the_same_months(series: Database) -> None:
    years = {row["year"]: row for row in answer(series, "hours_by_year")}
    assert years[2026]["same_months_hours_before"] == 30 + 50
    assert years[2026]["same_months_change_ratio"] == (120 - 80) / 80
    assert years[2024]["same_months_hours_before"] == 100  # an ordinary year: all twelve
    assert years[2024]["same_months_change_ratio"] == -1


def test_changes_know_the_years_that_are_not_shown(series: Database) -> None:
    (year,) = answer(series, "hours_by_year", Scope(first_year=2026, last_year=2026))
    assert year["same_months_change_ratio"] == (120 - 80) / 80


def test_years_outside_the_release_are_not_invented(series: Database) -> None:
    assert answer(series, "hours_by_year", Scope(first_year=2027)) == []
    assert answer(series, "hours_by_month", Scope(last_year=2022)) == []
    assert [row["year"] for row in answer(series, "hours_by_year", Scope(first_year=1990, last_year=2024))] == [
        2023,
        2024,
    ]


def test_a_scope_without_a_row_is_a_series_of_zeros(series: Database) -> None:
    rows = answer(series, "hours_by_year", Scope(clients=()))
    assert [(row["year"], row["hours_validated"], row["change_ratio"]) for row in rows] == [
        (year, 0, None) for year in (2023, 2024, 2025, 2026)
    ]


def test_the_objective_of_a_year_is_the_highest_for_the_whole_authority(series: Database) -> None:
    objectives = by("year", answer(series, "hours_by_year"), "objective_hours")
    assert objectives == {2023: None, 2024: None, 2025: 500, 2026: None}
    assert by("year", answer(series, "hours_by_year"), "objective_ratio")[2025] == 120 / 500
    assert by("year", answer(series, "hours_by_year", Scope(first_year=2025)), "objective_hours")[2025] == 500
    # An objective of the authority says nothing about one client.
    assert by("year", answer(series, "hours_by_year", Scope(clients=("C1",))), "objective_hours")[2025] is None


def test_years_are_ranked_by_hours_with_ties(series: Database) -> None:
    assert by("year", answer(series, "hours_by_year"), "rank") == {2023: 3, 2024: 4, 2025: 1, 2026: 1}


def test_a_year_is_complete_with_twelve_months_none_of_them_provisional(series: Database) -> None:
    assert by("year", answer(series, "hours_by_year"), "complete") == {
        2023: False,  # begins in June
        2024: True,
        2025: True,
        2026: False,
    }


@pytest.mark.parametrize(
    ("scope", "opening"),
    [
        (EVERYTHING, 1000),
        (Scope(first_year=2025, last_year=2026), 1000),
        (Scope(clients=("C1", "C2")), 0),
        (Scope(client_types=("commune",)), 0),
        (Scope(clause_categories=("execution",)), 0),
        (Scope(execution_communes=("none",)), 0),
        (Scope(sectors=("none",)), 0),
        (Scope(employer_kinds=("none",)), 0),
        (Scope(programmes=("none",)), 0),
        (Scope(facilitators=("none",)), 0),
    ],
)
def test_the_opening_balance_enters_only_when_nothing_but_years_is_filtered(
    series: Database, scope: Scope, opening: int
) -> None:
    assert answer(series, "hours_by_month", scope)[-1]["cumulative_hours"] == opening + 100 + 120 + 120


def test_obligations_accumulate_from_their_notification_within_the_months_of_the_release(series: Database) -> None:
    committed = by("month", answer(series, "hours_by_month"), "cumulative_committed_hours")
    assert committed[month("2023-06")] == 1000 + 1000  # M1, notified twenty years before the first month
    assert committed[month("2025-10")] == 1000 + 1000
    assert committed[month("2025-11")] == 1000 + 1000 + 1000  # M2


@pytest.mark.parametrize(
    ("as_of", "provisional"),
    [("2026-10-31", ["2026-09", "2026-10"]), ("2026-11-01", ["2026-10"]), ("2027-01-15", [])],
)
def test_months_within_the_declaration_lag_are_provisional(opened: Opened, as_of: str, provisional: list[str]) -> None:
    database = opened(SERIES_LOTS, SERIES, as_of=dt.date.fromisoformat(as_of))
    rows = answer(database, "hours_by_month")
    assert [f"{row['month']:%Y-%m}" for row in rows if row["provisional"]] == provisional


def test_without_a_lag_no_month_is_provisional(opened: Opened) -> None:
    settings = replace(SETTINGS, counting=replace(SETTINGS.counting, declaration_lag_months=0))
    assert not any(
        row["provisional"] for row in answer(opened(SERIES_LOTS, SERIES, settings=settings), "hours_by_month")
    )


def test_one_line_is_enough(opened: Opened) -> None:
    database = opened("contract_id\nM1", "month | hours_validated\n2021-12 | 0.25")
    assert only(database, "hours_by_month")["cumulative_hours"] == Decimal("0.25")
    assert only(database, "hours_by_year")["year"] == 2021
    assert only(database, "headline")["hours_validated"] == Decimal("0.25")


def test_hours_by_clause_and_year_fill_the_years_without_hours(series: Database) -> None:
    rows = answer(series, "hours_by_clause_and_year")
    assert [(row["clause_category"], row["year"], row["hours_validated"]) for row in rows] == [
        ("execution", 2023, 100),
        ("execution", 2024, 0),
        ("execution", 2025, 120),
        ("execution", 2026, 120),
    ]


def test_hours_by_client_and_year_fill_the_years_without_hours(series: Database) -> None:
    rows = answer(series, "hours_by_client_and_year", Scope(first_year=2025))
    assert [(row["client_id"], row["year"], row["hours_validated"]) for row in rows] == [
        ("C1", 2025, 120),
        ("C1", 2026, 20),
        ("C2", 2025, 0),
        ("C2", 2026, 100),
    ]
