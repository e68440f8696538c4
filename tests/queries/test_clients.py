"""Clients: names, order, last declarations."""

import datetime as dt
from decimal import Decimal

import pytest

from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import SETTINGS, Opened, answer, by, month, only

LOTS = """
    contract_id | client_id | client_name | client_type     | status  | counts_in_total
    M1          | C1        | Évreux      | commune         | running |
    M2          | C2        | Elbeuf      | commune         | running |
    M3          | C3        | Zéphyr      | bailleur_social | running |                 # never declared
    M4          | C4        | Amiens      | commune         | closed  |                 # late, but nothing runs any more
    M5          | MRN       | Métropole   | metropole       | running |
    M6          | MRN       | La Métropole| metropole       | closed  |                 # written in another way
    M7          | C7        | Sans compte | prive           | running | false
"""
LINES = """
    contract_id | month   | hours_validated | hours_declared | status
    M1          | 2026-07 | 10              | 10             | validated
    M1          | 2026-08 |                 | 7              | declared   # pending lines are declarations too
    M2          | 2026-06 | 20              | 20             | validated
    M4          | 2020-12 | 30              | 30             | validated
    M5          | 2026-10 | 40              | 40             | validated
    M6          | 2025-12 |                 | 2.50           | declared
    M7          | 2026-10 | 50              | 50             | validated
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_the_last_declaration_of_each_client(database: Database) -> None:
    rows = answer(database, "clients_freshness")
    assert by("client_id", rows, "last_month") == {
        "C1": month("2026-08"),
        "C2": month("2026-06"),
        "C3": None,
        "C4": month("2020-12"),
        "MRN": month("2026-10"),
    }
    # Data date: October 2026. Years turn between December and January.
    assert by("client_id", rows, "months_late") == {"C1": 2, "C2": 4, "C3": None, "C4": 10 + 5 * 12, "MRN": 0}
    assert by("client_id", rows, "hours_pending") == {"C1": 7, "C2": 0, "C3": 0, "C4": 0, "MRN": 2.5}


def test_late_is_an_active_client_beyond_what_the_settings_allow(database: Database) -> None:
    assert SETTINGS.counting.late_after_months == 3
    rows = answer(database, "clients_freshness")
    assert by("client_id", rows, "is_active") == {"C1": True, "C2": True, "C3": True, "C4": False, "MRN": True}
    assert by("client_id", rows, "is_late") == {
        "C1": False,
        "C2": True,  # four months
        "C3": True,  # never declared
        "C4": False,  # nothing is running
        "MRN": False,
    }


def test_three_months_are_not_yet_late(opened: Opened) -> None:
    rows = answer(opened(LOTS, LINES, as_of=dt.date(2026, 9, 30)), "clients_freshness")
    assert by("client_id", rows, "months_late")["C2"] == 3
    assert not by("client_id", rows, "is_late")["C2"]


def test_freshness_is_whatever_the_years(database: Database) -> None:
    assert answer(database, "clients_freshness", Scope(last_year=2020)) == answer(database, "clients_freshness")
    (client,) = answer(database, "clients_freshness", Scope(clients=("C7",), include_uncounted=True))
    assert client["last_month"] == month("2026-10")


def test_clients_come_by_type_then_name_with_accents_sorted_right(database: Database) -> None:
    names = [row["client_name"] for row in answer(database, "hours_by_client")]
    assert names == ["Zéphyr", "Amiens", "Elbeuf", "Évreux", "La Métropole"]
    assert [row["client_name"] for row in answer(database, "clients_freshness")] == [
        "Amiens",
        "Elbeuf",
        "Évreux",
        "La Métropole",
        "Zéphyr",
    ]


def test_a_client_is_its_code_however_it_is_written(database: Database) -> None:
    (row,) = answer(database, "hours_by_client", Scope(clients=("MRN",)))
    assert (row["client_name"], row["lots"], row["hours_validated"], row["hours_pending"]) == (
        "La Métropole",
        2,
        40,
        2.5,
    )


def test_the_authority_s_own_contracts_are_told(database: Database) -> None:
    assert SETTINGS.authority.clients == ("MRN",)
    rows = answer(database, "hours_by_client")
    assert [row["client_id"] for row in rows if row["is_own"]] == ["MRN"]


def test_rennes_2018_share_of_the_metropole_s_own_contracts(opened: Opened) -> None:
    """323 000 h, of which 46 % from the métropole's own contracts."""
    database = opened(
        "contract_id | client_id\nM1 | MRN\nM2 | C2",
        "contract_id | month | hours_validated\nM1 | 2018-06 | 148580\nM2 | 2018-06 | 174420",
    )
    assert only(database, "headline")["hours_validated"] == 323_000
    assert by("client_id", answer(database, "hours_by_client"), "share_ratio")["MRN"] == 0.46


