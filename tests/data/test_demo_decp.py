"""The demonstration's contracts notified: lawful values, the share that the story tells, the extract's lots among them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from data.codes import Consideration
from data.demo.decp import YEARS
from data.reference.law import thresholds
from data.schema import NOTIFIED

Row = dict[str, Any]


@pytest.fixture(scope="module")
def notified(demo_folder: Path) -> list[Row]:
    rows: list[Row] = pq.read_table(demo_folder / "notified.parquet").to_pylist()
    return rows


def share(rows: list[Row], year: int) -> float:
    """Contracts with a social consideration over all contracts notified."""
    result = [row["considerations"] for row in rows if row["notified_on"].year == year]
    with_one = sum(1 for considerations in result if considerations and considerations != [Consideration.NONE])
    return with_one / len(result)


def test_the_columns_are_those_of_the_contract(demo_folder: Path, notified: list[Row]) -> None:
    file = pq.ParquetFile(demo_folder / "notified.parquet")
    assert file.schema_arrow.names == [column.name for column in NOTIFIED.columns if not column.derived]
    assert file.metadata.metadata[b"cap_demo"] == b"true"
    found = {value for row in notified for value in row["considerations"] or ()}
    assert found == set(Consideration) - {Consideration.RESERVED_CONCESSION}


def test_each_contract_has_one_row(notified: list[Row]) -> None:
    assert max(Counter((row["buyer_siret"], row["contract_ref"]) for row in notified).values()) == 1
    assert Counter(row["notified_on"].year for row in notified) == {
        year: result.contracts for year, result in YEARS.items()
    }


def test_the_share_follows_the_national_one_then_passes_the_target(notified: list[Row]) -> None:
    for known in thresholds()["national_share"]:
        assert share(notified, known["year"]) == pytest.approx(
            known["share"], abs=0.04
        )  # those that say nothing weigh it down
    shares = [share(notified, year) for year in range(2021, 2027)]
    assert shares == sorted(shares)
    assert share(notified, 2024) < thresholds()["national_target"][0]["share"] < share(notified, 2025)


def test_the_first_year_says_nothing(notified: list[Row]) -> None:
    assert not [row for row in notified if row["notified_on"].year == 2018 and row["considerations"]]


def test_the_lots_of_the_extract_are_among_them(demo_folder: Path, notified: list[Row]) -> None:
    lots = pq.read_table(demo_folder / "contracts.parquet").to_pylist()
    known = {row["contract_ref"] for row in notified}
    expected = {
        f"{lot['contract_ref']}-{lot['lot_id']}"
        for lot in lots
        if lot["contract_ref"]
        and lot["notified_on"]
        and lot["notified_on"].year >= 2018
        and lot["client_type"] != "prive"
    }
    assert expected
    assert expected <= known


def test_there_is_something_to_look_at_since_the_obligation(notified: list[Row]) -> None:
    since = [
        row
        for row in notified
        if row["notified_on"].isoformat() >= "2026-08-22"
        and (row["amount_eur"] or 0) > 216_000
        and not str(row["cpv_code"]).startswith("45")
    ]
    with_clause = [row for row in since if Consideration.CLAUSE in (row["considerations"] or ())]
    assert 0 < len(with_clause) < len(since)
