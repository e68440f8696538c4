"""Persons, work contracts, full-time equivalents, companies and active clients."""

from dataclasses import replace
from decimal import Decimal

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import SETTINGS, Opened, only

LOTS = """
    contract_id | client_id | contractor_name | contractor_siret | status  | counts_in_total
    M1          | C1        | Aulnes          | 73282932000074   | running |
    M2          | C2        | Bouleaux        |                  | running |
    M3          | C2        | Aulnes SA       | 73282932000074   | closed  |                 # the same holder under another name
    M4          | C3        |                 |                  | closed  | false
"""
LINES = """
    contract_id | month   | hours_validated | status    | participant_id | work_contract_id | employer_kind
    M1          | 2019-12 | 100             | validated | P1             | W1               | direct
    M1          | 2020-01 | 50              | validated | P1             | W2               | etti     # a second contract of P1
    M2          | 2020-01 | 30              | validated | P1             | W2               | etti     # P1 again, for another client
    M2          | 2020-02 | 20              | validated | P2             |                  | direct
    M2          | 2020-02 |                 | declared  | P3             | W3               | direct   # pending: not yet a person
    M2          | 2020-02 | 0               | rejected  | P4             | W4               | direct   # rejected
    M2          | 2020-02 | 40              | rejected  | P5             | W5               | direct   # rejected, whatever it says
    M2          | 2020-02 | 10              | validated | P6             | W6               | direct
    M2          | 2020-03 | -10             | corrected | P6             | W6               | direct   # taken back: none are left
    M2          | 2020-03 | 15              | validated |                |                  | direct   # nobody is named
    M4          | 2020-03 | 70              | validated | P7             | W7               | direct   # its lot is not counted
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_a_person_is_counted_once_when_accepted_hours_are_above_zero(database: Database) -> None:
    figures = only(database, "headline")
    assert figures["participants"] == len(["P1", "P2"])
    assert figures["work_contracts"] == len(["W1", "W2"])


def test_persons_are_not_additive(database: Database) -> None:
    one, two, both = (
        only(database, "headline", Scope(clients=clients))["participants"]
        for clients in (("C1",), ("C2",), ("C1", "C2"))
    )
    assert (one, two, both) == (1, 2, 2)  # P1 works for both


def test_persons_follow_every_filter(database: Database) -> None:
    assert only(database, "headline", Scope(last_year=2019))["participants"] == 1  # P1
    assert only(database, "headline", Scope(last_year=2019))["work_contracts"] == 1  # W1
    assert only(database, "headline", Scope(employer_kinds=("etti",)))["participants"] == 1  # P1
    assert only(database, "headline", Scope(include_uncounted=True))["participants"] == 3  # P7 too
    # In 2020 alone the correction of P6 and what it corrects meet; nothing is left.
    assert only(database, "headline", Scope(first_year=2020))["participants"] == 2  # P1, P2


def test_hours_for_one_person_leave_out_hours_without_a_person(database: Database) -> None:
    assert only(database, "headline")["hours_per_participant"] == (100 + 50 + 30 + 20) / 2


def test_companies_are_told_by_siret_then_by_name(database: Database) -> None:
    assert only(database, "headline")["contractors"] == len(["73282932000074", "Bouleaux"])


def test_a_client_is_active_with_a_running_lot_or_hours_in_the_period(opened: Opened) -> None:
    database = opened(
        """
        contract_id | client_id | status
        M1          | C1        | running    # active: running
        M2          | C2        | closed     # active in 2019 only
        M3          | C3        | closed     # never: what was accepted was taken back
        M4          | C4        | planned    # never
        M5          | C5        | closed     # never: its two lots cancel out
        M6          | C5        | closed
        """,
        """
        contract_id | month   | hours_validated
        M2          | 2019-12 | 10
        M3          | 2020-01 | 10
        M3          | 2020-02 | -10
        M5          | 2020-02 | 10
        M6          | 2020-02 | -10
        """,
    )
    assert only(database, "headline")["clients"] == len(["C1", "C2"])
    assert only(database, "headline", Scope(first_year=2020))["clients"] == len(["C1"])


# Published figures (domain.md, §6).


def test_le_mans_2020_hours_for_one_person(opened: Opened) -> None:
    """61 273 h, 268 persons, 459 work contracts; 3 304 training hours apart."""
    people = [
        f"M1 | P{n % 268} | W{n} | 133 | 3304" if n == 0 else f"M1 | P{n % 268} | W{n} | 133 |" for n in range(458)
    ]
    people.append(f"M1 | P267 | W458 | {61_273 - 458 * 133} |")
    lines = "contract_id | participant_id | work_contract_id | hours_validated | training_hours\n" + "\n".join(people)
    figures = only(opened("contract_id\nM1", lines), "headline")
    assert (figures["hours_validated"], figures["participants"], figures["work_contracts"]) == (61_273, 268, 459)
    assert round(figures["hours_per_participant"], 1) == 228.6


@pytest.mark.parametrize(
    ("hours", "divisor", "published"),
    [
        (424_000, 1607, 264),  # Loir-et-Cher 2005–2020, legal year
        (25_124_684, 1600, 15_703),  # national consolidation 2021
    ],
)
def test_full_time_equivalents_as_published(opened: Opened, hours: int, divisor: int, published: int) -> None:
    settings = replace(SETTINGS, counting=replace(SETTINGS.counting, fte_divisor=Decimal(divisor)))
    share = hours // 4
    rows = "\n".join([f"M1 | {share}"] * 3 + [f"M1 | {hours - 3 * share}"])
    database = opened("contract_id\nM1", f"contract_id | hours_validated\n{rows}", settings=settings)
    figures = only(database, "headline")
    assert figures["hours_validated"] == hours
    assert figures["fte"] == hours / divisor
    assert round(figures["fte"]) == published
