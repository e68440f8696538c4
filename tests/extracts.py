"""Extracts for tests: rows drawn as small text tables, written in every format a source may have, and published.

    contracts = contracts_table('''
        contract_id | lot_id | clause_category | hours_committed
        M1          | 01     | execution       | 1000
    ''')
    hours = hours_table('''
        contract_id | lot_id | month   | hours_validated | status
        M1          | 01     | 2020-03 | 35.50           | validated
        M1          | 01     | 2020-04 |                 | declared    # a remark: why this row matters
    ''')
    release = publish_rows(tmp_path, contracts, hours)

A column that is not drawn takes the default of `contract()` or `entry()`; an empty cell is NULL.
"""

import csv
import datetime as dt
import hashlib
import io
import os
import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.publish import publish
from data.release.releases import Release, read_release
from data.schema import CONTRACTS, HOURS, NOTIFIED, STRUCTURE, Table
from data.settings import Settings
from data.sources.mapping_file import mapping_of

Row = dict[str, Any]
AS_OF = dt.date(2026, 10, 31)
TODAY = dt.date(2026, 11, 15)
# An extract of several structures says so, in its mapping.
BY_STRUCTURE = mapping_of({"contracts": {"columns": {"structure": "structure"}}}, "mapping.toml")


def contract(**changes: Any) -> Row:
    """A lot with every column of the schema: an ordinary running lot but for the changes."""
    row: Row = {column.name: None for column in CONTRACTS.every_column}
    row |= {
        "contract_id": "M1",
        "lot_id": "00",
        "subject": "Travaux",
        "client_id": "C1",
        "client_name": f"Client {changes.get('client_id', 'C1')}",
        "client_type": "commune",
        "clause_category": "execution",
        "hours_committed": Decimal(1000),
        "starts_on": dt.date(2019, 1, 1),
        "ends_on": dt.date(2021, 12, 31),
        "status": "running",
    }
    return _changed(row, changes)


def entry(**changes: Any) -> Row:
    """An hours line with every column of the schema: ten validated hours of March 2020 but for the changes.

    `hours_declared` follows `hours_validated` unless it is given.
    """
    row: Row = {column.name: None for column in HOURS.every_column}
    validated = changes.get("hours_validated", Decimal(10))
    row |= {
        "entry_id": "E1",
        "contract_id": "M1",
        "lot_id": "00",
        "month": dt.date(2020, 3, 1),
        "hours_declared": Decimal(0) if validated is None else validated,
        "hours_validated": validated,
        "status": "validated",
    }
    return _changed(row, changes)


def notified(**changes: Any) -> Row:
    """A contract notified as the DECP tell it: works of March 2025 with a social clause but for the changes."""
    row: Row = {column.name: None for column in NOTIFIED.columns}
    row |= {
        "contract_ref": "N1",
        "buyer_siret": "00000001000017",
        "subject": "Travaux",
        "nature": "Marché",
        "cpv_code": "45000000",
        "amount_eur": Decimal(100_000),
        "notified_on": dt.date(2025, 3, 1),
        "considerations": ["Clause sociale"],
    }
    return _changed(row, changes)


def table(text: str) -> list[dict[str, str]]:
    """The rows of a text table: names in the first line, cells parted by |, remarks after #."""
    lines = [line.split("#")[0].strip() for line in textwrap.dedent(text).strip().splitlines()]
    names, *rows = ([cell.strip() for cell in line.split("|")] for line in lines if line)
    assert all(len(row) == len(names) for row in rows), "a row of the text table has more or fewer cells than its head"
    return [dict(zip(names, row, strict=True)) for row in rows]


def contracts_table(text: str) -> list[Row]:
    """Lots drawn as a text table."""
    return [contract(**_typed(CONTRACTS, row)) for row in table(text)]


def hours_table(text: str) -> list[Row]:
    """Hours lines drawn as a text table; without an entry_id they are E1, E2, … in their order."""
    return [entry(**{"entry_id": f"E{n}"} | _typed(HOURS, row)) for n, row in enumerate(table(text), start=1)]


def notified_table(text: str) -> list[Row]:
    """Contracts notified drawn as a text table; without a contract_ref they are N1, N2, … in their order."""
    return [notified(**{"contract_ref": f"N{n}"} | _typed(NOTIFIED, row)) for n, row in enumerate(table(text), start=1)]


