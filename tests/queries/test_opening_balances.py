"""The hours done before the release begins, of the whole and of single clients: a client's is a part, and never added to the whole."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from data.codes import Role
from data.settings import Settings
from data.settings_opening import OpeningBalance
from queries import answers
from queries.engine import Database
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, milestone, milestones

LOTS = """
    contract_id | client_id | client_type
    M1          | C1        | commune
    M2          | C2        | hopital
    M3          | C3        | commune
"""
LINES = """
    entry_id | contract_id | month   | hours_validated
    E1       | M1          | 2020-03 | 10
    E2       | M2          | 2020-04 | 20
    E3       | M3          | 2021-05 | 40
"""


def balance(hours: int, client: str | None = None) -> OpeningBalance:
    return OpeningBalance(hours=Decimal(hours), as_of=dt.date(2019, 12, 31), origin="Bilans", client=client)


def with_parts() -> Settings:
    """1 000 h of the whole in two balances, 300 of them of C1 and 200 of C2: 500 are nobody's."""
    entries = (balance(900), balance(100), balance(300, "C1"), balance(200, "C2"))
    own = (milestone(5_000, "all"), milestone(400, "C1", client="C1"), milestone(400, "C3", client="C3"))
    return replace(milestones(*own), opening_balance=entries)


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES, settings=with_parts())


SCOPES = [
    # scope, balance, hours of the scope over all years
    (Scope(), 1_000, 10 + 20 + 40),
    (Scope(first_year=2021), 1_000, 10 + 20 + 40),
    (Scope(clients=("C1",)), 300, 10),
    (Scope(clients=("C1", "C2"), last_year=2020), 300 + 200, 10 + 20),
    (Scope(clients=("C3",)), 0, 40),
    (Scope(clients=()), 0, 0),
    # Nothing but its client is known of a balance.
    (Scope(clients=("C1",), client_types=("commune",)), 0, 10),
    (Scope(clients=("C1",), employer_kinds=("none",)), 0, 10),
    (Scope(client_types=("commune",)), 0, 10 + 40),
]


@pytest.mark.parametrize(("scope", "opening", "hours"), SCOPES)
def test_the_curve_starts_from_the_balances_of_its_clients(
    scope: Scope, opening: int, hours: int, database: Database
) -> None:
    assert answer(database, "hours_by_month", scope)[-1]["cumulative_hours"] == opening + hours
    steps = by("step", answer(database, "totals_reconciled", scope))
    assert (steps["opening_balance"], steps["cumulative"]) == (opening, opening + hours)


@pytest.mark.parametrize(("scope", "opening", "hours"), SCOPES)
def test_the_milestone_of_the_whole_has_the_balances_of_the_scope(
    scope: Scope, opening: int, hours: int, database: Database
) -> None:
    row = answer(database, "milestone_progress", scope)[-1]
    assert (row["milestone"], row["opening_hours"], row["hours_to_date"]) == ("all", opening, opening + hours)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), {"C1": 300, "C3": 0}),
        (Scope(clients=("C1",)), {"C1": 300, "C3": 0}),
        (Scope(clients=("C2",)), {"C1": 0, "C3": 0}),
        (Scope(client_types=("commune",)), {"C1": 0, "C3": 0}),
    ],
)
def test_the_milestone_of_a_client_has_its_own_balance(
    scope: Scope, expected: dict[str, int], database: Database
) -> None:
    rows = by("milestone", answer(database, "milestone_progress", scope), "opening_hours")
    assert {client: rows[client] for client in expected} == expected


def test_a_client_whose_balance_passed_its_target_crossed_it_before_the_release(opened: Opened) -> None:
    settings = replace(
        with_parts(), milestones=(milestone(300, "C1", client="C1"), milestone(310, "later", client="C1"))
    )
    rows = {row["milestone"]: row for row in answer(opened(LOTS, LINES, settings=settings), "milestone_progress")}
    assert (rows["C1"]["status"], rows["C1"]["crossed_month"]) == ("reached", None)
    assert rows["later"]["crossed_month"] == dt.date(2020, 3, 1)  # 300 + 10


@pytest.mark.parametrize(
    ("rights", "hours", "drawn"),
    [
        ({}, 1_000 + 10 + 20 + 40, [900, 100]),
        ({"clients": ("C1",)}, 300 + 10, [300]),
        ({"clients": ("C1",), "execution_communes": ("76540",)}, 0, []),
    ],
)
def test_readers_see_the_balances_of_their_clients(
    rights: dict[str, tuple[str, ...]], hours: int, drawn: list[int], database: Database
) -> None:
    access = Access(database=database, rights=Rights(role=Role.SERVICE, **rights))
    rows = answers.hours_by_month(access, Scope())
    assert rows[-1]["cumulative_hours"] == hours
    assert [entry.hours for entry in access.opening_balances(Scope())] == drawn
