"""Several structures publish into one release: each replaces its own slice, and nobody stops the others."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from data.observatory.clients import Entry, OwnClient, joined
from data.problems import ExtractError
from data.publish import main, publish
from data.release.history import go_back
from data.release.pointer import current_release
from data.release.releases import Release
from data.schema import COMMENTS
from tests.extracts import TODAY, arrow, contract, entry, write_parquet

Row = dict[str, Any]
ROUEN, CHU = "21760540500016", "26760170900017"


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = tmp_path / "settings.toml"
    settings.write_text('[authority]\nname = "Observatoire"\nepci = "200023414"\n', encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(settings))
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    return tmp_path / "extracts"


Publish = Callable[..., Release]


@pytest.fixture
def published(tmp_path: Path) -> Publish:
    def of(
        code: str, contracts: list[Row], hours: list[Row], *, demo: bool = False, as_of: str = "2026-10-31"
    ) -> Release:
        sources = write_parquet(tmp_path / f"sources {code}", contracts, hours, demo=demo)
        return publish(sources, as_of=dt.date.fromisoformat(as_of), today=TODAY, structure=code)

    return of


def rows(release: Release, file: str, columns: str) -> list[tuple[Any, ...]]:
    sql = f"SELECT {columns} FROM read_parquet($file) ORDER BY ALL"
    return duckdb.execute(sql, {"file": str(release.file(f"{file}.parquet"))}).fetchall()


def test_a_slice_is_replaced_and_the_others_stay(published: Publish) -> None:
    published("CAP76", [contract()], [entry(hours_validated=Decimal(10))])
    two = published("CAP27", [contract()], [entry(hours_validated=Decimal(5))], as_of="2026-08-31")
    # The same keys, of two structures: two lots, two lines.
    assert rows(two, "hours", "structure, entry_id, contract_id, hours_validated") == [
        ("CAP27", "CAP27:E1", "CAP27:M1", Decimal(5)),
        ("CAP76", "CAP76:E1", "CAP76:M1", Decimal(10)),
    ]
    assert {(one.code, one.data_as_of.isoformat()) for one in two.structures} == {
        ("CAP27", "2026-08-31"),
        ("CAP76", "2026-10-31"),
    }
    assert two.data_as_of == dt.date(2026, 10, 31)
    assert (two.lots, two.hours_validated) == (2, Decimal(15))
    again = published("CAP76", [contract()], [entry(hours_validated=Decimal(11))])
    assert again.hours_validated == 16
    assert [one.code for one in again.structures] == ["CAP27", "CAP76"]


def test_a_bad_extract_stops_nobody(published: Publish) -> None:
    published("CAP76", [contract()], [entry(hours_validated=Decimal(10))])
    before = published("CAP27", [contract()], [entry(hours_validated=Decimal(5))])
    with pytest.raises(ExtractError, match="lot déjà présent"):
        published("CAP27", [contract(), contract()], [entry(hours_validated=Decimal(99))])
    assert current_release() == before
    after = published("CAP14", [contract()], [entry(hours_validated=Decimal(1))])
    assert after.hours_validated == 16
    # Going back goes back to the slices of that release.
    assert go_back() == before
    assert published("CAP50", [contract()], [entry(hours_validated=Decimal(2))]).hours_validated == 17


def test_a_slice_that_was_damaged_is_named(published: Publish, extracts: Path) -> None:
    first = published("CAP76", [contract()], [entry()])
    second = published("CAP27", [contract()], [entry()])
    kept = second.path / "structures" / "CAP76" / "hours.parquet"
    assert kept.stat().st_ino == (first.path / "structures" / "CAP76" / "hours.parquet").stat().st_ino, "no copy"
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(ExtractError, match="structure CAP76 sont abîmées"):
        published("CAP14", [contract()], [entry()])
    # Published again, it is mended.
    assert len(published("CAP76", [contract()], [entry()]).structures) == 2


def test_releases_of_another_kind_are_not_taken_the_place_of(
    published: Publish, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = write_parquet(tmp_path / "own", [contract()], [entry()])
    published("CAP76", [contract()], [entry()])
    with pytest.raises(ExtractError, match=r"réunit plusieurs structures \(CAP76\)"):
        publish(sources, today=TODAY)
    with pytest.raises(ExtractError, match="n’est pas un code de structure"):
        published("../CAP", [contract()], [entry()])
    assert main(["--structure", "CAP 76", *map(str, sources), "--lang", "fr"]) == 1
    assert "n’est pas un code de structure" in capsys.readouterr().err


def test_a_single_authority_is_not_taken_for_an_observatory(published: Publish, tmp_path: Path) -> None:
    publish(write_parquet(tmp_path / "own", [contract()], [entry()]), today=TODAY)
    with pytest.raises(ExtractError, match="n’est pas celle d’un observatoire"):
        published("CAP76", [contract()], [entry()])


def test_real_data_take_the_place_of_a_demonstration(published: Publish) -> None:
    published("CAP76", [contract()], [entry()], demo=True)
    real = published("CAP27", [contract()], [entry()])
    assert [one.code for one in real.structures] == ["CAP27"]
    with pytest.raises(ExtractError, match="démonstration d’une structure"):
        published("CAP76", [contract()], [entry()], demo=True)


def test_the_date_of_each_structure_counts_for_its_own_exits(published: Publish) -> None:
    """An exit of September is one at the end of October, and still to come at the end of August."""
    line = entry(participant_id="P1", exit_on=dt.date(2026, 9, 30), exit_outcome="durable")
    published("CAP76", [contract()], [line])
    two = published("CAP27", [contract()], [line], as_of="2026-08-31")
    found = {anomaly.kind.value: anomaly.rows for anomaly in two.anomalies}
    assert found["exit_to_come"] == 1
    assert rows(two, "anomalies", "contract_id") == [("CAP27:M1",)]


# Clients


def own(structure: str, code: str, siret: str = "", name: str = "Ville", **more: Any) -> OwnClient:
    return OwnClient(structure=structure, code=code, siret=siret, name=name, **{"type": "commune", **more})


def ids(clients: list[OwnClient], entries: dict[tuple[str, str], Entry] | None = None) -> dict[tuple[str, str], str]:
    found, _ = joined(clients, entries or {})
    return {(one.own.structure, one.own.code): one.client_id for one in found}


def test_the_same_siren_is_one_client() -> None:
    clients = [own("A", "V", ROUEN), own("B", "ROUEN", "21760540500099"), own("A", "H", CHU), own("B", "X")]
    assert ids(clients) == {
        ("A", "V"): "217605405",
        ("B", "ROUEN"): "217605405",
        ("A", "H"): "267601709",
        ("B", "X"): "B:X",
    }


def test_two_codes_of_one_structure_are_told_apart_by_the_whole_siret() -> None:
    clients = [own("A", "V1", ROUEN), own("A", "V2", "21760540500099"), own("B", "V", ROUEN)]
    assert ids(clients) == {("A", "V1"): ROUEN, ("B", "V"): ROUEN, ("A", "V2"): "21760540500099"}
    same = [own("A", "V1", ROUEN), own("A", "V2", ROUEN), own("B", "V", ROUEN)]
    found, (problem,) = joined(same, {})
    assert {one.client_id for one in found} == {"A:V1", "A:V2", "B:V"}
    assert problem.kind == "clients_apart"
    assert "217605405" in problem.values["siren"]


def test_the_observatory_s_table_joins_parts_and_names() -> None:
    clients = [own("A", "V", ROUEN), own("B", "R", name="Rouen"), own("C", "V", ROUEN)]
    entries = {("B", "R"): Entry(siret=ROUEN[:9], name="Ville de Rouen"), ("C", "V"): Entry(siret="")}
    assert ids(clients, entries) == {("A", "V"): "217605405", ("B", "R"): "217605405", ("C", "V"): "C:V"}
    found, problems = joined(clients, entries)
    assert {one.name for one in found if one.client_id == "217605405"} == {"Ville de Rouen"}
    assert [problem.kind for problem in problems] == ["clients_differ"]


def test_a_client_of_two_structures_is_one_in_the_release(published: Publish, tmp_path: Path) -> None:
    lot = contract(client_id="V", client_name="Ville de Rouen", client_siret=ROUEN, starts_on=dt.date(2020, 1, 1))
    published("CAP76", [lot], [entry(hours_validated=Decimal(10))])
    other = contract(client_id="ROUEN", client_name="ROUEN (mairie)", client_siret=ROUEN, contract_id="M2")
    alone = contract(client_id="X", client_name="Sans SIRET", contract_id="M3")
    two = published("CAP27", [other, alone], [entry(contract_id="M2", hours_validated=Decimal(5))])
    assert rows(two, "contracts", "structure, client_id, client_name") == [
        ("CAP27", "217605405", "Ville de Rouen"),  # as the latest lot writes it
        ("CAP27", "CAP27:X", "Sans SIRET"),
        ("CAP76", "217605405", "Ville de Rouen"),
    ]
    assert not any(anomaly.rows for anomaly in two.anomalies if anomaly.kind == "client_described_twice")
    (tmp_path / "clients.csv").write_text("structure;client_id;siret\nCAP27;ROUEN;\n", encoding="utf-8")
    apart = published("CAP27", [other, alone], [entry(contract_id="M2", hours_validated=Decimal(5))])
    assert {row[0] for row in rows(apart, "contracts", "client_id")} == {"217605405", "CAP27:ROUEN", "CAP27:X"}
    (tmp_path / "clients.csv").write_text("structure;client_id;siret\nCAP27;ROUEN;123\n", encoding="utf-8")
    with pytest.raises(ExtractError, match=r"clients\.csv, ligne 2, colonne siret"):
        published("CAP27", [other, alone], [entry(contract_id="M2")])


def test_comments_follow_their_lot_and_their_client(tmp_path: Path) -> None:
    kinds = (("lot", "M1/00"), ("client", "V"), ("commune", "76540"), ("all", None), ("year", "2025"))
    rows = [{"scope_kind": kind, "scope_code": code, "text": f"Sur {kind}"} for kind, code in kinds]
    comments = tmp_path / "comments.parquet"
    empty = {column.name: None for column in COMMENTS.columns}
    pq.write_table(arrow(COMMENTS, [empty | row for row in rows]), comments)
    sources = write_parquet(tmp_path / "sources", [contract(client_id="V", client_siret=ROUEN)], [entry()])
    release = publish([*sources, comments], as_of=dt.date(2026, 10, 31), today=TODAY, structure="CAP76")
    found = duckdb.execute(
        "SELECT scope_kind, scope_code FROM read_parquet($file) ORDER BY ALL",
        {"file": str(release.file("comments.parquet"))},
    ).fetchall()
    assert found == [("client", "217605405"), ("commune", "76540"), ("lot", "CAP76:M1/00")]
