"""What was written is read again and compared with what was read from the sources, before it may serve."""

from pathlib import Path

from data.problems import ExtractError, Problem
from data.release.durable import sync_file
from data.release.labelled_sql import query
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
)
from data.schema import COMMENTS as COMMENTS_TABLE
from data.schema import NOTIFIED as NOTIFIED_TABLE
from data.schema import TABLES
from data.sources.extract import Extract
from data.sources.raw_table import file_literal
from data.words import N_


def verify(extract: Extract, folder: Path) -> None:
    """Reopens what was written. ExtractError when a type, a count or a total is not what was read: nothing is published."""
    connection = extract.connection
    changed = [each.path.name for each in extract.fingerprints if not each.unchanged]
    if changed:
        message = N_("fichier modifié pendant la lecture\u202f; recommencez quand il est complet.")
        raise ExtractError(*(Problem(kind="changed_file", file=name, message=message) for name in changed))
    written = {table.name: table for table in TABLES}
    if extract.has_notified:
        written["notified_written"] = NOTIFIED_TABLE
        read_count, written_count = (
            extract.one(f"SELECT count(*) FROM {name}") for name in ("notified", "notified_written")
        )
        _same("notified", written_count, read_count)
    if extract.has_comments:
        written["comments_written"] = COMMENTS_TABLE
        _same(
            "comments", *(extract.one(f"SELECT count(*) FROM {name}") for name in ("comments_written", "comments_read"))
        )
    for name, table in written.items():
        shape = connection.execute(f"DESCRIBE {name}").fetchall()
        expected = [(column.name, column.sql_type) for column in table.every_column]
        _same("types", [(name, kind) for name, kind, *_ in shape], expected)
    lines = extract.one("SELECT count(*), coalesce(sum(counted), 0) FROM lines")
    totals = extract.one(query("rollup.sql", "totals"))
    _same("rows", (totals[-1], totals[1]), lines)
    _same("totals", extract.one(query("rollup.sql", "rollup_totals")), totals)
    _same("persons", extract.one(_FAR_FROM_COUNTS.format(file=file_literal(folder / PERSONS))), (0,))
    _same("lots", extract.one("SELECT count(*) FROM contracts"), extract.one("SELECT count(*) FROM contracts_read"))
    for name in (
        CONTRACTS,
        HOURS,
        ROLLUP,
        PERSONS,
        SKETCHES,
        ANOMALIES,
        *[NOTIFIED] * extract.has_notified,
        *[COMMENTS] * extract.has_comments,
        NOTE,
    ):
        sync_file(folder / name)


def _same(what: str, actual: object, expected: object) -> None:
    if actual != expected:
        message = N_(
            "la version écrite diffère de ce qui a été lu ({what})\u202f; rien n’est publié, signalez ce défaut."
        )
        raise ExtractError(Problem(kind="written_differs", message=message, values={"what": what}))


# Populations whose published number is too far from the count. Populations that repeat the release before are exempt.
_FAR_FROM_COUNTS = """
SELECT count(*)
FROM read_parquet({file}) AS published
INNER JOIN populations
  ON
    published.field = populations.field AND published.value = populations.value AND published.year IS NOT DISTINCT FROM populations.year
    AND published.include_uncounted = populations.include_uncounted AND populations.same_as IS NULL
INNER JOIN counted_cells ON populations.population_no = counted_cells.population_no AND counted_cells.axis = 'participants'
WHERE
  published.axis = 'participants' AND populations.population_no NOT IN (FROM frozen_participants)
  AND abs(published.participants - counted_cells.participants) > 4
"""
