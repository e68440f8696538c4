"""Exact counts of participants for any scope, on the lines: for the shell without `--as`, on the machine that has the extracts.

The same statements as a publish's (data/release/count_participants.py), over the lines of one scope. Their result stands in the place of
persons.parquet, so that the questions run as they are.
"""

from typing import Any, Final

import duckdb

from data.ladder import EVERYTHING, Rung
from data.release.count_participants import count_participants
from data.release.labelled_sql import statements
from queries.scope import Reading, Scope
from queries.secrecy.ladder import Off, Population, populations

# What the questions break the scope down by.
_LADDER: Final = (
    Rung(field=EVERYTHING),
    Rung(field="clause_categories", by_year=False),
    Rung(field="employer_kinds", by_year=False),
)
# All lines counted are in the scope: whether lots out of the total are is settled there.
WHOLE: Final = Population(include_uncounted=True)
_LOT_YEARS: Final = """
CREATE TEMP TABLE lot_years AS
SELECT DISTINCT contract_id, lot_id, CAST(year(month) AS INTEGER) AS year, employer_kind
FROM hours_in_scope($scope)
"""
_EXITS: Final = """
SELECT leavers.*
FROM leavers
INNER JOIN lots ON leavers.contract_id = lots.contract_id AND leavers.lot_id = lots.lot_id
WHERE lot_matches($scope, lots) AND line_matches($scope, leavers) AND year_matches($scope, leavers.exit_year)
"""
_PERSONS: Final = """
CREATE TEMP TABLE persons AS
WITH every_population AS (
  SELECT field, value, year, include_uncounted, coalesce(same_as, population_no) AS population_no
  FROM populations
  WHERE include_uncounted
  UNION ALL
  SELECT '' AS field, '' AS value, NULL AS year, TRUE AS include_uncounted, 0 AS population_no
  WHERE NOT EXISTS (SELECT 1 FROM populations WHERE field = '')
),
zeros AS (
  SELECT every_population.*, '' AS moment, axes.axis, axes.category, '' AS outcome
  FROM every_population
  CROSS JOIN (VALUES ('participants', ''), ('work_contracts', ''), ('presence', 'new'), ('presence', 'known')) AS axes (axis, category)
  WHERE axes.axis <> 'presence' OR every_population.year IS NOT NULL
),
counted AS (
  SELECT
    every_population.field, every_population.value, every_population.year, every_population.include_uncounted,
    counted_cells.moment, counted_cells.axis, counted_cells.category, counted_cells.outcome,
    counted_cells.participants, CAST(counted_cells.hours_validated AS DECIMAL(18, 2)) AS hours_validated,
    CAST(counted_cells.hours_validated AS DOUBLE) / nullif(CAST(wholes.hours_validated AS DOUBLE), 0) AS hours_share_ratio
  FROM every_population
  INNER JOIN counted_cells ON every_population.population_no = counted_cells.population_no
  LEFT JOIN counted_cells AS wholes
    ON every_population.population_no = wholes.population_no AND wholes.axis = 'participants'
)
SELECT
  field, value, year, include_uncounted, moment, axis, category, outcome,
  participants, participants AS participants_public, hours_validated, hours_share_ratio
FROM counted
UNION ALL
SELECT
  field, value, year, include_uncounted, moment, axis, category, outcome, 0, 0, CAST(0 AS DECIMAL(18, 2)), NULL
FROM zeros
ANTI JOIN counted
  ON
    zeros.field = counted.field AND zeros.value = counted.value AND zeros.year IS NOT DISTINCT FROM counted.year
    AND zeros.moment = counted.moment AND zeros.axis = counted.axis AND zeros.category = counted.category
"""


def count_exactly(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    """Makes, for this cursor only, a table persons that counts the scope: WHOLE, its years, clauses and employer kinds."""
    values: dict[str, Any] = {"scope": scope.bound()}
    cursor.execute(statements("rollup.sql")["measures"].replace("CREATE MACRO", "CREATE OR REPLACE TEMP MACRO"))
    cursor.execute("CREATE OR REPLACE TEMP MACRO participant_mark(text) AS md5_number_lower(text)")
    cursor.execute("CREATE OR REPLACE TEMP MACRO own_id(text) AS text")
    cursor.execute(
        "CREATE TEMP TABLE data_dates AS SELECT structure, data_as_of FROM structures"
        " UNION ALL SELECT NULL AS structure, data_as_of FROM release"
    )
    cursor.execute("CREATE TEMP TABLE member_communes AS SELECT commune FROM communes WHERE population IS NOT NULL")
    cursor.execute(_LOT_YEARS, values)
    count_participants(cursor, _LADDER, exits=(_EXITS, values))
    cursor.execute(_PERSONS)


def bound_populations(scope: Scope) -> list[dict[str, Any]]:
    """The value bound to `$populations`: those that the scope is; the one that was counted exactly. None under a range of months."""
    if scope.has_months:
        return []
    if scope.reading is Reading.EXACT:
        return [WHOLE.bound()]
    result = populations(scope)
    return [] if isinstance(result, Off) else [population.bound() for population in result]
