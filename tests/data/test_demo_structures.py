"""The demonstration of several structures: the same authority shared out, published structure by structure."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.demo.__main__ import main
from data.demo.structures import EVERYWHERE

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


def test_a_number_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--out", str(tmp_path), "--structures", "99", "--lang", "fr"])
    assert stopped.value.code == 2
    assert "un nombre de 1 à 9" in capsys.readouterr().err
