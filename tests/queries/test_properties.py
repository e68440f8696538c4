"""What must hold under any scope: totals are conserved, filters only take away, the running total ends at the total."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.settings_opening import balances_of
from queries.engine import Database
from queries.filters import FILTERS
from queries.open_release import open_release
from queries.scope import Scope
from tests.extracts import publish_rows
from tests.queries.asking import EVERYTHING, answer, filtered, only
from tests.queries.random_extracts import VALUES, random_extract

# Many scopes, each asked for every breakdown.
pytestmark = pytest.mark.slow

BREAKDOWNS = (
    "hours_by_month",
    "hours_by_year",
    "hours_by_clause",
    "hours_by_clause_and_year",
    "hours_by_client",
    "hours_by_client_and_year",
    "hours_by_client_type",
    "hours_by_commune",
    "hours_by_sector",
    "hours_by_employer_kind",
    "hours_by_work_contract_type",
    "lots",
)
FEW = settings(max_examples=5, derandomize=True, database=None)
COUNTS = ("hours_committed", "lots_excluded", "lots", "contracts", "clients", "contractors")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    extract = random_extract(seed=7)
    # No corrections, so that fewer lines are never more hours.
    for line in extract.hours:
        line["hours_declared"] = abs(line["hours_declared"])
        line["hours_validated"] = None if line["hours_validated"] is None else abs(line["hours_validated"])
    folder = tmp_path_factory.mktemp("properties")
    release = publish_rows(folder, extract.contracts, extract.hours, as_of=dt.date(2021, 8, 31))
    return open_release.__wrapped__(release, extract.settings)


def lists(name: str) -> st.SearchStrategy[tuple[str, ...] | None]:
    some = st.lists(st.sampled_from(VALUES[name]), unique=True, max_size=len(VALUES[name]))
    return st.none() | st.none() | some.map(tuple)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Any scope over the values of the random extracts."""
    years = sorted(draw(st.lists(st.integers(2018, 2022), min_size=2, max_size=2)))
    ends: dict[str, Any] = {
        "first_year": draw(st.none() | st.just(years[0])),
        "last_year": draw(st.none() | st.just(years[1])),
    }
    filters: dict[str, Any] = {name: draw(lists(name)) for name in FILTERS}
    return Scope(**ends, **filters, include_uncounted=draw(st.booleans()))


