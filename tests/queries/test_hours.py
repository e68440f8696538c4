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
    return opened(LOTS, LINES, as_of=dt.date(2020, 5, 31))


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
    assert years[2024]["change_ratio"] is None  # 2023 begins in June
    assert years[2025]["change_ratio"] is None  # 2024 has no hours
    assert years[2026]["change_ratio"] is None  # a running year


def test_a_year_is_compared_over_its_complete_months_that_the_year_before_has_too(series: Database) -> None:
    years = {row["year"]: row for row in answer(series, "hours_by_year")}
    compared = {
        year: (row["compared_months"], row["same_months_hours"], row["same_months_hours_before"])
        for year, row in years.items()
    }
    assert compared == {
        2023: (0, None, None),
        2024: (7, 0, 100),  # June to December
        2025: (12, 120, 0),
        2026: (8, 20, 30),  # January to August: the 100 h of October are provisional, as are the 50 h a year before
    }
    assert {year: row["same_months_change_ratio"] for year, row in years.items()} == {
        2023: None,
        2024: (0 - 100) / 100,
        2025: None,
        2026: (20 - 30) / 30,
    }


def test_changes_know_the_years_that_are_not_shown(series: Database) -> None:
    (year,) = answer(series, "hours_by_year", Scope(first_year=2026, last_year=2026))
    assert year["same_months_change_ratio"] == (20 - 30) / 30


STEADY_LOT = "contract_id | starts_on  | ends_on\nM1 | 2025-01-01 | 2027-12-31"
# A hundred hours a month from January 2025 to August 2026, then two months that wait for their validation.
STEADY = "month | hours_validated | hours_declared | status\n" + "\n".join(
    f"{year}-{number:02d} | " + (" | 100 | declared" if (year, number) > (2026, 8) else "100 | 100 | validated")
    for year in (2025, 2026)
    for number in range(1, 13)
    if (year, number) <= (2026, 10)
)


@pytest.mark.parametrize("as_of", ["2026-10-31", "2026-11-01", "2026-11-29"])
def test_hours_to_be_validated_are_no_fall(opened: Opened, as_of: str) -> None:
    """Eight complete months of 100 h against eight of 100 h: steady, whatever the day on which the data are taken."""
    *_, year = answer(opened(STEADY_LOT, STEADY, as_of=dt.date.fromisoformat(as_of)), "hours_by_year")
    assert (year["hours_validated"], year["hours_pending"]) == (800, 200)
    assert (year["compared_months"], year["same_months_hours"], year["same_months_hours_before"]) == (8, 800, 800)
    assert (year["same_months_change_ratio"], year["change_ratio"]) == (0, None)


def test_two_complete_years_are_compared_whole(opened: Opened) -> None:
    """From 28 February 2027 on the December of 2026 is complete: 800 h after 1 200 h."""
    for as_of, change in (("2027-02-27", None), ("2027-02-28", (800 - 1200) / 1200)):
        rows = answer(opened(STEADY_LOT, STEADY, as_of=dt.date.fromisoformat(as_of)), "hours_by_year")
        assert by("year", rows, "change_ratio") == {2025: None, 2026: change, 2027: None}


SHORT = "month | hours_validated\n" + "\n".join(
    f"{month} | 100" for month in ("2024-07", "2024-08", "2024-11", "2024-12", "2025-01", "2025-06")
)


def test_the_series_goes_to_the_data_date_whatever_the_last_line(opened: Opened) -> None:
    database = opened("contract_id\nM1", SHORT)
    months = answer(database, "hours_by_month")
    assert (months[-1]["month"], months[-1]["hours_validated"], months[-1]["cumulative_hours"]) == (
        month("2026-10"),
        0,
        6 * 100,
    )
    assert len(months) == 6 + 12 + 10
    assert by("year", answer(database, "hours_by_year")) == {2024: 400, 2025: 200, 2026: 0}
    assert by("year", answer(database, "hours_by_year"), "compared_months") == {2024: 0, 2025: 6, 2026: 8}
    assert by("year", answer(database, "hours_by_clause_and_year"))[2026] == 0


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
    ("as_of", "first"),
    [
        ("2026-10-30", "2026-08"),  # August ended on the 31st: two months later is the 31 October
        ("2026-10-31", "2026-09"),
        ("2026-11-01", "2026-09"),
        ("2026-11-29", "2026-09"),
        ("2026-11-30", "2026-10"),
    ],
)
def test_a_month_is_provisional_until_the_lag_has_passed_since_its_end(opened: Opened, as_of: str, first: str) -> None:
    rows = answer(opened(SERIES_LOTS, SERIES, as_of=dt.date.fromisoformat(as_of)), "hours_by_month")
    assert {row["month"]: row["provisional"] for row in rows if row["month"] >= month("2026-07")} == {
        row["month"]: row["month"] >= month(first) for row in rows if row["month"] >= month("2026-07")
    }


@pytest.mark.parametrize(("as_of", "provisional"), [("2026-10-31", []), ("2026-10-30", ["2026-10"])])
def test_without_a_lag_only_a_month_that_is_not_over_is_provisional(
    opened: Opened, as_of: str, provisional: list[str]
) -> None:
    settings = replace(SETTINGS, counting=replace(SETTINGS.counting, declaration_lag_months=0))
    database = opened(SERIES_LOTS, SERIES, settings=settings, as_of=dt.date.fromisoformat(as_of))
    rows = answer(database, "hours_by_month")
    assert [f"{row['month']:%Y-%m}" for row in rows if row["provisional"]] == provisional


def test_one_line_is_enough(opened: Opened) -> None:
    database = opened("contract_id\nM1", "month | hours_validated\n2021-12 | 0.25", as_of=dt.date(2021, 12, 31))
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
