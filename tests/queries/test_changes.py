"""What changed between two releases, worked by hand: a late declaration, a correction, a lot that appeared, one that went."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.codes import Role
from data.release.earlier import comparable, served_before_it
from data.release.history import go_back
from data.release.releases import Release
from data.settings import DEFAULT_FILE, Revisions
from queries.__main__ import main
from queries.engine import Database
from queries.errors import QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.queries.asking import SETTINGS

LOTS = """
    contract_id | client_id | clause_category | execution_commune | counts_in_total | facilitator_code
    LATE        | A         | execution       | 76540             | true            | F1
    CUT         | B         | execution       | 76540             | true            | F2
    STILL       | B         | execution       | 76681             | true            | F2
    MOVED       | A         | execution       |                   | true            |
    MEANS       | B         | means           |                   | false           |
"""
GONE = "GONE | B | insertion | 76681 | true |"
NEW = "NEW  | C | insertion | 76681 | true |"
BEFORE = """
    contract_id | month   | hours_validated | employer_kind
    LATE        | 2020-03 | 100             | direct
    CUT         | 2020-03 | 50              | direct
    CUT         | 2021-03 | 70              | direct
    STILL       | 2021-05 | 7               | etti
    MOVED       | 2021-01 | 11              | direct
    MEANS       | 2021-01 | 1000            | direct
    GONE        | 2020-05 | 33              | direct
"""
AFTER = """
    contract_id | month   | hours_validated | employer_kind
    LATE        | 2020-03 | 100             | direct
    LATE        | 2020-04 | 25.50           | etti    # a late declaration
    CUT         | 2020-03 | 50              | direct
    CUT         | 2021-03 | 70              | direct
    CUT         | 2021-03 | -10             | direct  # a correction
    STILL       | 2021-05 | 7               | etti
    MOVED       | 2021-01 | 11              | direct  # now of another client
    MEANS       | 2021-01 | 900             | direct
    NEW         | 2020-05 | 12              | direct
