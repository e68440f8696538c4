"""What is said of the release itself: its anomalies with their weight, its counts, the names and choices of the form."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.codes import AnomalyKind
from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, filtered, milestone, milestones, month, only

LOTS = """
    contract_id | client_id | client_name | client_siret   | execution_commune | notified_on | starts_on  | ends_on    | counts_in_total
    M1          | CHU       | CHU         | 73282932000074 | 76540             | 2019-01-15  | 2019-02-01 | 2019-12-31 | true
    M2          | MRN       | Métropole   | 73282932000075 | 99999             | 2019-01-15  | 2019-02-01 | 2026-12-31 | true
    M3          | MRN       | Métropole   | 35600000000048 |                   | 2019-01-15  | 2019-02-01 | 2026-12-31 | true
    M4          | MRN       | Métropole   | 35600000000048 |                   |             | 2019-02-01 | 2026-12-31 | false
"""
LINES = """
    entry_id | contract_id | month   | hours_validated | hours_declared | status    | participant_id
    E1       | M1          | 2018-12 | 10              | 10             | validated |    # before the notification
    E2       | M1          | 2019-01 | 20              | 20             | validated |    # the month of the notification: in order
    E3       | M1          | 2020-03 | 30              | 30             | validated |    # three months after the end: in order
    E4       | M1          | 2020-04 | 40              | 40             | validated |    # four months after it
    E5       | M2          | 2020-04 | 120             | 120            | validated | P1 # 120 + 100.25 h in one month
    E6       | M2          | 2020-04 | 100.25          | 100.25         | validated | P1
    E7       | M2          | 2020-05 | 220             | 220            | validated | P1 # 220 h: in order
    E7       | M2          | 2020-05 | 500             | 500            | validated |    # a duplicate
    E8       | M9          | 2020-05 | 700             | 700            | validated |    # no such lot
    E9       | M2          | 2020-06 | -15             | -15            | corrected |    # a month below zero
    E10      | M2          | 2020-07 |                 | 8              | declared  |
    E11      | M4          | 2020-07 | 1000            | 1000           | validated |    # not counted in the total
