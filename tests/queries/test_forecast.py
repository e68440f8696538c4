"""When a milestone will be reached: the method against its naive second implementation, then its edge cases, one by one.

Data date: 31 October 2026, two months of lag. August 2026 is the last complete month.
"""

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from data.codes import ClauseCategory
from data.reference import communes
from data.settings import Milestone
from queries.engine import Database
from queries.open_release import open_release
from queries.scope import Scope
from tests.extracts import contract, entry, publish_rows
from tests.queries.asking import EVERYTHING, Opened, Row, answer, milestone, milestones, month
from tests.queries.naive import Naive
from tests.queries.naive_forecast import dates, later, outlook

# Long histories, most of them with a release of their own: 0.7 s each.
pytestmark = pytest.mark.slow

LAST = month("2026-08")
AS_OF = dt.date(2026, 10, 31)
CLIENTS = ("C1", "C2", "C3")
CLAUSES = {"execution": ClauseCategory.EXECUTION, "reserved_iae": ClauseCategory.RESERVED_IAE}


# Against the naive one, on histories of some to many years


def history(seed: int) -> tuple[list[Row], list[Row]]:
    """Lots of three clients and two clauses, one line a month, from few years to twelve, some with pauses and corrections."""
    die = Random(seed)
    lots: list[Row] = []
    lines: list[Row] = []
    for n in range(8):
        lot = contract(
            contract_id=f"M{n}", client_id=die.choice(CLIENTS), clause_category=die.choice(list(CLAUSES)),
            hours_committed=Decimal(die.randrange(1000, 9000)), notified_on=dt.date(2014 + n, 3, 5),
            counts_in_total=die.random() < 0.9, status=die.choice(["running", "closed"]),
        )  # fmt: skip
        lots.append(lot)
        first = die.choice([8, 30, 34, 35, 36, 37, 60, 150])
        level, pause = die.uniform(20, 400), die.choice([0, 0, 0.02, 0.3])
        for ago in range(-2, first):
            level *= math.exp(die.gauss(0, 0.1))
            if die.random() >= pause:
                hours = Decimal(round(level * 4)) / 4 * (-1 if die.random() < 0.01 else 1)
                lines.append(
                    entry(
                        entry_id=f"E{len(lines)}", contract_id=f"M{n}", month=later(LAST, -ago), hours_validated=hours
                    )
                )
    return lots, lines


def targets(die: Random, lines: list[Row]) -> list[Milestone]:
    done = int(sum(line["hours_validated"] for line in lines))

    def target(id: str, part: float, **narrowing: Any) -> Milestone:
        return milestone(max(1, round(done * part * die.uniform(0.9, 1.6))), id, **narrowing)

    due = dt.date(2026, 11, 1) + dt.timedelta(days=die.randrange(2500))
    return [
        target("all", 1), target("soon", 1, due_on=due), target("far", 9), target("past", 2, due_on=dt.date(2026, 1, 31)),
        *(target(client, 0.35, client=client, due_on=die.choice([None, due])) for client in CLIENTS),
        *(target(clause, 0.5, clause_category=CLAUSES[clause]) for clause in CLAUSES),
        *(target(f"year {year}", 0.1, year=year) for year in (2025, 2026, 2027)),
        milestone(die.randrange(9000, 60000), "committed", measure="committed", due_on=die.choice([None, due])),
    ]  # fmt: skip


