-- Les sorties dépendent-elles de la modalité ?
-- Grain: one row per moment of observation, employer kind and group of outcomes (all outcomes: a group of its own),
--   and the same over all employer kinds
-- Columns:
--   outcome_point VARCHAR: exit, m6 or m12
--   employer_kind VARCHAR?: that of the latest line that tells the exit; NULL when it is not told; total in the rows of all kinds
--   outcome_group VARCHAR: durable, other_dynamic (transition, positive), other_known, unknown; total for all of them
--   participants BIGINT persons: persons who left, due to be observed at that moment
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all employer kinds
-- Order: by moment, the rows of all employer kinds first, then by employer kind and group
-- Note: the employer is that under whom the person left.
WITH cells AS (
  SELECT
    outcome_point,
    CASE WHEN grouping(employer_kind) = 1 THEN 'total' ELSE employer_kind END AS employer_kind,
    CASE WHEN grouping(outcome_group) = 1 THEN 'total' ELSE outcome_group END AS outcome_group,
    grouping(employer_kind) = 1 AS is_total,
    CAST(sum(persons) AS BIGINT) AS participants,
    persons_key(persons_key) AS persons_key
  FROM exits_in_scope($scope)
  GROUP BY
    GROUPING SETS (
      (outcome_point, employer_kind, outcome_group), (outcome_point, employer_kind), (outcome_point, outcome_group),
      (outcome_point)
    )
)

SELECT
  outcome_point,
  employer_kind,
  outcome_group,
  participants,
  persons_key,
  is_total
FROM cells
ORDER BY outcome_point ASC, is_total DESC, employer_kind ASC NULLS LAST, outcome_group ASC;
