"""The anomalies of what was read: counted, weighed in hours, listed. They stop nothing but when too much is left out."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import duckdb

from data.codes import AnomalyKind
from data.reference import france_file
from data.release.labelled_sql import query, statements
from data.release.releases import AnomalyCount, Structure
from data.release.within_memory import execute
from data.sources.raw_table import file_literal


def weigh(
    connection: duckdb.DuckDBPyConnection, data_as_of: dt.date, of_structures: Sequence[Structure] = ()
) -> tuple[AnomalyCount, ...]:
    """Rows and hours of every kind; the lines go to a table `anomalies`. Needs contracts_read and hours_read.

    `of_structures`: those whose data have dates of their own. Creates lots, left_out, lines, lines_out and lot_hours of
    rollup.sql; data_dates, the date of each structure's data.
    """
    connection.execute(
        "CREATE TABLE data_dates AS SELECT DISTINCT structure, $day::DATE AS data_as_of FROM contracts_read",
        {"day": data_as_of},
    )
    for structure in of_structures:
        connection.execute(
            "UPDATE data_dates SET data_as_of = $day WHERE structure = $code",
            {"day": structure.data_as_of, "code": structure.code},
        )
    connection.execute(
        "CREATE TABLE communes AS SELECT code, any_value(parent) AS parent"
        f" FROM read_parquet({file_literal(france_file())}) GROUP BY code"
    )
    for label in ("lots", "left_out", "lines", "lot_hours"):
        execute(connection, statements("rollup.sql")[label])
    connection.execute(
        "CREATE TABLE anomalies (kind VARCHAR, origin INTEGER, source_row BIGINT, contract_id VARCHAR, lot_id VARCHAR,"
        " client_id VARCHAR, client_name VARCHAR, month DATE, hours DECIMAL(18, 2), in_totals BOOLEAN, detail VARCHAR,"
        " case_no INTEGER)"
    )
    counts = []
    for kind in AnomalyKind:
        sql = query("checks.sql", kind)
        execute(
            connection,
            f"INSERT INTO anomalies BY NAME SELECT '{kind}' AS kind, {not kind.left_out} AS in_totals, * FROM ({sql})",
        )
        row = connection.execute(
            "SELECT count(*), coalesce(sum(hours), 0) FROM anomalies WHERE kind = $kind", {"kind": str(kind)}
        ).fetchone()
        assert row is not None, "an aggregate always has a row"
        counts.append(AnomalyCount(kind=kind, rows=row[0], hours=Decimal(row[1]), in_totals=not kind.left_out))
    return tuple(counts)


def left_out_share(connection: duckdb.DuckDBPyConnection) -> Decimal:
    """The share of duplicates and orphans in all hours read, of 1; in all rows when no hours are validated.

    Corrections count by their size: a negative line left out falsifies as much as a positive one.
    """
    row = connection.execute(
        "SELECT (SELECT coalesce(sum(abs(counted)), 0) FROM lines_out),"
        " (SELECT coalesce(sum(abs(counted_hours(status, hours_validated))), 0) FROM hours_read),"
        " (SELECT count(*) FROM lines_out), (SELECT count(*) FROM hours_read)"
    ).fetchone()
    assert row is not None, "an aggregate always has a row"
    hours_out, hours, rows_out, rows = (Decimal(value) for value in row)
    if hours:
        return hours_out / hours
    return rows_out / rows if rows else Decimal(0)
