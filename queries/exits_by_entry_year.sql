-- Que sont devenues les personnes entrées chaque année ?
-- Grain: one row per moment of observation, year of entry and group of outcomes (all outcomes: a group of its own),
--   and the same over all years of entry
-- Columns:
--   outcome_point VARCHAR: exit, m6 or m12
--   entry_year INTEGER? year: the year of the person's first validated hours; NULL in the rows of all years
--   outcome_group VARCHAR: durable, other_dynamic (transition, positive), other_known, unknown; total for all of them
--   participants BIGINT persons: persons who left, due to be observed at that moment
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all years of entry
-- Order: by moment, the rows of all years of entry first, then by year of entry and group
-- Note: filters on years are on the years of exit: the latest years of entry have only the exits that have already come.
WITH cells AS (
  SELECT
    outcome_point,
    entry_year,
    CASE WHEN grouping(outcome_group) = 1 THEN 'total' ELSE outcome_group END AS outcome_group,
    grouping(entry_year) = 1 AS is_total,
    CAST(sum(persons) AS BIGINT) AS participants,
    persons_key(persons_key) AS persons_key
  FROM exits_in_scope($scope)
  GROUP BY
    GROUPING SETS (
      (outcome_point, entry_year, outcome_group), (outcome_point, entry_year), (outcome_point, outcome_group),
      (outcome_point)
    )
)

SELECT
  outcome_point,
  entry_year,
  outcome_group,
  participants,
  persons_key,
  is_total
FROM cells
ORDER BY outcome_point ASC, is_total DESC, entry_year ASC NULLS LAST, outcome_group ASC;
