"""What calls for attention since the release before, worked by hand: each event once, in its order, within rights and filters."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.codes import AlertEvent, Role
from data.release.releases import Release
from data.settings import Settings
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.queries.asking import SETTINGS, milestone

LOTS = """
    contract_id | client_id | hours_committed | starts_on  | ends_on    | status
    STEADY      | A         | 1000            | 2025-01-01 | 2027-12-31 | running
    SLOW        | B         | 1000            | 2026-01-01 | 2027-12-31 | running
    SHORT       | B         | 100             | 2025-01-01 | 2026-04-30 | running
    IDLE        | C         | 100             | 2026-01-01 | 2027-12-31 | running
"""
BEFORE = """
    contract_id | month   | hours_validated
    STEADY      | 2026-01 | 400
    SLOW        | 2026-01 | 100
    SHORT       | 2026-01 | 50
    IDLE        | 2026-03 | 1
"""
AFTER = (
    BEFORE
    + """
    STEADY      | 2026-07 | 500
"""
)
SETTINGS_HERE: Settings = replace(SETTINGS, milestones=(milestone(1000, "mille"), milestone(90_000, "loin")))


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Release, Release]]:
    folder = tmp_path_factory.mktemp("alerts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
        lots = contracts_table(LOTS)
        first = publish_rows(folder, lots, hours_table(BEFORE), as_of=dt.date(2026, 3, 31))
        yield first, publish_rows(folder, lots, hours_table(AFTER), as_of=dt.date(2026, 9, 30))


def events(
    release: Release, scope: Scope | None = None, role: Role = Role.SERVICE, **rows: tuple[str, ...]
) -> list[Any]:
    access = Access(database=open_release(release, SETTINGS_HERE), rights=Rights(role=role, **rows))
    found = access.ask("alerts_since", scope or Scope()).to_pylist()
    return [(row["alert_event"], row["milestone"] or row["contract_id"] or row["client_id"]) for row in found]


def test_each_event_is_said_once_in_its_order(releases: tuple[Release, Release]) -> None:
    # 400 + 100 + 50 + 1 = 551 h before, 1 051 after: the thousandth is crossed in July.
    # At the end of July SLOW should have 291 of its 1 000 h, and has 100; SHORT ended at 50 of 100. STEADY has 900 of 1 000.
    # IDLE has 1 h of 29. A declared in July (2 months ago); B last in January, C in March: more than 3 months.
    assert events(releases[1]) == [
        ("new_release", None),
        ("milestone_reached", "mille"),
        ("client_late", "B"),
        ("client_late", "C"),
        ("lot_behind", "SLOW"),
        ("lot_behind", "IDLE"),
        ("lot_ended_short", "SHORT"),
    ]


def test_columns_say_when_and_how_much(releases: tuple[Release, Release]) -> None:
    rows = open_release(releases[1], SETTINGS_HERE).ask("alerts_since", Scope()).to_pylist()
    reached = next(row for row in rows if row["milestone"] == "mille")
    assert (reached["month"], reached["hours"]) == (dt.date(2026, 7, 1), 1000)
    short = next(row for row in rows if row["contract_id"] == "SHORT")
    assert (short["ends_on"], short["hours"], short["client_name"]) == (dt.date(2026, 4, 30), Decimal(50), "Client B")


def test_without_a_release_before_there_is_nothing(releases: tuple[Release, Release]) -> None:
    assert events(releases[0]) == []


@pytest.mark.parametrize(
    ("scope", "rows", "expected"),
    [
        (Scope(clients=("C",)), {}, [("client_late", "C"), ("lot_behind", "IDLE")]),
        (Scope(), {"clients": ("B",)}, [("client_late", "B"), ("lot_behind", "SLOW"), ("lot_ended_short", "SHORT")]),
        (Scope(clients=("A",)), {"clients": ("B",)}, []),
        (Scope(), {"clients": ()}, []),
    ],
)
def test_filters_and_rights(
    releases: tuple[Release, Release], scope: Scope, rows: dict[str, tuple[str, ...]], expected: list[Any]
) -> None:
    """Milestones of the whole are of nobody who sees or asks for a part."""
    assert events(releases[1], scope, Role.SERVICE, **rows) == [("new_release", None), *expected]


def test_the_same_release_again_has_no_event_but_itself(releases: tuple[Release, Release]) -> None:
    access = open_release(releases[1], SETTINGS_HERE)
    rows = access.ask("alerts_since", Scope(), since=releases[1].id).to_pylist()
    assert [row["alert_event"] for row in rows] == ["new_release"]


def test_highlights_count_the_events_of_a_kind_and_name_the_only_one(releases: tuple[Release, Release]) -> None:
    rows = open_release(releases[1], SETTINGS_HERE).ask("highlights_since", Scope()).to_pylist()
    names = ("alert_event", "events", "milestone", "contract_id", "client_name", "hours")
    # SLOW and IDLE are one kind: 211 of their 729 days are over, they should have 318.38 of 1 100 h and have 101. SHORT lacks 50.
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("milestone_reached", 1, "mille", None, None, 1000),
        ("client_late", 2, None, None, None, 0),
        ("lot_behind", 2, None, None, None, Decimal("318.38") - 101),
        ("lot_ended_short", 1, None, "SHORT", "Client B", 50),
    ]
    assert open_release(releases[0], SETTINGS_HERE).ask("highlights_since", Scope()).num_rows == 0


def steady(contract_id: str, first: tuple[int, int], last: tuple[int, int], hours: int) -> str:
    """The same hours in each month."""
    months = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    return "".join(f"{contract_id} | {month // 12}-{month % 12 + 1:02} | {hours}\n" for month in months)


def test_every_kind_of_event_has_its_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kinds that the case above has not, so that each has been seen once.

    YEARLY: 100 h a month until January 2026, none after; 1 100 h in 2026 are within reach at that pace, then not. LATELY: one month
    known, then forty-three at 100 h: 5 000 h have a date. ENDING: 40 of 100 h done 92 days before its end. EMPTY: no hour after 29 % of its time.
    """
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    lots = contracts_table("""
        contract_id | client_id | hours_committed | starts_on  | ends_on    | status
        YEARLY      | A         |                 | 2023-01-01 | 2028-12-31 | running
        LATELY      | B         |                 | 2023-01-01 | 2028-12-31 | running
        ENDING      | A         | 100             | 2025-01-01 | 2026-10-31 | running
        EMPTY       | B         | 100             | 2026-01-01 | 2027-12-31 | running
    """)
    head = "contract_id | month | hours_validated\n"
    before = head + steady("YEARLY", (2023, 1), (2026, 1), 100) + steady("ENDING", (2025, 6), (2025, 6), 40)
    first = before + steady("LATELY", (2026, 1), (2026, 1), 100)
    second = before + steady("YEARLY", (2026, 7), (2026, 7), 1) + steady("LATELY", (2023, 1), (2026, 7), 100)
    publish_rows(tmp_path, lots, hours_table(first), as_of=dt.date(2026, 3, 31))
    last = publish_rows(tmp_path, lots, hours_table(second), as_of=dt.date(2026, 9, 30))
    goals = (milestone(5000, "daté", client="B"), milestone(1100, "année", client="A", year=2026))
    access = open_release(last, replace(SETTINGS, milestones=goals))
    found = [
        (row["alert_event"], row["milestone"] or row["contract_id"])
        for row in access.ask("alerts_since", Scope()).to_pylist()
    ]
    assert found == [
        ("new_release", None),
        ("milestone_dated", "daté"),
        ("objective_out_of_reach", "année"),
        ("lot_ending", "ENDING"),
        ("lot_not_started", "EMPTY"),
    ]
    others = {"milestone_reached", "client_late", "lot_behind", "lot_ended_short"}
    assert {kind for kind, _ in found} | others == {str(kind) for kind in AlertEvent}