@st.composite
def month_scopes(draw: st.DrawFn) -> Scope:
    """The same over a range of months, open at an end or not."""
    months = sorted(draw(st.lists(st.integers(12 * 2018, 12 * 2022), min_size=2, max_size=2)))
    ends = [draw(st.none() | st.just(dt.date(number // 12, number % 12 + 1, 1))) for number in months]
    return replace(draw(scopes()).without_years(), first_month=ends[0], last_month=ends[1])


def total(database: Database, question: str, scope: Scope, measure: str = "hours_validated") -> Decimal:
    return sum((row[measure] for row in answer(database, question, scope)), Decimal(0))


@FEW
@given(scope=scopes() | month_scopes())
def test_every_breakdown_adds_up_to_the_headline(database: Database, scope: Scope) -> None:
    figures = only(database, "headline", scope)
    for question in BREAKDOWNS:
        assert total(database, question, scope) == figures["hours_validated"], question
        shares = [row["share_ratio"] for row in answer(database, question, scope) if row.get("share_ratio") is not None]
        assert not shares or sum(shares) == pytest.approx(1), question
    for question in ("hours_by_month", "hours_by_year", "hours_by_clause", "hours_by_client", "lots"):
        assert total(database, question, scope, "hours_pending") == figures["hours_pending"], question


@FEW
@given(scope=scopes() | month_scopes())
def test_obligations_add_up_whatever_they_are_broken_down_by(database: Database, scope: Scope) -> None:
    """Joining hours to lots never multiplies what was promised."""
    figures = only(database, "headline", scope)
    for question in ("hours_by_clause", "hours_by_client"):
        for measure in ("hours_committed", "lots", "lots_excluded"):
            assert total(database, question, scope, measure) == figures[measure], (question, measure)
    assert len(answer(database, "lots", scope)) == figures["lots"]


@FEW
@given(scope=scopes(), name=st.sampled_from(tuple(FILTERS)), data=st.data())
def test_a_filter_never_adds(database: Database, scope: Scope, name: str, data: st.DataObject) -> None:
    wide = getattr(scope, name) or VALUES[name]
    kept = tuple(data.draw(st.lists(st.sampled_from(wide), unique=True)))
    before = only(database, "headline", scope)
    after = only(database, "headline", filtered(scope, name, kept if getattr(scope, name) != () else ()))
    for column in ("hours_validated", "hours_pending", "participants", "work_contracts", *COUNTS):
        assert after[column] <= before[column], column


@FEW
@given(scope=scopes(), name=st.sampled_from(tuple(FILTERS)), data=st.data())
def test_disjoint_filters_add_up(database: Database, scope: Scope, name: str, data: st.DataObject) -> None:
    left = tuple(data.draw(st.lists(st.sampled_from(VALUES[name]), unique=True)))
    right = tuple(value for value in VALUES[name] if value not in left)
    parts = [only(database, "headline", filtered(scope, name, values)) for values in (left, right, left + right)]
    additive = ["hours_validated", "hours_pending"]
    if not FILTERS[name].of_line:  # which narrow lines, and not the obligations of lots
        additive += ["hours_committed", "lots", "lots_excluded"]
    for column in additive:
        assert parts[0][column] + parts[1][column] == parts[2][column], column


@FEW
@given(scope=scopes(), year=st.integers(2018, 2022))
def test_years_before_and_from_a_year_add_up(database: Database, scope: Scope, year: int) -> None:
    whole = replace(scope, first_year=None, last_year=None)
    before, since = replace(whole, last_year=year - 1), replace(whole, first_year=year)
    for column in ("hours_validated", "hours_pending"):
        parts = [only(database, "headline", part)[column] for part in (before, since, whole)]
        assert parts[0] + parts[1] == parts[2]


@FEW
@given(scope=scopes(), month=st.integers(12 * 2018, 12 * 2022))
def test_months_before_and_from_a_month_add_up(database: Database, scope: Scope, month: int) -> None:
    whole = scope.without_years()
    last, first = (dt.date(number // 12, number % 12 + 1, 1) for number in (month - 1, month))
    before, since = replace(whole, last_month=last), replace(whole, first_month=first)
    for column in ("hours_validated", "hours_pending"):
        parts = [only(database, "headline", part)[column] for part in (before, since, whole)]
        assert parts[0] + parts[1] == parts[2]


@FEW
@given(scope=scopes())
def test_the_running_total_ends_at_the_total_and_never_falls_but_by_corrections(
    database: Database, scope: Scope
) -> None:
    whole = replace(scope, first_year=None, last_year=None)
    balances = balances_of(database.settings.opening_balance, whole.clients) if whole.is_of_clients else ()
    opening = sum(balance.hours for balance in balances)
    rows = answer(database, "hours_by_month", whole)
    running = [row["cumulative_hours"] for row in rows]
    assert running[-1] == opening + only(database, "headline", whole)["hours_validated"]
    for before, row in zip([opening, *running], rows, strict=False):
        assert row["cumulative_hours"] == before + row["hours_validated"]
    # Years cut the same series.
    shown = {row["month"]: row for row in rows}
    assert all(row == shown[row["month"]] for row in answer(database, "hours_by_month", scope))


@FEW
@given(scope=scopes())
def test_milestones_tell_the_running_total(database: Database, scope: Scope) -> None:
    rows = answer(database, "hours_by_month", replace(scope, first_year=None, last_year=None))
    for row in answer(database, "milestone_progress", scope):
        if row["milestone"] in ("all", "more"):
            assert row["hours_to_date"] == rows[-1]["cumulative_hours"]
            reached = [month["month"] for month in rows if month["cumulative_hours"] >= row["target_hours"]]
            assert row["crossed_month"] == (
                reached[0] if reached and row["opening_hours"] < row["target_hours"] else None
            )


@FEW
@given(scope=scopes())
def test_a_choice_of_the_form_leads_to_the_hours_it_promises(database: Database, scope: Scope) -> None:
    choices = answer(database, "filter_choices", scope)
    for choice in choices[:4]:
        figures = only(database, "headline", filtered(scope, choice["field"], (choice["value"],)))
        assert figures["hours_validated"] + figures["hours_pending"] == choice["hours"]


def test_a_filter_with_every_value_is_no_filter(database: Database) -> None:
    whole = only(database, "headline", EVERYTHING)
    for name in FILTERS:
        figures = only(database, "headline", filtered(EVERYTHING, name, VALUES[name]))
        # A filter on lines leaves out the lots without any.
        same = ("hours_validated", "hours_pending") if FILTERS[name].of_line else whole
        assert {column: figures[column] for column in same} == {column: whole[column] for column in same}, name