SCOPES = (
    EVERYTHING, Scope(first_year=2020), Scope(clients=("C1",)), Scope(clients=("C2", "C3"), include_uncounted=True),
    Scope(clause_categories=("execution",)), Scope(clients=()),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_two_implementations_agree_on_long_histories(seed: int, tmp_path: Path) -> None:
    lots, lines = history(seed)
    settings = milestones(*targets(Random(seed), lines), opening=700)
    database = open_release.__wrapped__(publish_rows(tmp_path, lots, lines, as_of=AS_OF), settings)
    naive = Naive(
        contracts=lots, hours=lines, settings=settings, data_as_of=AS_OF,
        population={commune.code: commune.population for commune in communes()},
    )  # fmt: skip
    for scope in SCOPES:
        found = {row["milestone"]: row for row in answer(database, "milestone_progress", scope)}
        for row in naive.milestone_progress(scope):
            got = {key: found[row["milestone"]][key] for key in row}
            close = {key: pytest.approx(value) if isinstance(value, float) else value for key, value in row.items()}
            assert got == close, f"{row['milestone']} under {scope}"
        check_fan(database, naive, scope)
        check_backtest(database, naive, scope)


def series(naive: Naive, entry: Milestone, scope: Scope) -> list[float]:
    """Hours of the complete months, the first of the release first."""
    lots = {lot["contract_id"]: lot for lot in naive.lots_of(scope)}
    lines = naive.lines_of(scope, years=False)
    return [
        float(
            sum(
                line["hours_validated"] for line in lines
                if line["month"] == at and entry.client in (None, lots[line["contract_id"]]["client_id"])
                and entry.clause_category in (None, lots[line["contract_id"]]["clause_category"])
            )
        )
        for at in naive.months if at <= LAST
    ]  # fmt: skip


def check_fan(database: Database, naive: Naive, scope: Scope) -> None:
    rows = answer(database, "milestone_progress", scope)
    fan = answer(database, "milestone_fan", scope)
    dated = [row for row in rows if row["projected_month"]]
    assert {row["milestone"] for row in fan} == {row["milestone"] for row in dated}
    for row in dated:
        own = [step for step in fan if step["milestone"] == row["milestone"]]
        latest = row["projected_latest"]
        last = min(60, 60 if latest is None else (latest.year - 2026) * 12 + latest.month - 8 + 6)
        assert [step["month"] for step in own] == [later(LAST, k) for k in range(last + 1)]
        low = -math.inf
        for k, step in enumerate(own):
            z = 1.5 if row["obstacle"] == "some_idle_months" else 1

            def ahead(z: float, k: int = k, row: Row = row) -> float:
                pace = float(row["pace_hours"]) / 12
                return float(row["complete_hours"]) + k * pace * math.exp(z * row["spread_ratio"] * math.sqrt(k / 12))

            low = max(low, ahead(-z))
            expected = [low, ahead(0), ahead(z)]
            got = [float(step[name]) for name in ("low_hours", "middle_hours", "high_hours")]
            assert got == pytest.approx(expected, abs=0.006)


def check_backtest(database: Database, naive: Naive, scope: Scope) -> None:
    progress = {row["milestone"]: row for row in answer(database, "milestone_progress", scope)}
    rows = answer(database, "milestone_backtest", scope)
    for entry_ in naive.settings.milestones:
        row, own = progress[entry_.id], [past for past in rows if past["milestone"] == entry_.id]
        if entry_.measure == "committed":
            continue
        if entry_.year or row["status"] == "reached":
            assert own == []
            continue
        hours, expected = series(naive, entry_, scope), []
        distance = -float(row["gap_hours"])
        for end in range(len(hours) - 12, 0, -12):
            found = dates(outlook(hours[:end]), distance)
            if isinstance(found, str):
                continue
            asked = later(LAST, end - len(hours))
            assert asked is not None
            took = next(
                (k for k in range(1, len(hours) - end + 1) if sum(hours[end : end + k]) >= distance - 1e-9), None
            )
            known = len(hours) - end
            inside = None
            if took is not None:
                inside = found.earliest <= took and (found.latest is None or took <= found.latest)
            elif found.latest is not None and found.latest <= known:
                inside = False
            elif found.latest is None and found.earliest <= known:
                inside = True
            expected.append(
                (asked, later(asked, found.earliest), later(asked, found.latest), later(asked, took), inside)
            )
        columns = ("asked_month", "earliest", "latest", "happened", "inside")
        assert [tuple(past[name] for name in columns) for past in own] == expected[::-1], f"{entry_.id} under {scope}"
        for past in own:
            assert past["known_dates"] == sum(one[4] is not None for one in expected)
            assert past["inside_dates"] == sum(bool(one[4]) for one in expected)


# Edge cases. Text tables of one lot: the expectation is written out.


def monthly(hours: Sequence[float | None], last: dt.date = LAST) -> str:
    """One line a month, the last one in `last`; None is a month without a line."""
    lines = [f"{later(last, n - len(hours) + 1):%Y-%m} | {value}" for n, value in enumerate(hours) if value is not None]
    return "month | hours_validated\n" + "\n".join(lines)


def said(
    opened: Opened, hours: Sequence[float | None], missing: float, *, provisional: float = 0, **narrowing: Any
) -> Row:
    """The milestone that lies so many hours beyond the complete months, after a line of October that is not complete."""
    done = sum(value or 0 for value in hours)
    target = Milestone(id="jalon", name="jalon", target_hours=Decimal(str(done + missing)), **narrowing)
    lines = monthly(hours) + f"\n2026-10 | {provisional}"
    (row,) = answer(opened("contract_id\nM1", lines, settings=milestones(target)), "milestone_progress")
    return row


def interval(row: Row) -> tuple[Any, ...]:
    return row["projected_earliest"], row["projected_month"], row["projected_latest"]


STEADY: list[float | None] = [100.0] * 48


def test_a_steady_pace_has_the_smallest_spread(opened: Opened) -> None:
    row = said(opened, STEADY, 1200)
    assert (row["spread_ratio"], row["pace_hours"], row["pace_per_month"], row["history_months"]) == (
        0.05,
        1200,
        100,
        48,
    )
    # 100 a month: twelve months. 11 · 100 · exp(0.05 · sqrt(11/12)) = 1 154; 12 months: 1 262. Low end, 12 months: 1 141; 13: 1 234.
    assert interval(row) == (month("2027-08"), month("2027-08"), month("2027-09"))
    assert (row["status"], row["not_before"], row["obstacle"]) == ("projected", None, None)


def test_the_spread_is_that_of_the_months_and_of_the_years(opened: Opened) -> None:
    # Two years at 100, then two at 120: A[24] … A[48] over the year before: 1; 1 200 + 20 n over 1 200 for n to 12; then 1 440 over
    # 1 440 - 20 n. cv = 0: the last 24 months are all at 120.
    row = said(opened, [100.0] * 24 + [120.0] * 24, 1440)
    rises = [math.log((1200 + 20 * n) / 1200) ** 2 for n in range(1, 13)]
    falls = [math.log(1440 / (1200 + 20 * n)) ** 2 for n in range(1, 13)]
    n, v = 25 / 12, (0 + sum(rises) + sum(falls)) / 25
    assert row["spread_ratio"] == pytest.approx(math.sqrt(n * v / (1 + n)))


@pytest.mark.parametrize(("months", "status"), [(1, "too_early"), (35, "too_early"), (36, "projected")])
def test_a_date_needs_36_complete_months(opened: Opened, months: int, status: str) -> None:
    row = said(opened, [100.0] * months, 600)
    assert (row["status"], row["history_months"]) == (status, months)
    assert (row["projected_month"] is None) == (row["obstacle"] == "short_history") == (status == "too_early")


def test_a_whole_month_is_exact(opened: Opened) -> None:
    # The first hours came in cents: 12 · 33.33 a year, 99.99 in three months, one cent more in four.
    hours: list[float | None] = [33.33] * 40
    assert said(opened, hours, 99.99)["projected_month"] == month("2026-11")
    assert said(opened, hours, 100)["projected_month"] == month("2026-12")


def test_ten_times_the_hours_give_the_same_dates(opened: Opened) -> None:
    die = Random(1)
    hours: list[float | None] = [float(die.randrange(50, 200)) for _ in range(70)]
    ten: list[float | None] = [10 * (value or 0) for value in hours]
    first, second = said(opened, hours, 3000), said(opened, ten, 30_000)
    assert interval(first) == interval(second)
    assert first["spread_ratio"] == pytest.approx(second["spread_ratio"])


def test_a_steadier_history_never_widens(opened: Opened) -> None:
    die = Random(2)
    half = [die.uniform(-1, 1) for _ in range(6)]
    moves = [*half, *(-move for move in half)] * 5  # each year has the same total
    widths = []
    for part in (0.6, 0.3, 0.1, 0.0):
        row = said(opened, [round(100 * (1 + part * move), 2) for move in moves], 4000)
        widths.append((row["projected_latest"] - row["projected_earliest"], row["spread_ratio"]))
    assert widths == sorted(widths, reverse=True)


def test_hours_of_nothing_are_no_date(opened: Opened) -> None:
    for lines in ("month | hours_validated\n2026-10 | 0", "month | hours_validated | status\n2026-10 | | declared"):
        (row,) = answer(opened("contract_id\nM1", lines, settings=milestones(milestone(100))), "milestone_progress")
        assert (row["status"], row["obstacle"], row["history_months"]) == ("not_projectable", "no_hours", 0)
        assert interval(row) == (None, None, None)


def test_a_milestone_without_any_hour_stays_in_the_answer(opened: Opened) -> None:
    settings = milestones(milestone(10, client="C2"), milestone(20, "all"))
    database = opened("contract_id\nM1", monthly(STEADY), settings=settings)
    rows = {row["milestone"]: row for row in answer(database, "milestone_progress")}
    assert (rows["jalon"]["hours_to_date"], rows["jalon"]["obstacle"]) == (0, "no_hours")
    assert rows["all"]["status"] == "reached"


def test_one_negative_month_leaves_only_a_first_month(opened: Opened) -> None:
    row = said(opened, [*STEADY[:40], -20.0, *STEADY[41:]], 1000)
    assert (row["status"], row["obstacle"]) == ("not_before", "some_idle_months")
    assert row["projected_latest"] is None
    # z is 1.5 then.
    assert row["not_before"] == row["projected_earliest"] <= row["projected_month"]


@pytest.mark.parametrize(("idle", "obstacle"), [(6, "some_idle_months"), (7, "idle_months")])
def test_more_than_six_months_of_nothing_in_two_years_are_no_date(opened: Opened, idle: int, obstacle: str) -> None:
    row = said(opened, [*STEADY[:30], *[None] * idle, *STEADY[: 18 - idle]], 1000)
    assert row["obstacle"] == obstacle
    assert row["status"] == ("not_projectable" if idle > 6 else "not_before")


def test_no_hours_in_twelve_months_are_no_pace(opened: Opened) -> None:
    row = said(opened, [*STEADY, *[None] * 11, -5.0], 1000, provisional=1)
    assert (row["pace_hours"], row["obstacle"], row["status"]) == (-5, "no_pace", "not_projectable")


def test_forty_years_away_is_no_date(opened: Opened) -> None:
    row = said(opened, STEADY, 48_000)
    assert (row["obstacle"], row["status"], row["projected_month"]) == ("beyond_ten_years", "not_projectable", None)
    # With a date to keep, the pace is plainly too slow for it: late, without any date of its own.
    row = said(opened, STEADY, 48_000, due_on=dt.date(2029, 12, 31))
    assert (row["status"], row["projected_month"]) == ("late", None)


def test_ten_years_are_the_last_that_a_date_is_given_for(opened: Opened) -> None:
    assert said(opened, STEADY, 12_000)["projected_month"] == month("2036-08")
    assert said(opened, STEADY, 12_001)["obstacle"] == "beyond_ten_years"


def test_a_client_that_stopped_declaring_has_no_date(opened: Opened) -> None:
    contracts = "contract_id | client_id\nM1 | C1\nM2 | C2"
    lines = "contract_id | month | hours_validated\n" + "\n".join(
        f"{contract_id} | {later(month(last), -n):%Y-%m} | 100"
        for contract_id, last in (("M1", "2026-06"), ("M2", "2026-10")) for n in range(50)
    )  # fmt: skip
    settings = milestones(
        milestone(9000, "C1", client="C1"), milestone(90_000, "all"), milestone(8000, "C2", client="C2")
    )
    rows = {row["milestone"]: row for row in answer(opened(contracts, lines, settings=settings), "milestone_progress")}
    # Four months behind the data date, three are allowed.
    assert (rows["C1"]["obstacle"], rows["C1"]["last_declared_month"]) == ("late_declarations", month("2026-06"))
    assert rows["C1"]["status"] == "not_projectable"
    assert rows["C2"]["status"] == "projected"
    assert rows["all"]["obstacle"] != "late_declarations"


def test_what_provisional_months_reached_is_reached(opened: Opened) -> None:
    row = said(opened, STEADY, 3, provisional=3)
    assert (row["status"], row["crossed_month"], row["projected_month"]) == ("reached", month("2026-10"), None)


def test_fallen_back_after_corrections_is_not_reached(opened: Opened) -> None:
    row = said(opened, STEADY, -50, provisional=-80)
    assert (row["crossed_month"], row["status"], row["gap_hours"]) == (month("2026-08"), "projected", -30)
    # The complete months had reached it: the next one does.
    assert row["projected_earliest"] == row["projected_month"] == month("2026-09")


def test_a_date_to_keep_is_judged_by_how_many_spreads_the_pace_leaves(opened: Opened) -> None:
    # 1 200 missing at 100 a month. Twelve months have a spread of 0.05, so that "ahead" needs 1 200 · exp(0.05) = 1 262 in them.
    statuses = {
        "2027-06-30": "late",  # 10 months, 1 000: ln(1000 / 1200) is four spreads below
        "2027-08-30": "late",  # August is not over: 11 months, 1 100, ln(11 / 12) = -0.087 of 0.048
        "2027-08-31": "on_track",  # 12 months, exactly
        "2027-09-30": "ahead",  # 13 months: ln(13 / 12) = 0.080 of 0.052
    }
    assert {
        due: said(opened, STEADY, 1200, due_on=dt.date.fromisoformat(due))["status"] for due in statuses
    } == statuses
    # A little short: 1 220 in twelve months is a third of a spread below.
    assert said(opened, STEADY, 1220, due_on=dt.date(2027, 8, 31))["status"] == "too_early"


@pytest.mark.parametrize(("due", "status"), [("2026-10-30", "missed"), ("2026-10-31", "late")])
def test_a_date_that_is_past_is_missed(opened: Opened, due: str, status: str) -> None:
    assert said(opened, STEADY, 1200, due_on=dt.date.fromisoformat(due))["status"] == status
    assert said(opened, [5.0], 1200, due_on=dt.date(2026, 1, 31))["status"] == "missed"  # whatever its history


def test_what_a_date_to_keep_needs_each_month(opened: Opened) -> None:
    row = said(opened, STEADY, 1280, due_on=dt.date(2027, 6, 30))
    assert (row["months_left"], row["needed_per_month"], row["needed_more_per_month"]) == (10, 128, 28)
    assert row["needed_change_ratio"] == pytest.approx(0.28)
    expected = 128 * math.exp(0.05 * math.sqrt(10 / 12))
    assert float(row["needed_for_sure_per_month"]) == pytest.approx(expected, abs=0.005)
    assert said(opened, STEADY, 1280)["needed_per_month"] is None


def test_a_year_is_judged_on_the_months_left(opened: Opened) -> None:
    # 800 done in eight months of 2026, four left: 400 more at that pace. Width: 1.28 · 0.05 · sqrt(16 / 24) = 0.0523.
    def of_year(target: int, year: int = 2026, hours: list[float | None] = STEADY) -> Row:
        lines = monthly(hours) + "\n2026-10 | 3"
        settings = milestones(milestone(target, year=year))
        (row,) = answer(opened("contract_id\nM1", lines, settings=settings), "milestone_progress")
        return row

    statuses = {
        803: "reached",
        1178: "ahead",  # 378 missing: ln(400 / 378) = 0.0566
        1200: "on_track",
        1201: "too_early",
        1222: "late",  # 422 missing: ln(400 / 422) = -0.0535
    }
    assert {target: of_year(target)["status"] for target in statuses} == statuses
    row = of_year(1201)
    assert (row["complete_months"], row["months_left"], row["needed_per_month"]) == (8, 4, Decimal("100.25"))
    width = 1.28 * 0.05 * math.sqrt(16 / 24)
    ends = [float(row["year_low_hours"]), float(row["year_high_hours"])]
    assert ends == pytest.approx([800 + 400 * math.exp(-width), 800 + 400 * math.exp(width)], abs=0.005)
    assert interval(row) == (None, None, None)
    assert of_year(1300, 2025)["status"] == "missed"
    assert of_year(1300, 2022)["status"] == "missed"
    # The months of the year before this one ends lie between: sqrt(28 / 24).
    assert (of_year(1300, 2027)["status"], of_year(1300, 2027)["complete_months"]) == ("late", 0)
    assert of_year(1300, 2026, STEADY[:30])["status"] == "too_early"


def test_more_hours_each_month_bring_the_date_forward(opened: Opened) -> None:
    database = opened("contract_id\nM1", monthly(STEADY), settings=milestones(milestone(4800 + 1200)))
    (now,), (more,) = answer(database, "milestone_what_if"), answer(database, "milestone_what_if", extra_hours="20")
    assert now["projected_month"] == month("2027-08")
    assert (more["projected_month"], more["status"]) == (month("2027-06"), "projected")  # 1 200 at 120


def test_what_running_lots_still_owe(opened: Opened) -> None:
    contracts = """
        contract_id | client_id | hours_committed | status  | ends_on
        M1          | C1        | 1000            | running | 2027-02-28   # 990 owed over four months
        M2          | C1        | 600             | running | 2026-11-30   # 600 in one
        M3          | C2        | 500             | running |              # no end
        M4          | C2        | 400             | running | 2026-10-01   # past
        M5          | C2        | 5               | running | 2027-10-01   # met
        M6          | C2        | 700             | closed  | 2027-10-01
        M7          | C2        |                 | running | 2027-10-01   # unknown
    """
    lines = "contract_id | month | hours_validated\nM1 | 2026-10 | 10\nM5 | 2026-08 | 9"
    settings = milestones(milestone(10_000, "all"), milestone(10_000, "C1", client="C1"))
    database = opened(contracts, lines, settings=settings)
    rows = [tuple(row.values()) for row in answer(database, "hours_still_owed")]
    part = Decimal("247.50")
    assert rows == [
        (month("2026-11"), part + 600, part + 600, 2),
        (month("2026-12"), part, 2 * part + 600, 1),
        (month("2027-01"), part, 3 * part + 600, 1),
        (month("2027-02"), part, 990 + 600, 1),
        (None, 900, 990 + 600 + 900, 2),
    ]
    owed = {row["milestone"]: row["still_owed_hours"] for row in answer(database, "milestone_progress")}
    assert owed == {"all": 2490, "C1": 1590}


def test_hours_that_stopped_are_said_even_of_a_short_history(opened: Opened) -> None:
    lines = "month | hours_validated\n" + "\n".join(f"{later(month('2024-07'), n):%Y-%m} | 100" for n in range(12))
    (row,) = answer(opened("contract_id\nM1", lines, settings=milestones(milestone(2000))), "milestone_progress")
    assert (row["pace_hours"], row["status"], row["obstacle"]) == (0, "not_projectable", "late_declarations")
    assert (row["last_declared_month"], row["last_complete_month"]) == (month("2025-06"), LAST)


# A steady history, by hand: 100 h in each of the 48 months up to August 2026, so that the spread is the least there is (0.05)


@pytest.fixture(scope="module")
def steady(opened: Opened) -> Database:
    lines = "\n".join(f"E{n} | M1 | {later(LAST, -n):%Y-%m} | 100" for n in range(48))
    return opened(
        "contract_id\nM1",
        f"entry_id | contract_id | month | hours_validated\n{lines}",
        settings=milestones(milestone(6000)),
        as_of=AS_OF,
    )


def test_the_fan_opens_with_the_root_of_time(steady: Database) -> None:
    fan = {row["month"]: row for row in answer(steady, "milestone_fan")}
    year_later = fan[month("2027-08")]
    # 4800 + 1200 = 6000; 4800 + 1200 × exp(∓0.05) = 4800 + 1141.48 and 4800 + 1261.53
    assert [float(year_later[name]) for name in ("low_hours", "middle_hours", "high_hours")] == [5941.48, 6000, 6061.53]
    # 1200 h are missing: the low end has them in September 2027 (1300 × exp(−0.052) = 1234); the fan goes six months further
    assert (min(fan), max(fan)) == (month("2026-08"), month("2028-03"))


def test_a_hundred_hours_more_a_month_halve_the_time(steady: Database) -> None:
    (now,) = answer(steady, "milestone_what_if")
    (more,) = answer(steady, "milestone_what_if", extra_hours="100")
    assert now["projected_month"] == dt.date(2027, 8, 1)  # 1200 h at 100 h a month
    assert more["projected_month"] == dt.date(2027, 2, 1)  # at 200 h a month
