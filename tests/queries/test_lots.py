"""The expected pace of a lot, its gap and its alert, each at its boundary. Data date: 31 October 2026."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from data.settings import Alerts
from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import SETTINGS, Opened, Row, answer, month

# A hundred days to the data date are half of two hundred; twenty-five are a quarter of a hundred.
LOTS = """
    contract_id      | status    | hours_committed | starts_on  | ends_on
    half             | running   | 1000            | 2026-07-23 | 2027-02-08  # 100 of 200 days
    behind           | running   | 1000            | 2026-07-23 | 2027-02-08
    nearly behind    | running   | 1000            | 2026-07-23 | 2027-02-08
    quarter          | running   | 1000            | 2026-10-06 | 2027-01-14  # 25 of 100 days, no hours
    before a quarter | running   | 1000            | 2026-10-07 | 2027-01-15  # 24 of 100 days, no hours
    pending          | running   | 1000            | 2026-10-06 | 2027-01-14  # 25 of 100 days, hours pending only
    taken back       | running   | 1000            | 2026-10-06 | 2027-01-14  # 25 of 100 days, +50 and -50
    starts today     | running   | 1000            | 2026-10-31 | 2027-10-31
    to come          | running   | 1000            | 2027-01-01 | 2027-12-31
    ends today       | running   | 1000            | 2026-01-01 | 2026-10-31
    ends tomorrow    | running   | 1000            | 2026-01-01 | 2026-11-01
    one day          | running   | 1000            | 2026-10-31 | 2026-10-31
    exactly          | closed    | 1000            | 2025-01-01 | 2025-12-31
    short            | closed    | 1000            | 2025-01-01 | 2025-12-31
    closed early     | closed    | 1000            | 2026-01-01 | 2027-12-31
    over             | running   | 1000            | 2026-07-23 | 2027-02-08
    over at the end  | closed    | 1000            | 2025-01-01 | 2025-12-31
    no start         | running   | 1000            |            | 2027-12-31
    no end           | running   | 1000            | 2026-01-01 |
    no start, ended  | running   | 1000            |            | 2026-01-31
    unknown          | running   |                 | 2026-01-01 | 2026-03-31  # not rated: NULL committed
    nothing          | running   | 0               | 2026-01-01 | 2026-03-31  # not rated: 0 committed
    planned          | planned   | 1000            | 2026-01-01 | 2026-03-31  # not rated
    suspended        | suspended | 1000            | 2026-01-01 | 2026-03-31  # not rated
"""
LINES = """
    contract_id     | month   | hours_validated | hours_declared | status
    half            | 2026-08 | 500             | 500            | validated
    behind          | 2026-08 | 249.99          | 249.99         | validated   # just below half of 500
    nearly behind   | 2026-08 | 250             | 250            | validated   # half of 500
    pending         | 2026-10 |                 | 10             | declared
    taken back      | 2026-10 | 50              | 50             | validated
    taken back      | 2026-10 | -50             | -50            | corrected
    ends today      | 2026-10 | 999.99          | 999.99         | validated
    ends tomorrow   | 2026-10 | 999.99          | 999.99         | validated
    exactly         | 2025-10 | 1000            | 1000           | validated
    short           | 2025-10 | 999.99          | 999.99         | validated
    closed early    | 2026-02 | 900             | 900            | validated
    over            | 2026-08 | 1000.01         | 1000.01        | validated
    over at the end | 2025-10 | 2400            | 2400           | validated
    over at the end | 2026-01 | 0               | 70             | rejected    # the last line, though for nothing
    unknown         | 2026-02 | 50              | 50             | validated
    suspended       | 2026-02 | 50              | 50             | validated
