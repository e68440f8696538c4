"""Anomalies: each kind counted and weighed by hand, and the measures that weigh them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.codes import AnomalyKind
from data.publish import publish
from data.release.releases import Release
from tests.extracts import TODAY, Row, contract, contracts_table, entry, hours_table, publish_rows, write_parquet

LOTS = """
    contract_id | lot_id | starts_on  | ends_on    | notified_on | status
    M1          | 01     | 2019-01-01 | 2020-06-15 | 2019-03-20  | running
    M1          | 1      | 2019-01-01 | 2021-12-31 |             | running     # another lot than 01
"""


def found(release: Release, kind: AnomalyKind, *columns: str) -> list[tuple[Any, ...]]:
    """The lines of one kind in anomalies.parquet, which must agree with its count in release.json."""
    listed = duckdb.read_parquet(str(release.file("anomalies.parquet"))).filter(f"kind = '{kind}'")
    (count,) = (count for count in release.anomalies if count.kind == kind)
    rows, hours = listed.aggregate("count(*), coalesce(sum(hours), 0)").fetchall()[0]
    assert (rows, hours) == (count.rows, count.hours)
    assert listed.filter(f"in_totals <> {count.in_totals}").fetchall() == []
    assert count.in_totals is not kind.left_out
    return listed.project(", ".join(columns)).fetchall()


def validated(release: Release) -> Decimal:
    (total,) = duckdb.read_parquet(str(release.file("hours_monthly.parquet"))).sum("hours_validated").fetchall()[0]
    return Decimal(total or 0)


def test_lines_left_out_of_every_total(tmp_path: Path) -> None:
    hours = hours_table("""
        entry_id | contract_id | lot_id | month   | hours_validated | status
        E1       | M1          | 01     | 2020-01 | 10              | validated
        E2       | M1          | 01     | 2020-02 | 20              | validated
        E1       | M1          | 01     | 2020-03 | 40              | validated   # the first E1 counts, though another month
        E1       | M1          | 01     | 2020-01 | 80              | rejected    # a rejected line weighs nothing
        E3       | M1          | 02     | 2020-01 | 5               | validated   # no such lot
        E4       | M2          | 01     | 2020-01 | 2.50            | validated   # no such contract
        E4       | M1          | 01     | 2020-01 | 1               | validated   # a duplicate, of an orphan: out as well
        E5       | M1          | 1      | 2020-01 | 7               | validated   # 1 is not 01
    """)
    release = publish_rows(tmp_path, contracts_table(LOTS), hours)
    assert found(release, AnomalyKind.DUPLICATE_ENTRY, "source_row", "client_id", "hours", "detail") == [
        (3, "C1", Decimal(40), None),
        (4, "C1", Decimal(0), None),
        (7, "C1", Decimal(1), None),
    ]
    assert found(release, AnomalyKind.HOURS_WITHOUT_LOT, "source_row", "client_id", "hours", "detail") == [
        (5, None, Decimal(5), "M1 / 02"),
        (6, None, Decimal("2.50"), "M2 / 01"),
    ]
    assert release.rows_left_out == 3 + 2
    assert release.hours_rows == 8 - 5
    assert validated(release) == release.hours_validated == 10 + 20 + 7


def test_the_first_of_two_lines_is_that_of_the_first_source(tmp_path: Path) -> None:
    """File order is the order in which the sources are named, then the order of rows."""
    contracts, late = write_parquet(tmp_path / "late", [contract()], [entry(entry_id="E1", hours_validated=Decimal(2))])
    _, early = write_parquet(tmp_path / "early", [], [entry(entry_id="E1", hours_validated=Decimal(1))])
    for sources, hours in (([contracts, late, early], 2), ([early, contracts, late], 1)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
            assert publish(sources, today=TODAY, accept_anomalies=True).hours_validated == hours


def test_hours_outside_the_time_of_their_lot(tmp_path: Path) -> None:
    hours = hours_table("""
        contract_id | lot_id | month   | hours_validated | status
        M1          | 01     | 2019-02 | 1               | validated    # before the month of notification
        M1          | 01     | 2019-03 | 2               | validated    # in it, though before the day
        M1          | 01     | 2020-09 | 4               | validated    # three months after the month of the end: in time
        M1          | 01     | 2020-10 | 8               | validated    # the fourth
        M1          | 01     | 2020-11 | 16              | rejected     # late too, but weighs nothing
        M1          | 1      | 2019-02 | 32              | validated    # no date of notification: nothing can be said
    """)
    release = publish_rows(tmp_path, contracts_table(LOTS), hours)
    assert found(release, AnomalyKind.HOURS_BEFORE_NOTIFICATION, "source_row", "hours", "detail") == [
        (1, Decimal(1), "2019-03-20")
    ]
    assert found(release, AnomalyKind.HOURS_AFTER_END, "source_row", "hours", "detail") == [
        (4, Decimal(8), "2020-06-15"),
        (5, Decimal(0), "2020-06-15"),
    ]
    assert release.hours_validated == 1 + 2 + 4 + 8 + 32


def test_lots_without_hours(tmp_path: Path) -> None:
    contracts = contracts_table("""
        contract_id | status    | starts_on  | ends_on
        M1          | running   | 2019-01-01 |            # has an hour
        M2          | running   | 2019-01-01 |            # none
        M3          | closed    | 2019-01-01 |            # none
        M4          | running   | 2026-10-31 |            # begins on the day of the data
        M5          | running   |            |            # nobody knows when it begins
        M6          | planned   | 2019-01-01 |
        M7          | cancelled | 2019-01-01 |
        M8          | running   | 2019-01-01 |            # only a duplicate, left out: none
    """)
    hours = [entry(entry_id="E1"), entry(entry_id="E1", contract_id="M8")]
    release = publish_rows(tmp_path, contracts, hours)
    assert found(release, AnomalyKind.LOT_WITHOUT_HOURS, "source_file", "source_row", "contract_id", "hours") == [
        ("contracts.parquet", 2, "M2", Decimal(0)),
        ("contracts.parquet", 3, "M3", Decimal(0)),
        ("contracts.parquet", 8, "M8", Decimal(0)),
    ]


def test_more_hours_than_a_month_can_hold(tmp_path: Path) -> None:
    hours = hours_table("""
        participant_id | lot_id | month   | hours_validated | hours_declared | status
        P1             | 01     | 2020-01 | 200             | 200            | validated   # 200 + 20.25 on another lot
        P1             | 1      | 2020-01 | 20.25           | 20.25          | validated
        P1             | 01     | 2020-02 | 220             | 220            | validated   # 220 is not more than 220
        P2             | 01     | 2020-01 | 150             | 150            | validated
        P2             | 01     | 2020-01 | 150             | 150            | rejected    # counts for nothing: 150 + 0
        P2             | 01     | 2020-01 |                 | 150            | declared    # not validated
                       | 01     | 2020-01 | 999             | 999            | validated   # nobody's
    """)
    release = publish_rows(tmp_path, contracts_table(LOTS), hours)
    assert found(release, AnomalyKind.OVER_220_HOURS, "source_row", "lot_id", "hours", "detail") == [
        (1, "01", Decimal(200), None),
        (2, "1", Decimal("20.25"), None),
    ]


def test_months_whose_net_is_negative(tmp_path: Path) -> None:
    hours = hours_table("""
        lot_id | month   | hours_validated | status
        01     | 2020-01 | 10              | validated
        01     | 2020-01 | -12.50          | corrected    # 10 - 12.50
        01     | 2020-02 | 10              | validated
        01     | 2020-02 | -10             | corrected    # nothing left, but not negative
        1      | 2020-01 | 5               | validated    # another lot: no help to the first
        1      | 2020-02 | -7              | rejected     # counts for nothing
    """)
    release = publish_rows(tmp_path, contracts_table(LOTS), hours)
    kind = AnomalyKind.NEGATIVE_MONTH
    assert found(release, kind, "source_file", "source_row", "lot_id", "CAST(month AS VARCHAR)", "hours") == [
        (None, None, "01", "2020-01-01", Decimal("-2.50"))
    ]


def test_unknown_communes(tmp_path: Path) -> None:
    contracts = contracts_table("""
        contract_id | lot_id | client_commune | execution_commune
        M1          | 00     | 76540          | 76061               # Haudricourt, a former commune: no anomaly
        M2          | 00     | 76999          | 99999               # neither exists: two anomalies
        M3          | 00     |                | 2A004
    """)
    hours = [
        entry(entry_id="E1", residence_commune="76540"),
        entry(entry_id="E2", residence_commune="00001", hours_validated=Decimal("3.25")),
        entry(entry_id="E3", contract_id="M2"),
        entry(entry_id="E4", contract_id="M3"),
    ]
    release = publish_rows(tmp_path, contracts, hours)
    assert found(release, AnomalyKind.UNKNOWN_COMMUNE, "source_file", "contract_id", "hours", "detail") == [
        ("contracts.parquet", "M2", Decimal(10), "client_commune 76999"),  # the hours of the lot
        ("contracts.parquet", "M2", Decimal(10), "execution_commune 99999"),
        ("hours.parquet", "M1", Decimal("3.25"), "residence_commune"),
    ]


def test_sirets(tmp_path: Path) -> None:
    sirets = {
        "73282932000074": True,  # the worked example of the sum: 60
        "732 829 320 00074": True,  # as people write it
        "73282932000073": False,
        "7328293200007": False,  # thirteen digits
        "732829320000740": False,
        "7328293200007A": False,
        "35600000000048": True,  # La Poste's seat: passes the ordinary rule too
        "35600000049837": True,  # one of its offices: 3+5+6+4+9+8+3+7 = 45, a multiple of 5
        "35600000049838": False,  # 46
    }
    contracts = [
        contract(contract_id=f"M{n}", client_siret=siret, contractor_siret="73282932000074")
        for n, siret in enumerate(sirets)
    ]
    hours = [
        entry(entry_id=f"E{n}", contract_id="M0", employer_siret=siret, hours_validated=Decimal("2.75"))
        for n, siret in enumerate(sirets)
    ]
    release = publish_rows(tmp_path, contracts, hours)
    expected = [(Decimal(0), f"client_siret {siret}") for siret, valid in sirets.items() if not valid]
    expected += [(Decimal("2.75"), "employer_siret") for valid in sirets.values() if not valid]
    assert found(release, AnomalyKind.INVALID_SIRET, "hours", "detail") == expected


def test_a_line_may_have_several_anomalies_and_counts_once(tmp_path: Path) -> None:
    hours = [entry(participant_id="P1", hours_validated=Decimal(300), employer_siret="1", residence_commune="x")]
    release = publish_rows(tmp_path, [contract()], hours)
    kinds = {str(count.kind): count.hours for count in release.anomalies if count.rows}
    assert kinds == {"over_220_hours": 300, "unknown_commune": 300, "invalid_siret": 300}
    assert release.hours_validated == 300


def test_anomalies_say_nothing_of_persons(tmp_path: Path) -> None:
    hours: list[Row] = [
        entry(
            entry_id=f"SAID{n}",
            participant_id="SECRET",
            work_contract_id="HIDDEN",
            residence_commune="PLACE",
            employer_siret="123",
        )
        | {"hours_validated": Decimal(300)}
        for n in range(3)
    ]
    release = publish_rows(tmp_path, [contract()], [*hours, hours[0]])
    columns = duckdb.execute("DESCRIBE FROM read_parquet($f)", {"f": str(release.file("anomalies.parquet"))}).fetchall()
    assert [name for name, *_ in columns] == [
        "kind",
        "source_file",
        "source_row",
        "contract_id",
        "lot_id",
        "client_id",
        "client_name",
        "month",
        "hours",
        "in_totals",
        "detail",
        "case_no",  # numbers the lines of one person in one month, in this publication alone
    ]
    result = str(duckdb.read_parquet(str(release.file("anomalies.parquet"))).fetchall())
    assert not [word for word in ("SECRET", "HIDDEN", "PLACE", "SAID", "123") if word in result]


def test_the_two_measures_of_a_line(tmp_path: Path) -> None:
    hours = hours_table("""
        hours_declared | hours_validated | status
        10             | 8               | validated     # 8 validated
        10             |                 | validated     # nothing validated, and not pending either
        10             |                 | declared      # 10 pending
        10             | 0               | declared      # examined: 0 validated, nothing pending
        10             | 3               | declared      # 3 validated already
        10             | 10              | rejected      # nothing, whatever stands there
        -4             | -4              | corrected     # -4 validated
        10             |                 | corrected     # nothing
    """)
    release = publish_rows(tmp_path, [contract()], hours)
    assert release.hours_validated == 8 + 3 - 4
    assert release.hours_pending == 10


def test_what_a_source_may_leave_out_is_filled_in(tmp_path: Path) -> None:
    contracts = contracts_table("""
        contract_id | clause_category | counts_in_total | hours_committed | obligation_kind
        M1          | execution       |                 | 100             |                 # counts; an obligation in hours
        M2          | means           |                 |                 |                 # does not count; kind unknown
        M3          | means           | yes             | 0               | means           # as the source says
        M4          | execution       | no              |                 | percent
    """)
    release = publish_rows(tmp_path, contracts, [])
    lots = duckdb.read_parquet(str(release.file("contracts.parquet")))
    assert lots.project("contract_id, counts_in_total, obligation_kind").fetchall() == [
        ("M1", True, "hours"),
        ("M2", False, None),
        ("M3", True, "means"),
        ("M4", False, "percent"),
    ]