"""
COUNTED = 10 + 20 + 30 + 40 + 120 + Decimal("100.25") + 220 - 15


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def test_anomalies_are_counted_and_weighed_in_hours(database: Database) -> None:
    rows = {row["kind"]: (row["rows"], row["hours"]) for row in answer(database, "anomalies")}
    assert rows == {
        "duplicate_entry": (1, 500),
        "hours_without_lot": (1, 700),
        "lot_without_hours": (1, 0),  # M3
        "hours_before_notification": (1, 10),
        "hours_after_end": (1, 40),
        "over_220_hours": (2, 120 + Decimal("100.25")),
        "negative_month": (1, -15),
        # A lot weighs its hours: those of M2 are 120 + 100.25 + 220 − 15
        "unknown_commune": (1, Decimal("425.25")),  # M2
        "client_described_twice": (0, 0),
        "exit_to_come": (0, 0),
        "invalid_siret": (1, Decimal("425.25")),  # M2; La Poste's own rule holds for M3 and M4
        "unreadable_decp": (0, 0),
    }


def test_a_kind_without_a_row_is_told_too(opened: Opened) -> None:
    rows = answer(opened("contract_id\nM1", "month\n2020-01"), "anomalies")
    assert [row["kind"] for row in rows] == sorted(map(str, AnomalyKind))
    assert {(row["rows"], row["hours"]) for row in rows} == {(0, 0)}


def test_totals_say_whether_anomalies_are_in_them(database: Database) -> None:
    in_totals = by("kind", answer(database, "anomalies"), "in_totals")
    assert {kind for kind, included in in_totals.items() if not included} == {"duplicate_entry", "hours_without_lot"}
    assert only(database, "headline")["hours_validated"] == COUNTED


def test_each_anomaly_is_listed_with_where_it_was_read(database: Database) -> None:
    lines = answer(database, "anomaly_lines")
    assert len(lines) == sum(row["rows"] for row in answer(database, "anomalies"))
    assert len(lines) == sum(row["rows"] for row in answer(database, "anomalies_by_client"))
    (duplicate,) = (line for line in lines if line["kind"] == "duplicate_entry")
    assert duplicate["source_file"] == "hours.parquet"
    assert (duplicate["source_row"], duplicate["client_id"], duplicate["month"]) == (8, "MRN", month("2020-05"))
    assert (duplicate["hours"], duplicate["in_totals"]) == (500, False)
    (orphan,) = (line for line in lines if line["kind"] == "hours_without_lot")
    assert (orphan["contract_id"], orphan["client_id"]) == ("M9", None)


def test_no_person_is_in_the_list_of_anomalies(database: Database) -> None:
    assert not any("P1" in str(line) for line in answer(database, "anomaly_lines"))


def test_the_summary_of_the_release(database: Database) -> None:
    summary = only(database, "release_summary")
    assert summary["release"] == database.release.id
    assert (summary["first_month"], summary["last_month"]) == (month("2018-12"), month("2020-07"))
    assert summary["last_complete_month"] == month(
        "2026-08"
    )  # of data at the end of October, with two months to declare
    assert (summary["contracts"], summary["lots"]) == (4, 4)
    assert (summary["hours_rows"], summary["rows_left_out"]) == (10, 2)
    assert (summary["hours_validated"], summary["hours_pending"]) == (COUNTED, 8)
    assert summary["pending_ratio"] == 8 / float(COUNTED + 8)
    assert summary["anomalies"] == sum(row["rows"] for row in answer(database, "anomalies"))
    assert summary["anomalies_of_participants"] == 2 + 1  # P1's month, and the unknown commune of M2


def test_names_of_clients_and_communes_for_the_form(database: Database) -> None:
    rows = answer(database, "filter_names")
    assert [(row["field"], row["value"], row["name"]) for row in rows] == [
        ("clients", "CHU", "CHU"),
        ("clients", "MRN", "Métropole"),
        ("execution_communes", "99999", "99999"),  # a code without a name is its own name
        ("execution_communes", "76540", "Rouen"),
    ]
    assert rows[1]["sirets"] == "35600000000048 73282932000075"


def test_choices_under_the_other_filters(database: Database) -> None:
    scope = Scope(execution_communes=("76540",), first_year=2020)
    choices = {(row["field"], row["value"]): row["hours"] for row in answer(database, "filter_choices", scope)}
    assert choices["clients", "CHU"] == 30 + 40
    assert ("clients", "MRN") not in choices  # no hours in Rouen
    # A filter does not shut its own other values out: they can be added to it.
    assert choices["execution_communes", "99999"] == 120 + Decimal("100.25") + 220 - 15 + 8
    for (field, value), hours in choices.items():
        figures = only(database, "headline", filtered(scope, field, (value,)))
        assert figures["hours_validated"] + figures["hours_pending"] == hours


def test_an_empty_list_leaves_no_choice_but_its_own(database: Database) -> None:
    fields = {row["field"] for row in answer(database, "filter_choices", Scope(clients=()))}
    assert fields == {"clients"}
    assert answer(database, "filter_choices", Scope(clients=(), sectors=())) == []


def test_an_extract_without_a_line_of_hours_has_answers(opened: Opened) -> None:
    """Nothing was worked yet: figures are 0, series hold the month of the data, milestones their opening balance."""
    settings = milestones(milestone(100), replace(milestone(30, "promis"), measure="committed"), opening=40)
    database = opened("contract_id | hours_committed\nM1 | 25", "month", settings=settings)
    assert only(database, "headline")["hours_committed"] == 25
    assert by("month", answer(database, "hours_by_month")) == {month("2026-10"): 0}
    assert by("year", answer(database, "hours_by_year")) == {2026: 0}
    assert only(database, "release_summary")["first_month"] is None
    rows = by("milestone", answer(database, "milestone_progress"), "hours_to_date")
    assert rows == {"jalon": 40, "promis": 25}