def publish_rows(
    tmp_path: Path,
    contracts: Sequence[Row],
    hours: Sequence[Row],
    *,
    as_of: dt.date | None = AS_OF,
    demo: bool = False,
    accept_anomalies: bool = True,
    settings: Settings | None = None,
    decp: Sequence[Row] | None = None,
) -> Release:
    """The rows written to Parquet and published below tmp_path/extracts, by the real publish. `decp`: contracts notified.

    The tests of a file mostly share theirs: what was published before from the same rows and settings, after the same releases, is
    copied.
    """
    extracts, asked = tmp_path / "extracts", Path(os.environ.get("CAP_SETTINGS", ""))
    result = asked.read_bytes() if asked.is_file() else None
    given = repr((contracts, hours, as_of, demo, accept_anomalies, settings, decp, result, _lying_in(extracts)))
    kept = tmp_path.parent / "published" / hashlib.sha256(given.encode()).hexdigest()
    if kept.exists():
        shutil.rmtree(extracts, ignore_errors=True)
        shutil.copytree(kept, extracts, symlinks=True)
        return read_release((extracts / "current").resolve())
    sources = write_parquet(tmp_path, contracts, hours, demo=demo)
    if decp is not None:
        sources.append(tmp_path / "notified.parquet")
        mark = {"cap_demo": "true"} if demo else None
        pq.write_table(arrow(NOTIFIED, decp).replace_schema_metadata(mark), sources[-1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(extracts))
        release = publish(
            sources,
            mapping=BY_STRUCTURE if any(row.get("structure") for row in contracts) else None,
            as_of=as_of,
            today=TODAY,
            accept_anomalies=accept_anomalies,
            settings=settings,
        )
    shutil.copytree(extracts, kept, symlinks=True)
    return release


def _lying_in(extracts: Path) -> list[tuple[object, ...]]:
    """What a folder of extracts holds, to the byte: places, and links as they are."""
    return sorted(
        (str(file.relative_to(extracts)), str(file.readlink()) if file.is_symlink() else file.read_bytes())
        for file in extracts.rglob("*")
        if file.is_symlink() or file.is_file()
    )


def arrow(which: Table, rows: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table of exactly the schema's types."""
    kinds = {"VARCHAR": pa.string(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(), "INTEGER": pa.int32()}
    kinds["VARCHAR[]"] = pa.list_(pa.string())
    rows, fields = list(rows), []
    # Of structures, where a row names its own.
    several = any(row.get(STRUCTURE.name) for row in rows)
    for column in which.every_column if several else which.columns:
        if column.sql_type.startswith("DECIMAL"):
            precision, scale = column.sql_type[8:-1].split(",")
            fields.append(pa.field(column.name, pa.decimal128(int(precision), int(scale))))
        else:
            fields.append(pa.field(column.name, kinds[column.sql_type]))
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def write_parquet(folder: Path, contracts: Sequence[Row], hours: Sequence[Row], demo: bool = False) -> list[Path]:
    """contracts.parquet and hours.parquet; with the metadata of a demonstration when asked."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for which, rows in ((CONTRACTS, contracts), (HOURS, hours)):
        file = folder / f"{which.name}.parquet"
        pq.write_table(arrow(which, rows).replace_schema_metadata({"cap_demo": "true"} if demo else None), file)
        files.append(file)
    return files


def write_csv(
    folder: Path, contracts: Sequence[Row], hours: Sequence[Row], style: Literal["fr", "international"] = "fr"
) -> list[Path]:
    """contracts.csv and hours.csv: as French Excel writes them (labels, `;`, 1 234,50, 31/12/2019, oui, BOM, CRLF),
    or in the international form (names, comma, 1234.50, ISO dates, true)."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for which, rows in ((CONTRACTS, contracts), (HOURS, hours)):
        text = io.StringIO(newline="")
        french = style == "fr"
        writer = csv.writer(text, delimiter=";" if french else ",", lineterminator="\r\n" if french else "\n")
        writer.writerow(column.label if french else column.name for column in which.columns)
        writer.writerows([cell(row[column.name], french) for column in which.columns] for row in rows)
        file = folder / f"{which.name}.csv"
        file.write_bytes(text.getvalue().encode("utf-8-sig" if french else "utf-8"))
        files.append(file)
    return files


def write_xlsx(folder: Path, contracts: Sequence[Row], hours: Sequence[Row]) -> list[Path]:
    """extract.xlsx with one sheet for each table: numbers, dates and booleans as cells."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for which, rows in ((CONTRACTS, contracts), (HOURS, hours)):
        sheet = book.create_sheet(which.label[:31])
        sheet.append([column.label for column in which.columns])
        for row in rows:
            values = (row[column.name] for column in which.columns)
            sheet.append([cell(v, True) if isinstance(v, list) else v for v in values])
    book.save(folder / "extract.xlsx")
    return [folder / "extract.xlsx"]


def cell(value: Any, french: bool) -> str:
    """A value as a CSV holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("oui" if value else "non") if french else str(value).lower()
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y") if french else value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") if french else f"{value:.2f}"
    if isinstance(value, list):
        return ", ".join(value) or "Sans objet"
    return str(value)


def _changed(row: Row, changes: Mapping[str, Any]) -> Row:
    unknown = changes.keys() - row.keys()
    assert not unknown, f"not a column of the schema: {', '.join(sorted(unknown))}"
    return row | dict(changes)


def _typed(which: Table, row: Mapping[str, str]) -> Row:
    """Cells as values of their column's type; a month may be drawn as 2020-03."""
    return {name: _value(which.column(name).sql_type, text) for name, text in row.items()}


def _value(sql_type: str, text: str) -> Any:
    if text == "":
        return None
    if sql_type == "VARCHAR[]":
        return [] if text == "[]" else [item.strip() for item in text.split(",")]
    if sql_type.startswith("DECIMAL"):
        return Decimal(text.replace(" ", ""))
    if sql_type == "DATE":
        return dt.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    if sql_type == "BOOLEAN":
        return {"true": True, "false": False, "yes": True, "no": False}[text]
    return int(text) if sql_type == "INTEGER" else text
