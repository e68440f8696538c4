"""A range of months: what adds up follows it, to the hundredth; what is known by whole years refuses it."""

import datetime as dt

import pytest

from queries.engine import Database
from queries.errors import QueryError
from queries.questions import question, questions
from queries.scope import Reading, Scope
from queries.whole_years import follows_months
from tests.queries.asking import Opened, answer, by, milestone, milestones, only

LOTS = """
    contract_id | client_id | client_name | clause_category | hours_committed
    M1          | C1        | Un          | execution       | 1000
    M2          | C2        | Deux        | insertion       | 1000
"""
LINES = """
    contract_id | month   | hours_validated | hours_declared | status    | participant_id | work_contract_id
    M1          | 2024-11 | 5               | 5              | validated | P1             | W1
    M1          | 2025-02 | 10              | 10             | validated | P1             | W1
    M1          | 2025-11 | 20              | 20             | validated | P1             | W1
    M2          | 2025-12 | 40              | 40             | validated | P2             | W2
    M1          | 2026-01 | 80              | 80             | validated | P1             | W1
    M2          | 2026-02 |                 | 7              | declared  | P2             | W2
    M1          | 2026-04 | 160             | 160            | validated | P1             | W1
"""
# By whole years only: participants, notified contracts, structures, two releases side by side.
BY_YEARS = {
    "alerts_since", "changed_lots", "changes_by_year", "changes_since", "changes_total", "contracts_without_social_condition",
    "exits_by_clause", "exits_by_duration", "exits_by_employer_kind", "exits_by_entry_year", "exits_by_point",
    "highlights_since", "hours_by_lot_and_year", "hours_by_structure", "people_by_residence", "people_by_trait", "people_by_year",
    "social_condition", "social_share_by_client", "social_share_by_year", "spaser_indicators_by_year",
    "spaser_indicators_by_year_and_client",
}  # fmt: skip


def months(first: str, last: str) -> Scope:
    return Scope(first_month=dt.date.fromisoformat(f"{first}-01"), last_month=dt.date.fromisoformat(f"{last}-01"))


WINTER = months("2025-11", "2026-02")


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    settings = milestones(milestone(1000, id="whole"), milestone(100, id="year", year=2025))
    return opened(LOTS, LINES, settings=settings)


def test_each_question_follows_months_or_is_known_by_whole_years() -> None:
    assert {name for name, asked in questions().items() if not follows_months(asked)} == BY_YEARS


@pytest.mark.parametrize("name", sorted(BY_YEARS))
@pytest.mark.parametrize("reading", Reading)
def test_what_is_known_by_whole_years_is_refused_for_months(database: Database, name: str, reading: Reading) -> None:
    scope = Scope(first_month=WINTER.first_month, reading=reading)
    parameters = {parameter.name: "" for parameter in question(name).parameters}
    with pytest.raises(QueryError, match="n’est connue que par années entières"):
        database.ask(name, scope, **parameters)
    with (
        pytest.raises(QueryError, match="n’est connue que par années entières"),
        database.stream(name, scope, **parameters),
    ):
        pass


def test_hours_are_those_of_the_months(database: Database) -> None:
    figures = only(database, "totals", WINTER)
    assert (figures["hours_validated"], figures["hours_pending"]) == (20 + 40 + 80, 7)
    assert by("client_id", answer(database, "hours_by_client", WINTER)) == {"C1": 20 + 80, "C2": 40}
    assert by("month", answer(database, "hours_by_month", WINTER)) == {
        dt.date(2025, 11, 1): 20, dt.date(2025, 12, 1): 40, dt.date(2026, 1, 1): 80, dt.date(2026, 2, 1): 0,
    }  # fmt: skip


def test_the_whole_is_the_sum_of_the_months(database: Database) -> None:
    def hours(scope: Scope) -> int:
        return int(only(database, "totals", scope)["hours_validated"])

    assert hours(months("2025-01", "2025-12")) == hours(Scope(first_year=2025, last_year=2025)) == 10 + 20 + 40
    assert hours(months("2024-01", "2025-11")) + hours(Scope(first_month=dt.date(2025, 12, 1))) == hours(Scope())


def test_the_running_total_begins_before_the_months(database: Database) -> None:
    rows = answer(database, "hours_by_month", WINTER)
    assert [row["cumulative_hours"] for row in rows] == [35, 75, 155, 155]


def test_participants_are_never_counted_by_months(database: Database) -> None:
    for reading in Reading:
        figures = only(database, "headline", Scope(first_month=WINTER.first_month, reading=reading))
        assert figures["hours_validated"] == 20 + 40 + 80 + 160
        assert figures["participants"] is figures["work_contracts"] is figures["hours_per_participant"] is None


def test_a_year_that_months_cut_is_not_complete_nor_compared_whole(database: Database) -> None:
    """2025 from November on: 60 h, of which November is in 2024 too; 2026 to February: January and February of 2025 are there."""
    rows = {row["year"]: row for row in answer(database, "hours_by_year", WINTER)}
    assert {year: row["hours_validated"] for year, row in rows.items()} == {2025: 60, 2026: 80}
    assert not any(row["complete"] for row in rows.values())
    assert rows[2025]["change_ratio"] is rows[2026]["change_ratio"] is None
    assert (rows[2025]["compared_months"], rows[2025]["same_months_hours"], rows[2025]["same_months_hours_before"]) == (
        2,
        60,
        5,
    )
    assert (rows[2026]["same_months_hours"], rows[2026]["same_months_hours_before"]) == (80, 10)
    assert rows[2025]["objective_hours"] is None
    whole = {row["year"]: row for row in answer(database, "hours_by_year", months("2025-01", "2025-12"))}
    assert (whole[2025]["hours_validated"], whole[2025]["objective_hours"], whole[2025]["complete"]) == (70, 100, True)


def test_quarters_that_months_cut_are_left_out(database: Database) -> None:
    quarters = answer(database, "hours_by_period", months("2025-09", "2026-05"), period="quarter")
    assert [(row["first_month"], row["hours_validated"]) for row in quarters] == [
        (dt.date(2025, 10, 1), 60), (dt.date(2026, 1, 1), 80)
    ]  # fmt: skip


def test_milestones_are_of_all_time(database: Database) -> None:
    assert answer(database, "milestone_progress", WINTER) == answer(database, "milestone_progress")


def test_what_differs_is_told_to_the_hundredth(database: Database) -> None:
    steps = by("step", answer(database, "totals_reconciled", WINTER))
    assert (steps["published"], steps["other_years"], steps["shown"]) == (315, 315 - 140, 140)
    assert steps["cumulative"] == 315


def test_the_choices_of_the_form_have_the_hours_of_the_months(database: Database) -> None:
    rows = [row for row in answer(database, "filter_choices", WINTER) if row["field"] == "clients"]
    assert by("value", rows, "hours") == {"C1": 100, "C2": 47}


def test_the_detail_has_the_lines_of_the_months(database: Database) -> None:
    assert only(database, "detail_counts", WINTER)["hours_lines"] == 4
