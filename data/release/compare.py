"""What a candidate changes against the release that serves, in figures that SQL computes over the files of both."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb

from data.release.labelled_sql import query
from data.release.releases import CONTRACTS, NOTIFIED, ROLLUP, Release
from data.schema import CONTRACTS as CONTRACTS_TABLE
from data.schema import HOURS_MONTHLY
from data.settings import Settings
from data.sources.raw_table import file_literal

Row = dict[str, Any]
_MOST_CHANGES: Final = 500  # of past years; the number of all of them is known
_TABLES: Final = ("years", "clients", "clauses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Rows of compare.sql, by statement. `served`: the id of the release compared with; "" when there is none of the same kind."""

    served: str = ""
    hours_before: Decimal = Decimal(0)
    hours_after: Decimal = Decimal(0)
    change_hours: Decimal = Decimal(0)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    past_years: list[Row] = field(default_factory=list)
    past_changes: int = 0
    buyers: int | None = None
    buyers_known: int | None = None


def compared(candidate: Release, served: Release | None, settings: Settings) -> Comparison:
    """The candidate beside the release that serves; a demonstration is never compared with real figures."""
    if served is not None and served.demo != candidate.demo:
        served = None
    with duckdb.connect(
        config={"threads": settings.engine.threads, "memory_limit": settings.engine.memory}
    ) as connection:
        _open(connection, "candidate", candidate, settings)
        _open(connection, "served", served, settings)
        totals = _rows(connection, "totals")[0]
        past = _rows(connection, "past_years", year=candidate.data_as_of.year) if served else []
        buyers: Row = {}
        if candidate.notified is not None:
            _view(connection, "candidate_notified", candidate.file(NOTIFIED))
            (buyers,) = _rows(connection, "buyers")
        return Comparison(
            served=served.id if served else "",
            **totals,
            tables={name: _rows(connection, name) for name in _TABLES},
            past_years=past[:_MOST_CHANGES],
            past_changes=len(past),
            buyers=buyers.get("buyers"),
            buyers_known=buyers.get("known"),
        )


def _open(connection: duckdb.DuckDBPyConnection, name: str, release: Release | None, settings: Settings) -> None:
    """The views NAME_hours (lines that count in totals) and NAME_lots; without a release they have no rows."""
    if release is None:
        connection.execute(f"CREATE TABLE {name}_lots ({CONTRACTS_TABLE.definition_sql()})")
        connection.execute(f"CREATE TABLE {name}_monthly ({HOURS_MONTHLY.definition_sql()})")
    else:
        _view(connection, f"{name}_lots", release.file(CONTRACTS))
        _view(connection, f"{name}_monthly", release.file(ROLLUP))
    kept = "true" if settings.counting.include_uncounted else "counts_in_total"
    connection.execute(
        f"CREATE VIEW {name}_hours AS SELECT *, CAST(year(month) AS INTEGER) AS year FROM {name}_monthly WHERE {kept}"
    )


def _view(connection: duckdb.DuckDBPyConnection, name: str, file: Path) -> None:
    connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({file_literal(file)})")


def _rows(connection: duckdb.DuckDBPyConnection, label: str, **values: object) -> list[Row]:
    cursor = connection.execute(query("compare.sql", label), values or None)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