"""


# No lag: the last complete month ends on the data date. Few days are a near end, so that the other alerts have their turn.
AT_ONCE = replace(
    SETTINGS,
    counting=replace(SETTINGS.counting, declaration_lag_months=0),
    alerts=Alerts(ending_soon_days=60),
)


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES, settings=AT_ONCE)


@pytest.fixture(scope="module")
def lots(database: Database) -> dict[str, Row]:
    return {row["contract_id"]: row for row in answer(database, "lots")}


@pytest.mark.parametrize(
    ("lot", "expected", "gap"),
    [
        ("half", 1000 * Decimal(100) / 200, 500 - 500),
        ("behind", 500, Decimal("249.99") - 500),
        ("quarter", 1000 * Decimal(25) / 100, 0 - 250),
        ("before a quarter", 240, 0 - 240),
        ("starts today", 0, 0),
        ("to come", 0, 0),  # never below 0
        ("ends today", 1000, Decimal("999.99") - 1000),
        ("ends tomorrow", Decimal("996.71"), Decimal("999.99") - Decimal("996.71")),  # 1000 × 303 ÷ 304
        ("one day", 1000, 0 - 1000),
        ("short", 1000, Decimal("999.99") - 1000),  # never above what was promised
        ("over at the end", 1000, 2400 - 1000),
        ("no start", None, None),
        ("no end", None, None),
        ("no start, ended", None, None),
        ("unknown", None, None),
        ("nothing", None, None),
        ("planned", None, None),
        ("suspended", None, None),
    ],
)
def test_expected_hours_are_the_obligation_by_the_share_of_time(
    lots: dict[str, Row], lot: str, expected: Decimal | None, gap: Decimal | None
) -> None:
    assert lots[lot]["expected_hours"] == expected
    assert lots[lot]["gap_hours"] == gap


@pytest.mark.parametrize(
    ("lot", "alert"),
    [
        ("half", "none"),
        ("behind", "behind"),
        ("nearly behind", "none"),
        ("quarter", "not_started"),
        ("before a quarter", "none"),  # no hours where 240 are expected, but too early for either alert
        ("pending", "behind"),  # somebody works there: the hours only wait for their validation
        ("taken back", "not_started"),
        ("starts today", "none"),
        ("to come", "none"),
        ("ends today", "ended_short"),
        ("ends tomorrow", "none"),
        ("one day", "ended_short"),
        ("exactly", "none"),
        ("short", "ended_short"),
        ("closed early", "ended_short"),  # closed is final, whatever its planned end
        ("over", "over"),
        ("over at the end", "over"),
        ("no start", "none"),
        ("no end", "none"),
        ("no start, ended", "ended_short"),
        ("unknown", "none"),
        ("nothing", "none"),
        ("planned", "none"),
        ("suspended", "none"),
    ],
)
def test_alerts_at_their_boundaries(lots: dict[str, Row], lot: str, alert: str) -> None:
    assert lots[lot]["alert"] == alert


def test_thresholds_are_the_authority_s(opened: Opened) -> None:
    alerts = Alerts(not_started_after=Decimal("0.24"), behind_below=Decimal("0.4"), ending_soon_days=0)
    settings = replace(AT_ONCE, alerts=alerts)
    rows = {row["contract_id"]: row for row in answer(opened(LOTS, LINES, settings=settings), "lots")}
    assert rows["before a quarter"]["alert"] == "not_started"
    assert rows["behind"]["alert"] == "none"


def test_days_left_are_counted_from_the_data_date(lots: dict[str, Row]) -> None:
    assert (lots["ends today"]["days_left"], lots["ends tomorrow"]["days_left"]) == (0, 1)
    assert lots["short"]["days_left"] == -304  # 31 December 2025
    assert lots["no end"]["days_left"] is None


def test_the_last_month_is_that_of_the_last_line(lots: dict[str, Row]) -> None:
    assert lots["over at the end"]["last_month"] == month("2026-01")
    assert lots["pending"]["last_month"] == month("2026-10")
    assert lots["planned"]["last_month"] is None


def test_those_furthest_behind_come_first(database: Database) -> None:
    rows = answer(database, "lots")
    gaps = [row["gap_hours"] for row in rows]
    known = [gap for gap in gaps if gap is not None]
    assert known == sorted(known)
    assert gaps == known + [None] * (len(gaps) - len(known))


def test_years_cut_the_hours_shown_not_the_pace(database: Database) -> None:
    before = {row["contract_id"]: row for row in answer(database, "lots", Scope(first_year=2027))}
    assert before["behind"]["hours_validated"] == 0
    assert before["behind"]["hours_to_date"] == Decimal("249.99")
    assert before["behind"]["alert"] == "behind"


SITE = """
    contract_id | status  | hours_committed | starts_on  | ends_on
    site        | running | 1000            | 2026-01-01 | 2026-12-31
    early       | running | 1000            | 2026-05-15 | 2026-06-30
    no dates    | running | 1000            |            |
    nothing yet | running | 1000            | 2026-09-01 | 2027-09-01
"""
SITE_LINES = """
    contract_id | month   | hours_validated | hours_declared | status
    site        | 2026-02 | 100             | 100            | validated
    site        | 2026-02 | 50              | 50             | validated
    site        | 2026-04 | -20             | -20            | corrected
    site        | 2026-10 |                 | 30             | declared
    early       | 2026-03 | 10              | 10             | validated   # before its start
    early       | 2026-08 | 10              | 10             | validated   # after its end
    no dates    | 2026-06 | 5               | 5              | validated
