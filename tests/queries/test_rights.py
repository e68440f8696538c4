"""Rights: they only narrow, rows before any SQL, columns after it."""

import pyarrow as pa
import pytest

import queries
from data.codes import Role
from queries.access import Access
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
