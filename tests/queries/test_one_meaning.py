"""One client has one name and one type, one commune one code, and what is not known is one thing, whatever the source wrote."""

import datetime as dt

from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, only

CLIENTS = """
    contract_id | client_id | client_name  | client_type | notified_on | starts_on
    M1          | CHU       | CHU de Rouen | hopital     |             | 2019-01-01
    M2          | CHU       | CHU Rouen    | autre       |             | 2020-01-01   # the latest: by its start, nothing tells its notification
    M3          | CHU       | CHU de Rouen | autre       | 2018-05-01  | 2020-06-01   # notified before the others
    M4          | CHU       | CHU de Rouen | hopital     |             |              # nobody knows when
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-03 | 60
    M2          | 2020-03 | 40
    M3          | 2020-03 | 5
    M4          | 2020-03 | -2
"""


def test_a_client_is_described_as_by_its_latest_lot_in_every_answer(opened: Opened) -> None:
    database = opened(CLIENTS, HOURS)
    (client,) = answer(database, "hours_by_client")
    assert (client["client_name"], client["client_type"]) == ("CHU Rouen", "autre")
    assert by("client_type", answer(database, "hours_by_client_type")) == {"autre": 60 + 40 + 5 - 2}
    assert only(database, "headline", Scope(client_types=("hopital",)))["hours_validated"] == 0
    assert {row["client_name"] for row in answer(database, "lots")} == {"CHU Rouen"}
    assert {row["client_name"] for row in answer(database, "clients_freshness")} == {"CHU Rouen"}


def test_a_client_described_in_several_ways_is_an_anomaly_that_names_both_and_weighs_the_lot(opened: Opened) -> None:
    lines = [row for row in answer(opened(CLIENTS, HOURS), "anomaly_lines") if row["kind"] == "client_described_twice"]
    assert [(row["contract_id"], row["hours"], row["detail"]) for row in lines] == [
        ("M1", 60, "CHU de Rouen (hopital) ≠ CHU Rouen (autre)"),
        ("M3", 5, "CHU de Rouen (autre) ≠ CHU Rouen (autre)"),
        ("M4", -2, "CHU de Rouen (hopital) ≠ CHU Rouen (autre)"),
    ]


def test_a_former_or_associated_commune_counts_for_the_one_it_belongs_to(opened: Opened) -> None:
    database = opened(
        """
        contract_id | execution_commune | client_commune
        M1          | 76633             | 76003           # Franqueville-Saint-Pierre, formerly; Ambourville, associated
        M2          | 76475             | 76020           # today
        M3          | 76003             |
        """,
        """
        contract_id | month   | hours_validated | residence_commune | participant_id
        M1          | 2020-03 | 10              | 76633             | P1
        M2          | 2020-03 | 20              | 76475             | P2
        M3          | 2020-03 | 40              | 76475             | P3
        """,
    )
    rows = answer(database, "hours_by_commune")
    assert by("execution_commune", rows) == {"76475": 10 + 20, "76020": 40}
    assert all(row["is_member"] for row in rows)
    assert only(database, "headline", Scope(execution_communes=("76475",)))["lots"] == 2
    assert [
        row["hours_validated"] for row in answer(database, "commune_map") if row["execution_commune"] == "76475"
    ] == [30]
    homes = database.connection.cursor().execute("SELECT DISTINCT residence_commune FROM hours").fetchall()
    assert homes == [("76475",)]


def test_what_is_unknown_and_what_is_empty_are_one_row(opened: Opened) -> None:
    database = opened(
        "contract_id\nM1",
        """
        month   | hours_validated | employer_kind
        2019-03 | 60              | unknown
        2019-03 | 40              |
        2019-03 | 5               | ei
        """,
    )
    rows = answer(database, "hours_by_employer_kind")
    assert by("employer_kind", rows) == {"ei": 5, None: 60 + 40}
    for code in ("none", "unknown"):  # links of before keep the same rows
        assert only(database, "headline", Scope(employer_kinds=(code,)))["hours_validated"] == 100


def test_an_exit_after_the_data_date_is_an_anomaly(opened: Opened) -> None:
    database = opened(
        "contract_id\nM1",
        """
        month   | hours_validated | participant_id | exit_on
        2026-09 | 35              | P1             | 2027-03-31
        2026-09 | 10              | P2             | 2026-10-31
        """,
        as_of=dt.date(2026, 10, 31),
    )
    (row,) = [row for row in answer(database, "anomaly_lines") if row["kind"] == "exit_to_come"]
    assert (row["hours"], row["detail"], row["in_totals"]) == (35, None, True)


def test_anomalies_of_lots_weigh_their_hours(opened: Opened) -> None:
    database = opened(
        """
        contract_id | execution_commune | contractor_siret
        M1          | 99999             | 12345678901234
        M2          | 76540             |
        """,
        """
        contract_id | month   | hours_validated
        M1          | 2020-03 | 30
        M1          | 2020-04 | 12.50
        M2          | 2020-03 | 7
        """,
    )
    weights = by("kind", answer(database, "anomalies"), "hours")
    assert (float(weights["unknown_commune"]), float(weights["invalid_siret"])) == (42.5, 42.5)
