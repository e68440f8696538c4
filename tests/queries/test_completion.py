"""Obligations and completion: a ratio of sums over the same lots, never clipped, NULL never 0."""

from decimal import Decimal

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, only

LOTS = """
    contract_id | lot_id | client_id | clause_category | status     | obligation_kind | hours_committed
    M1          | 01     | C1        | execution       | running    | hours           | 1000
    M1          | 02     | C1        | execution       | closed     | hours           | 200
    M2          | 00     | C2        | insertion       | closed     |                 | 300      # hours by default: a number is given
    M3          | 00     | C2        | insertion       | running    |                 |          # unknown: never 0, excluded
    M4          | 00     | C2        | insertion       | running    | hours           | 0        # nothing to divide by, excluded
    M5          | 00     | C1        | execution       | running    | percent         | 500      # a part of hours worked, excluded
    M6          | 00     | C1        | execution       | planned    | hours           | 700      # not begun, excluded
    M7          | 00     | C1        | execution       | suspended  | hours           | 700      # excluded
    M8          | 00     | C1        | execution       | terminated | hours           | 700      # excluded
    M9          | 00     | C1        | execution       | cancelled  | hours           | 700      # excluded
    MA          | 00     | C1        | means           | running    | means           | 900      # not counted in the total at all
"""
LINES = """
    contract_id | lot_id | month   | hours_validated | employer_kind
    M1          | 01     | 2019-11 | 100             | direct
    M1          | 01     | 2020-02 | 50              | etti           # a second line does not double the obligation
    M1          | 01     | 2020-02 | 25              |
    M1          | 02     | 2020-03 | 480             | direct         # 240 %
    M3          | 00     | 2020-03 | 77              | direct         # hours of an excluded lot
    M4          | 00     | 2020-03 | 33              | direct
    M8          | 00     | 2020-03 | 11              | etti
    MA          | 00     | 2020-03 | 999             | direct         # not counted
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_completion_is_a_ratio_of_sums_over_the_same_lots(database: Database) -> None:
    figures = only(database, "headline")
    assert figures["rated_committed"] == 1000 + 200 + 300
    assert figures["rated_hours"] == 100 + 50 + 25 + 480 + 0
    assert figures["completion_ratio"] == (100 + 50 + 25 + 480 + 0) / (1000 + 200 + 300)
    assert figures["lots_excluded"] == len(["M3", "M4", "M5", "M6", "M7", "M8", "M9"])
    assert figures["hours_validated"] == 100 + 50 + 25 + 480 + 77 + 33 + 11  # theirs are hours all the same


def test_hours_are_engaged_by_every_notified_lot(database: Database) -> None:
    """Whatever became of it and whatever its obligation is; not by planned and cancelled lots, nor by those that do not count."""
    promised = 1000 + 200 + 300 + 0 + 500 + 700 + 700  # M1, M2, M4 of 0 h, M5, M7 suspended, M8 terminated
    assert only(database, "headline")["hours_committed"] == only(database, "totals")["hours_committed"] == promised
    assert only(database, "headline", Scope(include_uncounted=True))["hours_committed"] == promised + 900
    (commune,) = answer(database, "hours_by_client_type")
    assert (commune["hours_committed"], commune["rated_committed"]) == (promised, 1500)
    assert commune["rated_hours"] == 655


def test_the_rate_and_the_engaged_hours_are_of_different_lots(opened: Opened) -> None:
    """A running lot of 1 000 h with 400 done, a terminated one of 1 000 h with 900: 2 000 h engaged, and 400 of 1 000 is 40 %."""
    database = opened(
        """
        contract_id | hours_committed | status
        M1          | 1000            | running
        M2          | 1000            | terminated
        """,
        """
        contract_id | month   | hours_validated
        M1          | 2020-03 | 400
        M2          | 2020-03 | 900
        """,
    )
    for question in ("headline", "totals", "hours_by_client", "hours_by_clause", "hours_by_client_type"):
        (row,) = answer(database, question)
        assert (row["hours_validated"], row["hours_committed"]) == (400 + 900, 1000 + 1000), question
        assert (row["rated_hours"], row["rated_committed"], row["completion_ratio"]) == (400, 1000, 0.4), question


def test_closed_lots_are_final_and_running_lots_to_date(database: Database) -> None:
    figures = only(database, "headline")
    assert figures["completion_closed_ratio"] == (480 + 0) / (200 + 300)
    assert figures["completion_running_ratio"] == (100 + 50 + 25) / 1000


def test_lots_and_contracts_are_counted_once(database: Database) -> None:
    figures = only(database, "headline")
    assert (figures["lots"], figures["contracts"], figures["clients"]) == (10, 9, 2)
    assert only(database, "headline", Scope(include_uncounted=True))["lots"] == 11


def test_nothing_is_clipped_at_100_percent(database: Database) -> None:
    rows = {(row["contract_id"], row["lot_id"]): row for row in answer(database, "lots")}
    assert rows["M1", "02"]["completion_ratio"] == 2.4
    assert rows["M1", "01"]["completion_ratio"] == 175 / 1000
    assert rows["M2", "00"]["completion_ratio"] == 0
    assert {key for key, row in rows.items() if row["completion_ratio"] is None} == {
        (contract, "00") for contract in ("M3", "M4", "M5", "M6", "M7", "M8", "M9")
    }


def test_years_and_employers_choose_lots_and_leave_their_life_whole(database: Database) -> None:
    in_2020 = only(database, "headline", Scope(first_year=2020))
    assert in_2020["hours_validated"] == 50 + 25 + 480 + 77 + 33 + 11
    by_etti = only(database, "headline", Scope(employer_kinds=("etti",)))
    assert by_etti["hours_validated"] == 50 + 11
    whole = only(database, "headline")
    # Every lot is of 2019 to 2021: planned and cancelled ones were never active.
    assert in_2020["lots"] == whole["lots"] - len(["M6", "M9"])
    for name in ("hours_committed", "rated_committed", "rated_hours", "completion_ratio"):
        assert in_2020[name] == whole[name]
    # The two lots with such hours, of which one is rated, over its whole life.
    assert (by_etti["lots"], by_etti["lots_excluded"]) == (2, 1)
    assert (by_etti["hours_committed"], by_etti["rated_committed"], by_etti["rated_hours"]) == (1000 + 700, 1000, 175)


def test_completion_by_clause(database: Database) -> None:
    rows = answer(database, "hours_by_clause")
    assert by("clause_category", rows, "hours_committed") == {
        "execution": 1000 + 200 + 500 + 700 + 700,
        "insertion": 300,
    }
    assert by("clause_category", rows, "rated_committed") == {"execution": 1000 + 200, "insertion": 300}
    assert by("clause_category", rows, "rated_hours") == {"execution": 175 + 480, "insertion": 0}
    assert by("clause_category", rows, "completion_ratio") == {"execution": (175 + 480) / 1200, "insertion": 0 / 300}
    assert by("clause_category", rows, "completion_closed_ratio") == {"execution": 480 / 200, "insertion": 0 / 300}
    assert by("clause_category", rows, "completion_running_ratio") == {"execution": 175 / 1000, "insertion": None}
    assert by("clause_category", rows, "lots_excluded") == {"execution": 5, "insertion": 2}
    assert by("clause_category", rows, "lots") == {"execution": 7, "insertion": 3}
    assert by("clause_category", rows, "contracts") == {"execution": 6, "insertion": 3}
    total = 175 + 480 + 77 + 33 + 11
    assert by("clause_category", rows, "share_ratio") == {
        "execution": (175 + 480 + 11) / total,
        "insertion": (77 + 33) / total,
    }


def test_completion_by_client(database: Database) -> None:
    rows = answer(database, "hours_by_client")
    assert by("client_id", rows, "hours_committed") == {"C1": 1000 + 200 + 500 + 700 + 700, "C2": 300}
    assert by("client_id", rows, "rated_committed") == {"C1": 1000 + 200, "C2": 300}
    assert by("client_id", rows, "rated_hours") == {"C1": 175 + 480, "C2": 0}
    assert by("client_id", rows, "completion_ratio") == {"C1": (175 + 480) / 1200, "C2": 0 / 300}
    assert by("client_id", rows, "hours_validated") == {"C1": 175 + 480 + 11, "C2": 77 + 33}
    assert by("client_id", rows, "lots_excluded") == {"C1": 5, "C2": 2}


def test_an_empty_list_is_nothing(database: Database) -> None:
    figures = only(database, "headline", Scope(clients=()))
    assert {name for name, value in figures.items() if value is None} == {
        "completion_ratio",
        "completion_closed_ratio",
        "completion_running_ratio",
        "hours_per_participant",
    }
    assert {value for value in figures.values() if value is not None} == {0}
    for question in ("hours_by_clause", "hours_by_client", "lots", "clients_freshness", "hours_by_commune"):
        assert answer(database, question, Scope(clients=())) == []


def test_a_filter_that_matches_nothing_is_like_an_empty_list(database: Database) -> None:
    assert only(database, "headline", Scope(clients=("nobody",))) == only(database, "headline", Scope(clients=()))


def test_shares_of_nothing_are_unknown(opened: Opened) -> None:
    database = opened("contract_id | hours_committed\nM1 |", "month | hours_validated\n2020-01 | 0")
    (row,) = answer(database, "hours_by_clause")
    assert (row["hours_validated"], row["share_ratio"], row["completion_ratio"]) == (0, None, None)
    assert only(database, "headline")["hours_committed"] == 0


def test_paris_2012_committed_and_done_are_two_measures(opened: Opened) -> None:
    """ "2 millions d'heures": 2 150 000 h were committed, 638 000 done."""
    database = opened(
        """
        contract_id | hours_committed | status
        M1          | 1500000         | running
        M2          | 650000          | running
        """,
        """
        contract_id | month   | hours_validated
        M1          | 2012-05 | 600000
        M2          | 2012-06 | 38000
        """,
    )
    figures = only(database, "headline")
    assert (figures["hours_committed"], figures["hours_validated"]) == (2_150_000, 638_000)
    assert round(figures["completion_ratio"], 3) == 0.297


def test_a_loiret_bridge_is_at_116_percent(opened: Opened) -> None:
    database = opened("contract_id | hours_committed\nM1 | 5000", "month | hours_validated\n2020-01 | 5800")
    assert only(database, "headline")["completion_ratio"] == 1.16


def test_sums_are_exact_to_the_hundredth(opened: Opened) -> None:
    cents = "\n".join(f"M1 | 2020-{month:02d} | 0.10" for month in range(1, 11))
    database = opened("contract_id | hours_committed\nM1 | 1", f"contract_id | month | hours_validated\n{cents}")
    figures = only(database, "headline")
    assert figures["hours_validated"] == Decimal("1.00")  # ten floats of 0.1 make 0.9999999999999999
    assert figures["completion_ratio"] == 1


def test_closed_and_running_lots_have_both_sides_of_their_rates(database: Database) -> None:
    """M1/01 runs with 175 of 1 000 h; M1/02 and M2 are closed with 480 of 200 h and 0 of 300 h."""
    sides = ("rated_closed_hours", "rated_closed_committed", "rated_running_hours", "rated_running_committed")
    for question in ("headline", "totals"):
        row = only(database, question)
        assert tuple(row[side] for side in sides) == (480 + 0, 200 + 300, 175, 1000), question
    assert {row["client_id"]: tuple(row[side] for side in sides) for row in answer(database, "hours_by_client")} == {
        "C1": (480, 200, 175, 1000),
        "C2": (0, 300, 0, 0),
    }
    clauses = {row["clause_category"]: row for row in answer(database, "hours_by_clause")}
    assert tuple(clauses["execution"][side] for side in sides) == (480, 200, 175, 1000)
    assert tuple(clauses["insertion"][side] for side in sides) == (0, 300, 0, 0)
