"""Writes a release's files, reopens and checks them, and gives the folder its name."""

import datetime as dt
import json
import secrets
from pathlib import Path

import duckdb

from data.problems import ExtractError
from data.release.durable import patiently, sync_folder
from data.release.fingerprints import sha256_of
from data.release.labelled_sql import query
from data.release.persons import draw_persons
from data.release.pointer import current_release
from data.release.releases import (
    ANOMALIES,
    COMMENTS,
    CONTRACTS,
    HOURS,
    NOTE,
    NOTIFIED,
    PERSONS,
    ROLLUP,
    SKETCHES,
    WORK,
    Release,
    Thresholds,
    extracts_folder,
    releases_folder,
)
from data.release.sketches import Previous
from data.release.within_memory import execute
from data.schema import COMMENTS as COMMENTS_TABLE
from data.schema import HOURS_MONTHLY, SCHEMA_VERSION, STRUCTURE, TABLES, Table
from data.schema import NOTIFIED as NOTIFIED_TABLE
from data.secret import installation_secret
from data.settings import Settings
from data.sources.extract import Extract, Step
from data.sources.parquet import DEMO_KEY
from data.sources.raw_table import file_literal, quoted
from data.words import N_

# DuckDB skips whole row groups by month: large enough to compress well, small enough to skip.
_ROW_GROUP = 122_880


def write(extract: Extract, folder: Path, now: dt.datetime, settings: Settings, step: Step) -> None:
    """The files of a release, notified.parquet when a source is DECP, comments.parquet when one has comments. `extract` has no problems."""
    connection = extract.connection
    contracts, hours, monthly = (_columns(table, extract) for table in (*TABLES, HOURS_MONTHLY))
    step(N_("écriture des heures"))
    _copy(extract, f"SELECT {contracts} FROM lots ORDER BY contract_id, lot_id", folder / CONTRACTS)
    _copy(
        extract,
        f"SELECT {hours} FROM lines ORDER BY month, client_id, contract_id, lot_id, entry_id",
        folder / HOURS,
    )
    step(N_("écriture des cumuls"))
    for name, file in (("contracts", CONTRACTS), ("hours", HOURS)):
        absent = "" if extract.structures else f", CAST(NULL AS {STRUCTURE.sql_type}) AS {STRUCTURE.name}"
        connection.execute(f"CREATE VIEW {name} AS SELECT *{absent} FROM read_parquet({file_literal(folder / file)})")
    order = "month, client_id, contract_id, lot_id, employer_kind, work_contract_type, status"
    _copy(
        extract,
        f"SELECT {monthly} FROM ({query('rollup.sql', 'hours_monthly').rstrip().rstrip(';')}) ORDER BY {order}",
        folder / ROLLUP,
        version="v2",
    )
    connection.execute(f"CREATE VIEW hours_monthly AS FROM read_parquet({file_literal(folder / ROLLUP)})")
    step(N_("comptage des personnes"))
    previous = release_before()
    _write_persons(extract, folder, settings, previous)
    files = ", ".join(f"({index}, {quoted(source.file)})" for index, source in enumerate(extract.sources))
    _copy(
        extract,
        "SELECT kind, files.name AS source_file, source_row, contract_id, lot_id, client_id, client_name, month, hours,"
        f" in_totals, detail, case_no FROM anomalies LEFT JOIN (VALUES {files}) AS files (origin, name) USING (origin)"
        " ORDER BY kind, origin, source_row, month, contract_id, lot_id, detail",
        folder / ANOMALIES,
    )
    if extract.has_notified:
        names = ", ".join(column.name for column in NOTIFIED_TABLE.columns)
        _copy(
            extract, f"SELECT {names} FROM notified ORDER BY notified_on, buyer_siret, contract_ref", folder / NOTIFIED
        )
        connection.execute(f"CREATE VIEW notified_written AS FROM read_parquet({file_literal(folder / NOTIFIED)})")
    if extract.has_comments:
        names = ", ".join(column.name for column in COMMENTS_TABLE.columns)
        order = "written_on, scope_kind, scope_code, text"
        _copy(extract, f"SELECT {names} FROM comments_read ORDER BY {order}", folder / COMMENTS)
        connection.execute(f"CREATE VIEW comments_written AS FROM read_parquet({file_literal(folder / COMMENTS)})")
    _note(extract, folder, now, settings, previous)


def _columns(table: Table, extract: Extract) -> str:
    """The columns of a table as they are written: that of structures is there only where several publish."""
    return ", ".join(column.name for column in (table.every_column if extract.structures else table.columns))


def named(folder: Path, now: dt.datetime) -> str:
    """The release's id, its folder renamed to it: the time it was published, and eight digits at random.

    Not a hash: everybody reads the id, and could compare it with what a guess about one participant would make of it.
    """
    release = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    sync_folder(folder)
    patiently(lambda: folder.rename(releases_folder() / release))
    sync_folder(releases_folder())
    return release


def release_before() -> Release | None:
    """The release that serves; None before the first one, and when it is broken: that is what a new one mends."""
    try:
        return current_release()
    except ExtractError:
        return None


