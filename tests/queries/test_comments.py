"""Who reads which comment: those of what the reader sees whole; never the public."""

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data.codes import Role
from data.comments_log import Comment, write_comment
from data.publish import publish
from data.release.releases import Release
from data.schema import COMMENTS
from queries.engine import Database
from queries.errors import QueryError
from queries.live import mark
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import AS_OF, TODAY, arrow, contracts_table, hours_table, write_parquet
from tests.queries.asking import SETTINGS

LOTS = """
    contract_id | lot_id | client_id | execution_commune | facilitator_code
    M1          | 01     | A         | 76540             | F1
    M2          | 00     | B         | 76681             | F2
"""
HOURS = """
    contract_id | lot_id | month   | hours_validated
    M1          | 01     | 2020-01 | 1
    M2          | 00     | 2020-01 | 2
"""
CODES = {"all": None, "year": "2020", "client": "A", "lot": "M1/01", "commune": "76540"}


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    rows = [
        {
            **dict.fromkeys([column.name for column in COMMENTS.columns]),
            "scope_kind": kind,
            "scope_code": code,
            "text": kind,
        }
        for kind, code in CODES.items()
    ]
    sources = write_parquet(tmp_path, contracts_table(LOTS), hours_table(HOURS))
    pq.write_table(arrow(COMMENTS, rows), tmp_path / "comments.parquet")
    return publish([*sources, tmp_path / "comments.parquet"], as_of=AS_OF, today=TODAY)


def read(database: Database, role: Role = Role.SERVICE, **rows: tuple[str, ...]) -> list[str]:
    access = Access(database=database, rights=Rights(role=role, **rows))
    return sorted(row["text"] for row in access.ask("comments", Scope()).to_pylist())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, ["all", "client", "commune", "lot", "year"]),
        ({"clients": ("A",)}, ["client", "lot"]),
        ({"clients": ("B",)}, []),
        ({"execution_communes": ("76540",)}, ["commune", "lot"]),
        ({"facilitators": ("F1",)}, ["lot"]),
        ({"clients": ("A",), "facilitators": ("F1",)}, ["lot"]),
        ({"clients": ()}, []),
    ],
)
def test_a_reader_sees_comments_of_what_is_seen_whole(
    release: Release, rows: dict[str, tuple[str, ...]], expected: list[str]
) -> None:
    assert read(open_release(release, SETTINGS), Role.SERVICE, **rows) == expected


def test_the_public_reads_none(release: Release) -> None:
    with pytest.raises(QueryError):
        read(open_release(release, SETTINGS), Role.PUBLIC)
    assert read(open_release(release, SETTINGS), Role.ELU)


def test_one_written_since_is_there_at_once_within_the_same_rights(release: Release) -> None:
    database, before = open_release(release, SETTINGS), mark("comments", release)
    assert "since" not in read(database)
    comment = Comment(
        scope_kind="client", scope_code="B", period=None, text="since", author_role="Service", kind="decision"
    )
    now = dt.datetime(2026, 11, 29, 10, tzinfo=dt.UTC)
    write_comment(release.path.parents[1], comment, writer="b@example.fr", demo=False, now=now)
    assert "since" in read(database)
    assert mark("comments", release) != before  # the ETag of the route follows
    assert mark("lots", release) is None
    assert read(database, clients=("B",)) == ["since"]
    assert "since" not in read(database, clients=("A",))
    (row,) = (r for r in database.ask("comments", Scope()).to_pylist() if r["text"] == "since")
    assert (row["written_on"], row["kind"]) == (dt.date(2026, 11, 29), "decision")
    assert "example.fr" not in str(row)