def test_hours_by_client_type(database: Database) -> None:
    rows = answer(database, "hours_by_client_type")
    assert by("client_type", rows) == {"bailleur_social": 0, "commune": 10 + 20 + 30, "metropole": 40}
    assert by("client_type", rows, "share_ratio") == {"bailleur_social": 0, "commune": 60 / 100, "metropole": 40 / 100}
    assert by("client_type", rows, "clients") == {"bailleur_social": 1, "commune": 3, "metropole": 1}


LATE = """
    contract_id | client_id | client_name | status  | hours_committed | starts_on  | ends_on
    near        | C1        | Évreux      | running | 1000            | 2026-01-01 | 2026-12-29   # 120 days after 31 August
    over        | C1        | Évreux      | running | 1000            | 2026-01-01 | 2026-09-15
    behind      | C2        | Elbeuf      | running | 1000            | 2026-01-01 | 2028-01-01
    nothing yet | C2        | Elbeuf      | running | 1000            | 2026-01-01 | 2028-01-01
    nothing too | C2        | Elbeuf      | running | 500             | 2026-01-01 | 2028-01-01
    no start    | C3        | Zéphyr      | running | 1000            |            | 2026-12-01   # ending, but nothing is expected of it
    on pace     | C4        | Amiens      | running | 1000            | 2026-01-01 | 2028-01-01
    short       | C4        | Amiens      | closed  | 1000            | 2025-01-01 | 2025-12-31   # no call changes it any more
"""
LATE_LINES = """
    contract_id | month   | hours_validated | hours_declared | status
    near        | 2026-06 | 949             | 949            | validated
    near        | 2026-09 | 40              | 40             | validated   # provisional: not judged
    over        | 2026-06 | 900             | 900            | validated
    behind      | 2026-06 | 100             | 100            | validated
    on pace     | 2026-06 | 400             | 400            | validated
    short       | 2025-06 | 900             | 900            | validated
"""


def test_the_lots_to_call_of_each_client_with_the_hours_that_they_miss(opened: Opened) -> None:
    """Data of 31 October, two months of lag: on 31 August 242 of 730 days have passed, a share of 0.3315."""
    rows = answer(opened(LATE, LATE_LINES), "late_lots_by_client")
    assert [row["client_name"] for row in rows] == ["Amiens", "Elbeuf", "Évreux", "Zéphyr"]
    counts = ("to_call_lots", "ending_lots", "not_started_lots", "behind_lots")
    hours = ("missing_hours", "ending_missing_hours", "not_started_missing_hours", "behind_missing_hours")
    assert {row["client_id"]: tuple(row[key] for key in counts) for row in rows} == {
        "C4": (0, 0, 0, 0),
        "C2": (0 + 2 + 1, 0, 2, 1),
        "C1": (2 + 0 + 0, 2, 0, 0),
        "C3": (1 + 0 + 0, 1, 0, 0),
    }
    expected = Decimal("331.51")  # of 1 000 h; of 500 h it is 165.75
    assert {row["client_id"]: tuple(row[key] for key in hours) for row in rows} == {
        "C4": (0, 0, 0, 0),
        "C2": (expected - 100 + expected + Decimal("165.75"), 0, expected + Decimal("165.75"), expected - 100),
        "C1": (1000 - 949 + 1000 - 900, 51 + 100, 0, 0),
        "C3": (0, 0, 0, 0),
    }


def test_lots_to_call_by_client_add_up_to_those_of_the_list(opened: Opened) -> None:
    database = opened(LATE, LATE_LINES)
    for scope in (Scope(), Scope(clients=("C1", "C2")), Scope(first_year=2025, last_year=2025)):
        rows = answer(database, "late_lots_by_client", scope)
        alerts = {row["alert"]: row for row in answer(database, "lot_alerts", scope)}
        for alert in ("ending", "not_started", "behind"):
            assert sum(row[f"{alert}_lots"] for row in rows) == alerts[alert]["lots"]
            assert sum(row[f"{alert}_missing_hours"] for row in rows) == alerts[alert]["missing_hours"]
        assert sum(row["to_call_lots"] for row in rows) == alerts["to_call"]["lots"]
        assert sum(row["missing_hours"] for row in rows) == alerts["to_call"]["missing_hours"]
        assert {row["client_id"] for row in answer(database, "hours_by_client", scope)} == {
            row["client_id"] for row in rows
        }
