"""What calls for attention since the release before, worked by hand: each event once, in its order, within rights and filters."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from data.codes import Role
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
