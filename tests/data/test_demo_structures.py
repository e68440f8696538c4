"""The demonstration of several structures: the same authority shared out, published structure by structure."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.demo.__main__ import main
from data.demo.lots import OUTSIDE
from data.demo.structures import CODES, EVERYWHERE
from data.reference import members_sql
from data.settings import DEFAULT_FILE, load_settings

FEW = ["--entries", "20000", "--lang", "fr"]


def total(folder: Path, file: str, sql: str) -> Decimal:
    (found,) = duckdb.execute(f"SELECT {sql} FROM read_parquet($file)", {"file": str(folder / file)}).fetchall()[0]
    return Decimal(found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert main(["--out", str(folder / "one"), *FEW]) == 0
    assert main(["--out", str(folder / "five"), "--structures", "5", *FEW]) == 0
    return folder


def test_five_structures_have_the_contracts_of_the_one(folder: Path) -> None:
    assert sorted(found.name for found in (folder / "five").iterdir()) == [
        "Aubette",
        "Cailly",
        "Oison",
        "Robec",
        "Seine",
    ]
    for file, sql in (("contracts.parquet", "count(*)"), ("notified.parquet", "count(*)")):
        assert total(folder / "five" / "*", file, sql) == total(folder / "one", file, sql) > 100
    # All lines but those that the last one has not published yet.
    late = "count(*) FILTER (month >= DATE '2026-05-01')"
    assert total(folder / "five" / "Oison", "hours.parquet", late) == 0
    one, five = (total(folder / place, "hours.parquet", "count(*)") for place in ("one", "five/*"))
    assert one * Decimal("0.99") < five < one


def test_some_clients_have_contracts_in_several(folder: Path) -> None:
    sql = "SELECT client_id FROM read_parquet($file, filename = true) GROUP BY 1 HAVING count(DISTINCT filename) > 1"
    found = duckdb.execute(sql, {"file": str(folder / "five" / "*" / "contracts.parquet")}).fetchall()
    assert {"DEP", "REG"} <= {client for (client,) in found} <= set(EVERYWHERE)


def test_each_structure_works_in_its_own_territory(folder: Path) -> None:
    """But for a few communes elsewhere, which the one authority has too, and codes that no commune has."""
    settings = load_settings(DEFAULT_FILE)
    for code in ("Seine", "Cailly", "Robec", "Aubette", "Oison"):
        members = {
            member
            for (member,) in duckdb.execute(
                f"SELECT code FROM ({members_sql()})", {"epci": settings.territory(code)}
            ).fetchall()
        }
        for file, column, elsewhere in (
            ("contracts", "execution_commune", {*OUTSIDE, "76999", "76000", "99999", "76998"}),
            ("hours", "residence_commune", set(OUTSIDE)),
        ):
            found = duckdb.execute(
                f"SELECT DISTINCT {column} FROM read_parquet($file) WHERE {column} IS NOT NULL",
                {"file": str(folder / "five" / code / f"{file}.parquet")},
            ).fetchall()
            assert {place for (place,) in found} - members <= elsewhere, code
            assert {place for (place,) in found} & members, code


def test_real_bodies_stand_only_in_their_own_territory(folder: Path) -> None:
    """The Métropole, its communes and its hospital are clients of the structure of the Métropole, every other body is invented."""
    for code in ("Cailly", "Robec", "Aubette", "Oison"):
        names = duckdb.execute(
            "SELECT DISTINCT client_name FROM read_parquet($file)",
            {"file": str(folder / "five" / code / "contracts.parquet")},
        ).fetchall()
        assert all("(ficti" in name for (name,) in names), code
    settings = load_settings(DEFAULT_FILE)
    assert {one.code for one in settings.structures if one.demo and "(fictive)" in one.name and one.epci} == set(CODES)
    assert not settings.applying_to(demo=False).structures
    # Nor is the whole the authority's, which has no hours beyond its territory.
    assert settings.applying_to(demo=True).authority.name == "Métropole Rouen Normandie"
    assert settings.applying_to(demo=True, several=True).authority.name == "Observatoire des deux rives (fictif)"


def test_a_number_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--out", str(tmp_path), "--structures", "99", "--lang", "fr"])
    assert stopped.value.code == 2
    assert "un nombre de 1 à 9" in capsys.readouterr().err
