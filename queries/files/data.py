"""Writes Parquet and JSON, batch by batch: the names, codes and fractions of the data contract, and what they mean beside them."""

import datetime as dt
import json
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from queries.files.exports import Export, ExportColumn, totals_for_programs
from queries.secrecy.cells import HIDDEN

METADATA: Final = "cap_"  # before each key: `cap_demo` marks a demonstration, as in the files of an extract


def write_parquet(export: Export, batches: pa.RecordBatchReader, out: BinaryIO) -> None:
    """Typed Parquet, zstd; the facts and totals are the schema's metadata, what a column means is its field's."""
    names = _names(export, batches.schema)
    described = {column.name: _described(column) for column in export.columns}
    facts = {f"{METADATA}{fact.key}": _text(fact.value) for fact in export.facts if fact.value is not None}
    if export.totals:
        facts[f"{METADATA}totals"] = json.dumps(totals_for_programs(export), default=_value, ensure_ascii=False)
    schema = pa.schema(
        [batches.schema.field(name).with_metadata(_metadata(described.get(name, {}))) for name in names],
        metadata=_metadata({f"{METADATA}title": export.title} | facts if export.title else facts),
    )
    # A batch is written while the next one is read: Arrow and DuckDB both work outside the interpreter's lock.
    with pq.ParquetWriter(out, schema, compression="zstd") as writer, ThreadPoolExecutor(1) as pool:
        under_way: Future[None] | None = None
        for batch in batches:
            described_batch = pa.RecordBatch.from_arrays([batch.column(name) for name in names], schema=schema)
            if under_way is not None:
                under_way.result()
            under_way = pool.submit(writer.write_batch, described_batch)
        if under_way is not None:
            under_way.result()


def write_json(export: Export, batches: pa.RecordBatchReader, out: BinaryIO) -> None:
    """An object: `about`, with the facts, the columns and the totals, and `rows`, an array of objects."""
    about: dict[str, Any] = {
        "title": export.title,
        **{fact.key: fact.value for fact in export.facts},
        "columns": [{"name": column.name} | _described(column) for column in export.columns],
    }
    if export.totals:
        about["totals"] = totals_for_programs(export)
    out.write(b'{"about": ' + json.dumps(about, default=_value, ensure_ascii=False, indent=1).encode() + b',\n"rows": ')
    write_rows(export, batches, out)
    out.write(b"}\n")


def write_rows(export: Export, batches: pa.RecordBatchReader, out: BinaryIO) -> None:
    """One array of objects: hours and ratios as numbers, dates as ISO text, null for nothing."""
    names = _names(export, batches.schema)
    before = "[\n"
    for batch in batches:
        rows = batch.select(names).to_pylist()
        if rows:
            texts = (json.dumps(row, default=_value, ensure_ascii=False) for row in rows)
            out.write((before + ",\n".join(texts)).encode())
            before = ",\n"
    out.write(b"\n]" if before == ",\n" else b"[]")


def _names(export: Export, schema: pa.Schema) -> list[str]:
    hidden = [HIDDEN] if HIDDEN in schema.names else []
    return list(dict.fromkeys([*(column.name for column in export.columns), *hidden]))


def _described(column: ExportColumn) -> dict[str, Any]:
    """What is known of a column, by key."""
    texts = {"label": column.header, "unit": column.unit, "definition": column.definition, "formula": column.formula}
    description: dict[str, Any] = {key: text for key, text in texts.items() if text} | dict(column.keys)
    return description | {"labels": dict(column.labels)} if column.labels else description


def _metadata(description: dict[str, Any]) -> dict[str, str] | None:
    return {key: _text(value) for key, value in description.items()} or None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