"""


@pytest.fixture(scope="module")
def site(opened: Opened) -> Database:
    return opened(SITE, SITE_LINES)


def lot_months(database: Database, contract_id: str, scope: Scope | None = None) -> list[Row]:
    return answer(database, "lot_months", scope or Scope(), contract_id=contract_id, lot_id="00")


def test_a_lot_month_by_month(site: Database) -> None:
    rows = lot_months(site, "site")
    assert [row["month"].month for row in rows] == list(range(2, 11))  # the release begins in February
    assert [row["cumulative_hours"] for row in rows] == [150, 150, 130, 130, 130, 130, 130, 130, 130]
    assert rows[-1]["hours_pending"] == 30
    assert rows[0]["expected_hours"] == Decimal("159.34")  # 1000 × 58 days ÷ 364, on 28 February


def test_a_lot_s_months_hold_all_its_hours(site: Database) -> None:
    rows = lot_months(site, "early")
    assert (rows[0]["month"], rows[-1]["month"]) == (month("2026-03"), month("2026-08"))
    assert [row["expected_hours"] for row in rows] == [0, 0, Decimal("347.83"), 1000, 1000, 1000]  # 16 of 46 days
    assert [row["month"] for row in lot_months(site, "no dates")] == [month(f"2026-{n:02d}") for n in range(6, 11)]
    assert {row["expected_hours"] for row in lot_months(site, "no dates")} == {None}


def test_the_last_months_of_running_lots(site: Database) -> None:
    rows = answer(site, "lot_last_months", Scope())
    of_site = [row for row in rows if row["contract_id"] == "site"]
    assert [row["month"].month for row in of_site] == list(range(2, 11))  # the release begins in February
    assert [row["hours_validated"] for row in of_site] == [150, 0, -20, 0, 0, 0, 0, 0, 0]
    assert [row["share_of_best"] for row in of_site][:3] == [1, 0, -20 / 150]
    assert {row["share_of_best"] for row in rows if row["contract_id"] == "nothing yet"} == {None}


def test_a_lot_without_hours_has_its_months(site: Database) -> None:
    rows = lot_months(site, "nothing yet")
    assert [row["month"] for row in rows] == [month("2026-09"), month("2026-10")]
    assert [row["cumulative_hours"] for row in rows] == [0, 0]


def test_a_lot_outside_the_scope_or_unheard_of_has_no_months(site: Database) -> None:
    assert lot_months(site, "site", Scope(clients=("another",))) == []
    assert lot_months(site, "unheard of") == []
    assert len(lot_months(site, "site", Scope(first_year=2030))) == 9  # a life is not cut by years


JUDGED = """
    contract_id  | status  | hours_committed | starts_on  | ends_on
    near         | running | 1000            | 2026-01-01 | 2026-12-29   # 120 days after 31 August
    not so near  | running | 1000            | 2026-01-01 | 2026-12-30
    nearly done  | running | 1000            | 2026-01-01 | 2026-12-29   # 5 % missing, not more
    over its end | running | 1000            | 2026-01-01 | 2026-09-15   # ended since, but its hours are still coming in
    ended        | running | 1000            | 2026-01-01 | 2026-08-31
    too late     | closed  | 1000            | 2026-01-01 | 2026-08-31   # closed: the hours of September are its last
    waiting      | running | 1000            | 2026-01-01 | 2028-01-01   # its only hours are of October, pending
    no dates     | running | 1000            |            |
"""
JUDGED_LINES = """
    contract_id  | month   | hours_validated | hours_declared | status
    near         | 2026-06 | 300             | 300            | validated
    near         | 2026-07 | 360             | 360            | validated
    near         | 2026-08 | 289             | 289            | validated
    near         | 2026-09 | 40              | 40             | validated    # provisional: not judged
    not so near  | 2026-06 | 949             | 949            | validated
    nearly done  | 2026-06 | 950             | 950            | validated
    over its end | 2026-06 | 900             | 900            | validated
    ended        | 2026-06 | 900             | 900            | validated
    ended        | 2026-09 | 100             | 100            | validated    # provisional: not judged
    too late     | 2026-06 | 900             | 900            | validated
    too late     | 2026-09 | 100             | 100            | validated
    waiting      | 2026-10 |                 | 10             | declared
    no dates     | 2026-03 | 10              | 10             | validated
