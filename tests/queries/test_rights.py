"""Rights: they only narrow, rows before any SQL, columns after it."""

import pyarrow as pa
import pytest

import queries
from data.codes import Role
from queries.access import Access
from queries.questions import question, questions
from queries.rights import ROLES, WITHHELD, Right, Rights
from queries.scope import Scope
from tests.queries.asking import Opened

LOTS = """
    contract_id | client_id | facilitator_code | execution_commune | contractor_name | hours_committed
    M1          | C1        | F1               | 76540             | Alpha           | 100
    M2          | C2        | F2               | 76540             | Beta            | 200
    M3          | C2        |                  |                   | Gamma           | 400
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-01 | 1
    M2          | 2020-01 | 2
    M3          | 2020-01 | 4
"""


def seen(opened: Opened, rights: Rights, scope: Scope | None = None) -> tuple[float, list[str]]:
    """Hours and lots that a reader gets."""
    access = Access(database=opened(LOTS, HOURS), rights=rights)
    (headline,) = queries.headline(access, scope or Scope()).to_pylist()
    lots = queries.lots(access, scope or Scope()).to_pylist()
    assert len(lots) == headline["lots"]
    return float(headline["hours_validated"]), sorted(lot["contract_id"] for lot in lots)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, (1 + 2 + 4, ["M1", "M2", "M3"])),
        ({"clients": ("C2",)}, (2 + 4, ["M2", "M3"])),
        ({"execution_communes": ("76540",)}, (1 + 2, ["M1", "M2"])),
        ({"facilitators": ("F1",)}, (1, ["M1"])),
        ({"clients": ("C2",), "execution_communes": ("76540",)}, (2, ["M2"])),
        ({"clients": ()}, (0, [])),
        ({"facilitators": ()}, (0, [])),
    ],
)
def test_rights_narrow_rows(
    opened: Opened, rows: dict[str, tuple[str, ...]], expected: tuple[float, list[str]]
) -> None:
    assert seen(opened, Rights(role=Role.SERVICE, **rows)) == expected


def test_a_filter_outside_the_rights_gives_nothing(opened: Opened) -> None:
    rights = Rights(role=Role.SERVICE, clients=("C2",))
    assert seen(opened, rights, Scope(clients=("C1",))) == (0, [])
    assert seen(opened, rights, Scope(clients=("C1", "C2"))) == (2 + 4, ["M2", "M3"])


def test_columns_that_the_role_may_not_see_are_empty(opened: Opened) -> None:
    database = opened(LOTS, HOURS)
    public = queries.lots(Access(database=database, rights=Rights(role=Role.PUBLIC)), Scope())
    full = queries.lots(Access(database=database, rights=Rights(role=Role.ANALYSTE)), Scope())
    assert public.schema == full.schema
    assert set(public.column("contractor_name").to_pylist()) == {None}
    assert set(full.column("contractor_name").to_pylist()) == {"Alpha", "Beta", "Gamma"}
    kept = [name for name in full.column_names if name not in WITHHELD]
    assert public.select(kept).equals(full.select(kept))
    assert isinstance(public, pa.Table)


def test_a_stream_is_held_to_the_same_rights(opened: Opened) -> None:
    access = Access(database=opened(LOTS, HOURS), rights=Rights(role=Role.PUBLIC, clients=("C2",)))
    with access.stream("lots", Scope()) as batches:
        streamed = batches.read_all()
    assert streamed.equals(queries.lots(access, Scope()))
    assert sorted(streamed.column("contract_id").to_pylist()) == ["M2", "M3"]
    assert set(streamed.column("contractor_name").to_pylist()) == {None}


def test_each_role_is_known() -> None:
    assert set(ROLES) == set(Role)
    assert not ROLES[Role.PUBLIC] & {Right.SQL, Right.COMPANIES, Right.PENALTIES, Right.DETAIL}


# Of C1 (mine) and C2 (theirs), the same things said in different words: what of theirs could be told apart.
MINE_AND_THEIRS = """
    contract_id | client_id | client_name | facilitator_code | execution_commune | contractor_name | subject  | contract_ref | hours_committed | notified_on
    mine1       | mine      | mine-name   | F-mine           | 76540             | mine-company    | mine-sub | mine-ref     | 100             | 2020-02-01
    theirs1     | theirs    | theirs-name | F-theirs         | 76681             | theirs-company  | theirs-s | theirs-ref   | 200             | 2020-02-01
"""
LINES_OF_BOTH = """
    contract_id | month   | hours_validated | participant_id
    mine1       | 2020-01 | 1               | person-1       # before the notification: an anomaly of each
    theirs1     | 2020-01 | 2               | person-2
    mine1       | 2020-03 | 8               | person-1
    theirs1     | 2020-03 | 16              | person-2
    theirs-gone | 2020-03 | 32              | person-2       # of no known lot
"""


@pytest.mark.parametrize("name", sorted(questions()))
@pytest.mark.parametrize("asked", [Scope(), Scope(clients=("theirs",)), Scope(client_types=("hopital",))])
def test_no_question_tells_of_a_client_outside_the_rights(opened: Opened, name: str, asked: Scope) -> None:
    database = opened(MINE_AND_THEIRS, LINES_OF_BOTH)
    parameters = {parameter.name: "" for parameter in question(name).parameters} | (
        {"contract_id": "theirs1", "lot_id": "00"}
        if {"contract_id", "lot_id"} <= {p.name for p in question(name).parameters}
        else {}
    )
    for rows in (
        {"clients": ("mine",)},
        {"execution_communes": ("76540",)},
        {"facilitators": ("F-mine",)},
        {"clients": ()},
    ):
        rights = Rights(role=Role.ADMINISTRATEUR, **rows)
        told = str(Access(database=database, rights=rights).ask(name, asked, **parameters).to_pylist())
        assert "theirs" not in told, rows
        assert "person-" not in told


@pytest.mark.parametrize("name", ["anomaly_lines", "filter_choices", "filter_names", "hours_by_client", "lots"])
def test_who_may_see_every_row_is_told_of_it(opened: Opened, name: str) -> None:
    access = Access(database=opened(MINE_AND_THEIRS, LINES_OF_BOTH), rights=Rights(role=Role.ADMINISTRATEUR))
    assert "theirs" in str(access.ask(name, Scope()).to_pylist())


def test_anomalies_are_counted_within_the_rights(opened: Opened) -> None:
    database = opened(MINE_AND_THEIRS, LINES_OF_BOTH)

    def counted(**rows: tuple[str, ...]) -> tuple[int, int]:
        access = Access(database=database, rights=Rights(role=Role.SERVICE, **rows))
        found = {row["kind"]: row["rows"] for row in queries.anomalies(access).to_pylist()}
        assert sum(found.values()) == queries.anomaly_lines(access).num_rows
        return found["hours_before_notification"], found["hours_without_lot"]

    assert counted() == (2, 1)
    assert counted(clients=("mine",)) == (1, 0)
    assert counted(clients=()) == (0, 0)