"""
# client, clause, year: before, after, added, corrected, appeared, gone
ALL = [
    ("A", "execution", 2020, "100", "125.50", "25.50", "0", "0", "0"),
    ("B", "insertion", 2020, "33", "0", "0", "0", "0", "-33"),
    ("C", "insertion", 2020, "0", "12", "0", "0", "12", "0"),
    ("A", "execution", 2021, "11", "0", "0", "-11", "0", "0"),
    ("B", "execution", 2021, "77", "67", "0", "-10", "0", "0"),  # 70 + 7, then 70 − 10 + 7
    ("C", "execution", 2021, "0", "11", "11", "0", "0", "0"),
]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Release, Release]]:
    folder = tmp_path_factory.mktemp("changes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
        first = publish_rows(folder, contracts_table(LOTS + GONE), hours_table(BEFORE))
        later = LOTS.replace("MOVED       | A", "MOVED       | C") + NEW
        yield first, publish_rows(folder, contracts_table(later), hours_table(AFTER))


@pytest.fixture(scope="module")
def database(releases: tuple[Release, Release]) -> Database:
    return open_release(releases[1], SETTINGS)


def changes(asking: Database | Access, scope: Scope | None = None, **parameters: str) -> list[tuple[Any, ...]]:
    rows = asking.ask("changes_since", scope or Scope(), **parameters).to_pylist()
    for row in rows:
        assert row["change_hours"] == row["hours_after"] - row["hours_before"]
        assert row["change_hours"] == sum(row[f"{name}_hours"] for name in ("added", "corrected", "appeared", "gone"))
    names = ("client_id", "clause_category", "year", "hours_before", "hours_after")
    return [
        tuple(row[name] for name in (*names, "added_hours", "corrected_hours", "appeared_hours", "gone_hours"))
        for row in rows
    ]


def drawn(*rows: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return [(*row[:3], *map(Decimal, row[3:])) for row in rows]


def test_each_movement_is_one_row_with_its_cause(database: Database) -> None:
    assert changes(database) == drawn(*ALL)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(clients=("B",)), [ALL[1], ALL[4]]),
        (Scope(first_year=2021), ALL[3:]),
        (Scope(clause_categories=("insertion",)), ALL[1:3]),
        (Scope(execution_communes=("76681",)), ALL[1:3]),  # STILL has not moved
        (Scope(clients=()), []),
        (Scope(include_uncounted=True), [*ALL[:5], ("B", "means", 2021, "1000", "900", "0", "-100", "0", "0"), ALL[5]]),
        # Of LATE's hours only those of April are of that employer: within this filter the lot has just appeared.
        (Scope(employer_kinds=("etti",)), [("A", "execution", 2020, "0", "25.50", "0", "0", "25.50", "0")]),
    ],
)
def test_filters_apply_to_both_releases(database: Database, scope: Scope, expected: list[tuple[Any, ...]]) -> None:
    assert changes(database, scope) == drawn(*expected)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"clients": ("B",)}, [ALL[1], ALL[4]]),
        # The lot that came to C from A has appeared, for who sees C alone.
        ({"clients": ("C",)}, [ALL[2], ("C", "execution", 2021, "0", "11", "0", "0", "11", "0")]),
        ({"facilitators": ("F1",)}, [ALL[0]]),
        ({"execution_communes": ("76681",)}, ALL[1:3]),
        ({"clients": ()}, []),
    ],
)
def test_rights_apply_to_both_releases(
    database: Database, rows: dict[str, tuple[str, ...]], expected: list[tuple[Any, ...]]
) -> None:
    for role in (Role.SERVICE, Role.PUBLIC):
        limited = {name: values for name, values in rows.items() if name != "facilitators" or role is Role.SERVICE}
        if limited:
            access = Access(database=database, rights=Rights(role=role, **limited))
            assert changes(access) == drawn(*expected)
            with access.stream("changes_since", Scope()) as batches:
                assert batches.read_all().num_rows == len(expected)


def test_years_that_were_closed_are_revised_beyond_the_share_of_the_settings(releases: tuple[Release, Release]) -> None:
    def years(**chosen: Any) -> dict[int, tuple[Any, ...]]:
        database = open_release(releases[1], replace(SETTINGS, revisions=Revisions(**chosen)))
        rows = database.ask("changes_by_year", Scope()).to_pylist()
        names = ("hours_before", "hours_after", "change_hours", "was_closed", "is_consolidated", "is_revised")
        return {row["year"]: tuple(row[name] for name in names) for row in rows}

    # 2020: 100 + 50 + 33, then 125.50 + 50 + 12: 2.5 % more; 2021: 70 + 7 + 11, then 60 + 7 + 11: 11 % less.
    of_2020, of_2021 = (183, Decimal("187.50"), Decimal("4.50")), (88, 78, -10)
    assert years() == {2020: (*of_2020, True, False, True), 2021: (*of_2021, True, False, True)}
    assert years(noticeable=Decimal("0.05"), consolidated_until=2020) == {
        2020: (*of_2020, True, True, False),
        2021: (*of_2021, True, False, True),
    }
    (row,) = open_release(releases[1], SETTINGS).ask("changes_by_year", Scope(first_year=2021)).to_pylist()
    causes = ("added_hours", "corrected_hours", "appeared_hours", "gone_hours")
    # MOVED counts as fewer hours of A and more of C.
    assert [row[name] for name in causes] == [11, -21, 0, 0]
    assert row["change_ratio"] == pytest.approx(-10 / 88)


def test_a_running_year_is_not_revised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    lots = contracts_table("contract_id\nM1")
    for day, hours in ((dt.date(2026, 2, 27), 10), (dt.date(2026, 2, 28), 20)):
        # With two months of lag December is complete at the end of February, and not a day before.
        lines = hours_table(f"contract_id | month | hours_validated\nM1 | 2025-12 | {hours}")
        release = publish_rows(tmp_path, lots, lines, as_of=day)
    publish_rows(tmp_path, lots, hours_table("contract_id | month | hours_validated\nM1 | 2025-12 | 40"), as_of=day)

    def closed(release: Release) -> list[tuple[bool, bool]]:
        rows = open_release(release, SETTINGS).ask("changes_by_year", Scope()).to_pylist()
        return [(row["was_closed"], row["is_revised"]) for row in rows]

    assert closed(release) == [(False, False)]
    assert closed(comparable(release)[0]) == [(True, True)]


def test_totals_and_lots(database: Database, releases: tuple[Release, Release]) -> None:
    (total,) = database.ask("changes_total", Scope()).to_pylist()
    assert (total["earlier_release"], total["hours_before"], total["hours_after"]) == (
        releases[0].id,
        271,
        Decimal("265.50"),
    )
    assert (total["change_hours"], total["known_years_change_hours"]) == (Decimal("-5.50"), Decimal("-5.50"))
    assert (total["lots_appeared"], total["lots_gone"]) == (1, 1)
    lots = database.ask("changed_lots", Scope()).to_pylist()
    names = ("contract_id", "client_id", "lot_change", "change_hours", "first_year", "last_year")
    assert [tuple(lot[name] for name in names) for lot in lots] == [
        ("GONE", "B", "gone", -33, 2020, 2020),
        ("LATE", "A", "both", Decimal("25.50"), 2020, 2020),
        ("NEW", "C", "appeared", 12, 2020, 2020),
        ("CUT", "B", "both", -10, 2021, 2021),
        ("MOVED", "C", "both", 0, 2021, 2021),
    ]
    (nothing,) = open_release(releases[0], SETTINGS).ask("changes_total", Scope()).to_pylist()
    assert (nothing["earlier_release"], nothing["hours_before"], nothing["lots_appeared"]) == (None, 0, 0)
    assert open_release(releases[0], SETTINGS).ask("changed_lots", Scope()).num_rows == 0


def test_without_a_release_before_nothing_is_compared(releases: tuple[Release, Release]) -> None:
    assert served_before_it(releases[0]) is None
    assert changes(open_release(releases[0], SETTINGS)) == []


def test_any_release_that_served_may_be_named(database: Database, releases: tuple[Release, Release]) -> None:
    first, second = releases
    assert comparable(second) == (second, first)
    assert changes(database, since=first.id) == drawn(*ALL)
    assert changes(database, since=second.id) == []  # compared with itself
    (early, *_) = changes(open_release(first, SETTINGS), since=second.id)
    assert early[3:6] == (Decimal("125.50"), Decimal(100), Decimal(0))  # the other way round
    for unknown in ("nobody", "../current", first.id + "x"):
        with pytest.raises(QueryError):
            changes(database, since=unknown)


def test_a_release_that_was_withdrawn_is_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    lots = contracts_table("contract_id\nM1")
    first, withdrawn, third = (
        publish_rows(tmp_path, lots, hours_table(f"contract_id | month | hours_validated\nM1 | 2020-01 | {hours}"))
        if hours != 2
        else _published_and_withdrawn(tmp_path)
        for hours in (1, 2, 4)
    )
    assert comparable(third) == (third, first)
    ((*_, before, after, _added, _cut, _new, _gone),) = changes(open_release(third, SETTINGS))
    assert (before, after) == (1, 4)
    with pytest.raises(QueryError):
        changes(open_release(third, SETTINGS), since=withdrawn.id)


def _published_and_withdrawn(folder: Path) -> Release:
    lines = hours_table("contract_id | month | hours_validated\nM1 | 2020-01 | 2")
    release = publish_rows(folder, contracts_table("contract_id\nM1"), lines)
    assert go_back() != release
    return release


def test_the_shell_compares_with_the_release_before(
    releases: tuple[Release, Release], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(releases[0].path.parents[1]))
    monkeypatch.setenv("CAP_SETTINGS", str(DEFAULT_FILE))

    def told(*more: str) -> list[dict[str, Any]]:
        assert main(["changes_since", "--format", "json", *more]) == 0
        rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return rows

    assert told() == told("--since", releases[0].id)
    assert [(row["client_id"], row["year"], row["change_hours"]) for row in told("--client", "B")] == [
        ("B", 2020, -33),
        ("B", 2021, -10),
    ]
    assert main(["changes_since", "--since", "nobody"]) == 1
    assert "nobody n’est pas une publication conservée" in capsys.readouterr().err
    assert main(["hours_by_year", "--since", releases[0].id]) == 1
    assert releases[0].data_as_of == dt.date(2026, 10, 31)
