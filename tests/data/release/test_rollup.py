"""What is published, against a second computation in plain Python from the same rows."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.codes import ClauseCategory
from data.publish import publish
from data.release.releases import Release
from data.schema import CONTRACTS, HOURS, HOURS_MONTHLY
from tests.data.sources.test_formats import random_extract
from tests.extracts import TODAY, Row, contract, entry, publish_rows, write_parquet

KEY = ("contract_id", "lot_id", "month", "employer_kind", "work_contract_type", "status")
OF_LOT = (
    "client_id",
    "client_type",
    "execution_commune",
    "purchase_kind",
    "sector",
    "contract_form",
    "clause_category",
    "programme",
    "obligation_kind",
    "facilitator_code",
    "contractor",
    "counts_in_total",
)


def read(release: Release, name: str) -> list[Row]:
    answer = duckdb.execute("FROM read_parquet($file)", {"file": str(release.file(f"{name}.parquet"))})
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def stripped(row: Row) -> Row:
    """Of a single authority: without structure."""
    texts = {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
    return {name: value for name, value in texts.items() if name != "structure"}


def of_lot(lot: Row) -> Row:
    holder = lot["contractor_name"] if lot["contractor_siret"] is None else lot["contractor_siret"]
    return {name: holder if name == "contractor" else lot[name] for name in OF_LOT}


def naive(contracts: list[Row], hours: list[Row]) -> tuple[list[Row], list[Row], dict[tuple[Any, ...], Row]]:
    """Lots, lines and rollup by the rules of the data contract, one row after the other."""
    lots: dict[tuple[str, str], Row] = {}
    for row in contracts:
        lot = stripped(row)
        if lot["counts_in_total"] is None:
            lot["counts_in_total"] = lot["clause_category"] != ClauseCategory.MEANS
        if lot["obligation_kind"] is None and lot["hours_committed"] is not None:
            lot["obligation_kind"] = "hours"
        lots[lot["contract_id"], lot["lot_id"]] = lot
    described = {
        client: max(
            (lot for lot in lots.values() if lot["client_id"] == client),
            key=lambda lot: (lot["notified_on"] or lot["starts_on"] or dt.date.min, lot["contract_id"], lot["lot_id"]),
        )
        for client in {lot["client_id"] for lot in lots.values()}
    }
    # As by its latest lot, looked up before any is changed.
    words = {client: (lot["client_name"], lot["client_type"]) for client, lot in described.items()}
    for lot in lots.values():
        lot["client_name"], lot["client_type"] = words[lot["client_id"]]
    lines, seen = [], set()
    for row in map(stripped, hours):
        first = row["entry_id"] not in seen
        seen.add(row["entry_id"])
        row |= {name: None for name in ("employer_kind", "education") if row[name] == "unknown"}
        if first and (row["contract_id"], row["lot_id"]) in lots:
            lines.append(row)
    sums_of = ("entries", "hours_declared", "hours_validated", "hours_pending", "training_hours")
    rollup: dict[tuple[Any, ...], Row] = defaultdict(lambda: dict.fromkeys(sums_of, 0))
    for line in lines:
        sums = rollup[tuple(line[name] for name in KEY)]
        sums["entries"] += 1
        sums["hours_declared"] += line["hours_declared"]
        sums["hours_validated"] += 0 if line["status"] == "rejected" else line["hours_validated"] or 0
        pending = line["status"] == "declared" and line["hours_validated"] is None
        sums["hours_pending"] += line["hours_declared"] if pending else 0
        sums["training_hours"] += line["training_hours"] or 0
    keyed = {key: sums | of_lot(lots[key[0], key[1]]) for key, sums in rollup.items()}
    return list(lots.values()), lines, keyed


@pytest.mark.parametrize("seed", range(4))
def test_published_rows_agree_with_a_naive_computation(seed: int, tmp_path: Path) -> None:
    contracts, hours = random_extract(seed, lots=8, lines=400)
    hours += [hours[n] | {"hours_validated": Decimal(1)} for n in (3, 5, 7)]
    release = publish_rows(tmp_path, contracts, hours)
    lots, lines, rollup = naive(contracts, hours)

    clients = {(lot["contract_id"], lot["lot_id"]): lot["client_id"] for lot in lots}

    def place(row: Row) -> tuple[Any, ...]:
        return (
            row["month"],
            clients[row["contract_id"], row["lot_id"]],
            row["contract_id"],
            row["lot_id"],
            row["entry_id"],
        )

    assert read(release, "contracts") == sorted(lots, key=lambda lot: (lot["contract_id"], lot["lot_id"]))
    assert read(release, "hours") == sorted(lines, key=place)
    monthly = read(release, "hours_monthly")
    assert {
        tuple(row[name] for name in KEY): {n: v for n, v in row.items() if n not in KEY} for row in monthly
    } == rollup
    assert len(monthly) == len(rollup)
    assert release.hours_rows == len(lines)
    assert release.rows_left_out == len(hours) - len(lines)
    assert release.hours_validated == sum(row["hours_validated"] for row in rollup.values())
    assert release.hours_pending == sum(row["hours_pending"] for row in rollup.values())


def test_the_shape_and_the_order_of_the_rollup(tmp_path: Path) -> None:
    release = publish_rows(tmp_path, *random_extract(seed=1, lots=8, lines=400))
    shape = duckdb.execute(
        "DESCRIBE FROM read_parquet($f)", {"f": str(release.file("hours_monthly.parquet"))}
    ).fetchall()
    types = {column.name: column.sql_type for table in (HOURS, CONTRACTS, HOURS_MONTHLY) for column in table.columns}
    sums = ("hours_declared", "hours_validated", "hours_pending", "training_hours")
    assert [(name, kind) for name, kind, *_ in shape] == [
        *((name, types[name]) for name in KEY),
        ("entries", "BIGINT"),
        *((name, "DECIMAL(18,2)") for name in sums),
        *((name, types[name]) for name in OF_LOT),
    ]
    monthly = read(release, "hours_monthly")
    order = [(row["month"], row["client_id"], row["contract_id"], row["lot_id"]) for row in monthly]
    assert order == sorted(order)


def test_row_groups_of_a_large_release_are_skipped_by_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contracts, hours = write_parquet(tmp_path, [contract()], [entry(month=dt.date(2020, m, 1)) for m in range(1, 13)])
    many = tmp_path / "many.parquet"
    duckdb.execute(
        f"COPY (SELECT * REPLACE (concat(month, '-', n) AS entry_id) FROM read_parquet('{hours}'), range(11000) AS t (n))"
        f" TO '{many}' (FORMAT parquet)"
    )
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    release = publish([contracts, many], today=TODAY)
    groups = duckdb.execute(
        "SELECT stats_min_value, stats_max_value, row_group_num_rows, compression FROM parquet_metadata($f)"
        " WHERE path_in_schema = 'month' ORDER BY row_group_id",
        {"f": str(release.file("hours.parquet"))},
    ).fetchall()
    assert len(groups) == 2
    assert {compression for *_, compression in groups} == {"ZSTD"}
    assert groups[0][1] <= groups[1][0]