"""


def test_lots_are_judged_at_the_end_of_the_last_complete_month(opened: Opened) -> None:
    """Data of 31 October, two months of lag: on 31 August, with the hours up to then."""
    rows = {row["contract_id"]: row for row in answer(opened(JUDGED, JUDGED_LINES), "lots")}
    assert {lot: row["alert"] for lot, row in rows.items()} == {
        "near": "ending",  # 949 of 1 000
        "not so near": "none",
        "nearly done": "none",
        "over its end": "ending",
        "ended": "ended_short",
        "too late": "none",
        "waiting": "behind",  # 243 of 730 days
        "no dates": "none",
    }
    # 242 of 362 days from 1 January to 29 December.
    assert (rows["near"]["hours_to_date"], rows["near"]["expected_hours"]) == (989, Decimal("668.51"))
    assert rows["near"]["gap_hours"] == 949 - Decimal("668.51")
    assert (rows["near"]["missing_hours"], rows["near"]["left_hours"]) == (1000 - 949, 1000 - 949)
    assert rows["ended"]["missing_hours"] == 100


def test_nothing_is_expected_without_dates(opened: Opened) -> None:
    rows = {row["contract_id"]: row for row in answer(opened(JUDGED, JUDGED_LINES), "lots")}
    (facts,) = answer(opened(JUDGED, JUDGED_LINES), "lot_facts", contract_id="no dates", lot_id="00")
    for row in (rows["no dates"], facts):
        for column in ("expected_hours", "gap_hours", "missing_hours", "needed_per_month", "pace_ratio"):
            assert row[column] is None, column


def test_the_effort_a_month_stands_beside_the_best_three_months(opened: Opened) -> None:
    rows = {row["contract_id"]: row for row in answer(opened(JUDGED, JUDGED_LINES), "lots")}
    # 51 h in 120 days, at 365.25 ÷ 12 days a month; 300 + 360 + 289 over three months, September not yet.
    assert (rows["near"]["needed_per_month"], rows["near"]["best_per_month"]) == (Decimal("12.94"), Decimal("316.33"))
    assert rows["over its end"]["needed_per_month"] == 100  # all of it within the 15 days
    assert rows["over its end"]["best_per_month"] == 300  # a single month with hours, of three
    assert (rows["ended"]["needed_per_month"], rows["too late"]["needed_per_month"]) == (None, None)
    assert rows["waiting"]["best_per_month"] is None


def test_alerts_are_counted_and_weighed(database: Database) -> None:
    """The sums of the list's choices; what is missing is counted to the pace, and to the obligation once a lot has ended."""
    found = {row["alert"]: row for row in answer(database, "lot_alerts")}
    assert [*found] == ["to_call", "ending", "not_started", "behind", "ended_short", "over", "none", "all"]
    counts = {alert: (row["lots"], row["running_lots"]) for alert, row in found.items()}
    assert counts == {
        "to_call": (0 + 2 + 2, 4),
        "ending": (0, 0),
        "not_started": (2, 2),  # quarter, taken back
        "behind": (2, 2),  # behind, pending
        "ended_short": (5, 3),  # ends today, one day, no start, ended; short and closed early are closed
        "over": (2, 1),
        "none": (13, 10),
        "all": (24, 18),
    }
    assert {row["judged_on"] for row in found.values()} == {dt.date(2026, 10, 31)}
    assert found["not_started"]["missing_hours"] == 250 + 250
    assert found["behind"]["missing_hours"] == Decimal("250.01") + 250
    assert found["to_call"]["missing_hours"] == 500 + Decimal("500.01")
    # Of the lot that has no start nothing is said.
    assert found["ended_short"]["missing_hours"] == Decimal("0.01") + 1000 + Decimal("0.01") + 100
    assert found["ended_short"]["running_missing_hours"] == Decimal("0.01") + 1000
    assert found["none"]["missing_hours"] == 250 + 240  # nearly behind, before a quarter
    assert found["over"]["missing_hours"] == 0


def test_the_days_and_the_part_of_a_near_end_are_the_authority_s(opened: Opened) -> None:
    for days, part, ending in ((121, "0.05", 3), (119, "0.05", 1), (120, "0.04", 3), (0, "0", 0)):
        alerts = Alerts(ending_soon_days=days, ending_missing_above=Decimal(part))
        rows = answer(opened(JUDGED, JUDGED_LINES, settings=replace(SETTINGS, alerts=alerts)), "lot_alerts")
        assert {row["alert"]: row["lots"] for row in rows}["ending"] == ending, (days, part)


