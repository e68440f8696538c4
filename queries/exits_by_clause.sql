-- Les sorties dépendent-elles du type de clause ?
-- Grain: one row per moment of observation, clause category and group of outcomes (all outcomes: a group of its own),
--   and the same over all categories
-- Columns:
--   outcome_point VARCHAR: exit, m6 or m12
--   clause_category VARCHAR: that of the lot of the exit; total in the rows of all categories
--   outcome_group VARCHAR: durable, other_dynamic (transition, positive), other_known, unknown; total for all of them
--   participants BIGINT persons: persons who left, due to be observed at that moment
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all categories
-- Order: by moment, the rows of all categories first, then by clause category and group
-- Note: an exit belongs to the lot of the latest line that tells it.
WITH cells AS (
  SELECT
    outcome_point,
    CASE WHEN grouping(clause_category) = 1 THEN 'total' ELSE clause_category END AS clause_category,
    CASE WHEN grouping(outcome_group) = 1 THEN 'total' ELSE outcome_group END AS outcome_group,
    grouping(clause_category) = 1 AS is_total,
    CAST(sum(persons) AS BIGINT) AS participants,
    persons_key(persons_key) AS persons_key
  FROM exits_in_scope($scope)
  GROUP BY
    GROUPING SETS (
      (outcome_point, clause_category, outcome_group), (outcome_point, clause_category), (outcome_point, outcome_group),
      (outcome_point)
    )
)

SELECT
  outcome_point,
  clause_category,
  outcome_group,
  participants,
  persons_key,
  is_total
FROM cells
ORDER BY outcome_point ASC, is_total DESC, clause_category ASC, outcome_group ASC;
