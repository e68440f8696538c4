-- Combien de temps passe de l’entrée à la sortie ?
-- Grain: one row per moment of observation, duration and group of outcomes (all outcomes: a group of its own),
--   and the same over all durations
-- Columns:
--   outcome_point VARCHAR: exit, m6 or m12
--   duration_band VARCHAR: months to the exit: 0-2, 3-5, 6-11, 12-23, 24+; total in the rows of all durations
--   outcome_group VARCHAR: durable, other_dynamic (transition, positive), other_known, unknown; total for all of them
--   participants BIGINT persons: persons who left, due to be observed at that moment
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all durations
-- Order: by moment, the rows of all durations first, then by duration and group
-- Note: the first month is that of the person's first validated hours, under whatever contract.
WITH cells AS (
  SELECT
    outcome_point,
    CASE WHEN grouping(duration_band) = 1 THEN 'total' ELSE duration_band END AS duration_band,
    CASE WHEN grouping(outcome_group) = 1 THEN 'total' ELSE outcome_group END AS outcome_group,
    grouping(duration_band) = 1 AS is_total,
    CAST(sum(persons) AS BIGINT) AS participants,
    persons_key(persons_key) AS persons_key
  FROM exits_in_scope($scope)
  GROUP BY
    GROUPING SETS (
      (outcome_point, duration_band, outcome_group), (outcome_point, duration_band), (outcome_point, outcome_group),
      (outcome_point)
    )
)

SELECT
  outcome_point,
  duration_band,
  outcome_group,
  participants,
  persons_key,
  is_total
FROM cells
ORDER BY outcome_point ASC, is_total DESC, duration_band ASC, outcome_group ASC;