def _write_persons(extract: Extract, folder: Path, settings: Settings, previous: Release | None) -> None:
    """The publishable figures on participants, and the sketches for the next release to count the changes."""
    connection = extract.connection
    connection.execute(
        "CREATE TABLE lot_years AS SELECT DISTINCT contract_id, lot_id, CAST(year(month) AS INTEGER) AS year, employer_kind"
        " FROM hours_monthly"
    )

    def make(name: str, sql: str) -> None:
        # In a file, where they take no memory from what comes next: at 100 million lines they were refused as tables.
        file = folder / WORK / f"{name}.parquet"
        _copy(extract, sql, file, version="v2")
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet({file_literal(file)})")

    draw_persons(
        connection,
        installation_secret(extracts_folder()),
        _thresholds(settings),
        epci=settings.applying_to(extract.demo).members_of(one.code for one in extract.structures),
        counted_by_default=not settings.counting.include_uncounted,
        previous=_drawn_before(previous, extract, settings),
        make=make,
        prefixed=extract.prefixed,
    )
    order = "field, value, year, include_uncounted"
    _copy(
        extract,
        f"FROM persons ORDER BY {order}, moment, axis, category, outcome",
        folder / PERSONS,
        version="v2",
    )
    _copy(
        extract,
        "SELECT sketches.figures, populations.* EXCLUDE (population_no, same_as), sketches.parts, sketches.key FROM sketches"
        f" INNER JOIN populations USING (population_no) ORDER BY figures, {order}",
        folder / SKETCHES,
        version="v2",
    )


def _thresholds(settings: Settings) -> Thresholds:
    return Thresholds(account=settings.privacy.threshold, public=settings.privacy.public_threshold)


def _drawn_before(previous: Release | None, extract: Extract, settings: Settings) -> Previous | None:
    """The files of the release before, when it is of the same kind; its figures are repeated under the same thresholds only."""
    if previous is None or previous.demo != extract.demo:
        return None
    return Previous(
        persons=previous.file(PERSONS),
        sketches=previous.file(SKETCHES),
        may_repeat=previous.thresholds == _thresholds(settings),
    )


def _copy(extract: Extract, sql: str, file: Path, *, version: str = "v1") -> None:
    """Writes an answer as Parquet. A demonstration's files say so: published again, they stay a demonstration.

    `version`: v2 for what only the dashboard reads, which took a third less time to read; what others read is v1, which all
    programs understand.
    """
    demo = f", KV_METADATA {{{DEMO_KEY}: 'true'}}" if extract.demo else ""
    execute(
        extract.connection,
        f"COPY ({sql}) TO {quoted(str(file))}"
        f" (FORMAT parquet, PARQUET_VERSION {version}, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}{demo})",
    )


def _note(extract: Extract, folder: Path, now: dt.datetime, settings: Settings, previous: Release | None) -> None:
    """release.json: what the release is made of, for readers and for those who check it."""
    first, last, rows = extract.one("SELECT min(month), max(month), count(*) FROM hours")
    contracts, lots = extract.one("SELECT count(DISTINCT contract_id), count(*) FROM contracts")
    (left_out,) = extract.one("SELECT count(*) FROM left_out")
    totals = extract.one(query("rollup.sql", "rollup_totals"))
    notified = extract.one("SELECT count(*) FROM notified")[0] if extract.has_notified else None
    content = {
        "schema_version": SCHEMA_VERSION,
        "demo": extract.demo,
        "data_as_of": extract.data_as_of.isoformat(),
        "published_at": now.isoformat(),
        "first_month": first and first.isoformat(),
        "last_month": last and last.isoformat(),
        "contracts": contracts,
        "lots": lots,
        "hours_rows": rows,
        "rows_left_out": left_out,
        "hours_validated": f"{totals[1]:.2f}",
        "hours_pending": f"{totals[2]:.2f}",
        "sources": [
            {"file": source.file, "table": source.table, "sha256": source.sha256, "rows": source.rows}
            for source in extract.sources
        ],
        "absent_columns": [*extract.absent_columns, *_empty_columns(extract)],
        "anomalies": [
            {"kind": str(count.kind), "rows": count.rows, "hours": str(count.hours), "in_totals": count.in_totals}
            for count in extract.anomalies
        ],
        "previous": previous.id if previous else None,
        "notified": notified,
        "comments": extract.one("SELECT count(*) FROM comments_read")[0] if extract.has_comments else None,
        "validated_in_time": extract.validated_in_time,
        "files": {file.name: sha256_of(file) for file in sorted(folder.glob("*.parquet"))},
        "thresholds": [settings.privacy.threshold, settings.privacy.public_threshold],
        "duckdb": duckdb.__version__,
    }
    if extract.structures:
        content["structures"] = [entry.as_json() for entry in extract.structures]
    (folder / NOTE).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _empty_columns(extract: Extract) -> list[str]:
    """Columns that count persons and that a source had without a single value: there is nobody to keep secret."""
    return [
        name
        for name in ("hours.participant_id", "hours.work_contract_id")
        if name not in extract.absent_columns
        and extract.one(f"SELECT NOT EXISTS (SELECT 1 FROM hours WHERE {name.partition('.')[2]} IS NOT NULL)")[0]
    ]