def test_alerts_add_up_under_filters(database: Database) -> None:
    found = {row["alert"]: row["lots"] for row in answer(database, "lot_alerts", Scope(clients=("C1",)))}
    assert (
        found["all"]
        == sum(found[alert] for alert in ("ending", "not_started", "behind", "ended_short", "over", "none"))
        == 24
    )
    assert {row["lots"] for row in answer(database, "lot_alerts", Scope(clients=("another",)))} == {0}


FACTS = """
    contract_id | lot_id | execution_commune | hours_committed_initial | hours_committed | amendment_count | starts_on  | ends_on
    ours        | 01     | 76540             | 800                     | 1000            | 2               | 2026-07-23 | 2027-02-08
    ours        | 02     | 75056             |                         | 500             |                 | 2026-07-23 | 2027-02-08
    ours        | 03     |                   | 500                     |                 |                 | 2026-07-23 | 2027-02-08
"""
FACTS_LINES = """
    contract_id | lot_id | month   | employer_kind | hours_validated | hours_declared | status
    ours        | 01     | 2025-12 | ei            | 60              | 60             | validated
    ours        | 01     | 2026-01 | ei            | 40              | 40             | validated
    ours        | 01     | 2026-02 | etti          | 300             | 300            | validated
    ours        | 01     | 2026-03 |               | 100             | 100            | validated
    ours        | 01     | 2026-04 | geiq          |                 | 25             | declared
    ours        | 01     | 2026-05 | ai            | 0               | 30             | rejected
    ours        | 02     | 2026-01 | ai            | 7               | 7              | validated
"""


def facts(database: Database, lot_id: str, scope: Scope | None = None) -> list[Row]:
    return answer(database, "lot_facts", scope or Scope(), contract_id="ours", lot_id=lot_id)


def test_the_facts_of_a_lot(opened: Opened) -> None:
    database = opened(FACTS, FACTS_LINES, settings=AT_ONCE)
    (row,) = facts(database, "01")
    assert row["commune_name"] == "Rouen"
    assert row["amendment_hours"] == 200
    assert (row["hours_to_date"], row["pending_to_date"], row["expected_hours"]) == (500, 25, 500)
    assert (row["pace_ratio"], row["time_ratio"], row["completion_ratio"]) == (1, 0.5, 0.5)
    assert (row["alert"], row["missing_hours"]) == ("none", 0)
    (other,) = facts(database, "02")
    assert (other["commune_name"], other["amendment_hours"]) == ("Paris", None)
    (unknown,) = facts(database, "03")
    assert (unknown["commune_name"], unknown["amendment_hours"], unknown["pace_ratio"]) == (None, None, None)


def test_an_unknown_lot_or_one_outside_the_scope_has_no_facts(opened: Opened) -> None:
    database = opened(FACTS, FACTS_LINES)
    assert facts(database, "99") == []
    assert facts(database, "01", Scope(clients=("another",))) == []
    assert len(facts(database, "01", Scope(first_year=2030))) == 1


def test_a_lot_by_employer_kind(opened: Opened) -> None:
    rows = answer(opened(FACTS, FACTS_LINES), "lot_employers", contract_id="ours", lot_id="01")
    assert [
        (row["employer_kind"], row["hours_validated"], row["hours_pending"], row["share_ratio"]) for row in rows
    ] == [
        ("etti", 300, 0, 0.6),
        ("ei", 100, 0, 0.2),
        ("ai", 0, 0, 0.0),
        ("geiq", 0, 25, 0.0),
        (None, 100, 0, 0.2),
    ]


def test_lots_that_end_within_three_months_without_their_hours(database: Database) -> None:
    """From 31 October to 31 January: those of February are later, pending hours are not done."""
    rows = answer(database, "lots_ending_short")
    cent = Decimal("0.01")  # 1000 - 999.99
    assert [(row["contract_id"], row["left_hours"]) for row in rows if row["is_ending"]] == [
        ("ends today", cent),
        ("one day", 1000),
        ("ends tomorrow", cent),
        ("pending", 1000),
        ("quarter", 1000),
        ("taken back", 1000 - (50 - 50)),
        ("before a quarter", 1000),
    ]
    assert {row["ending_left_hours"] for row in rows} == {5 * 1000 + Decimal("0.02")}
    later = [row["contract_id"] for row in rows if not row["is_ending"]]
    assert later[:4] == ["no start, ended", "behind", "half", "nearly behind"]  # 31 January, then 8 February
    assert "over" not in later
