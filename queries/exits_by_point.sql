-- Que deviennent les personnes à la sortie, à 6 mois et à 12 mois ?
-- Grain: one row per moment of observation and outcome, then one for all outcomes of the moment
-- Columns:
--   outcome_point VARCHAR: exit, m6 or m12
--   exit_outcome VARCHAR: durable, transition, positive, chomage, inactif, autre, inconnu; total for all of them
--   participants BIGINT persons: persons who left, due to be observed at that moment
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all outcomes of the moment
-- Order: by moment, the row of all outcomes first
-- Note: a person leaves once, by the last exit told. What was due and not observed is unknown (inconnu). The
--   row of all outcomes at the moment exit counts all who left; fewer are due at 6 months, and fewer at 12.
WITH cells AS (
  SELECT
    outcome_point,
    CASE WHEN grouping(exit_outcome) = 1 THEN 'total' ELSE exit_outcome END AS exit_outcome,
    grouping(exit_outcome) = 1 AS is_total,
    CAST(sum(persons) AS BIGINT) AS participants,
    persons_key(persons_key) AS persons_key
  FROM exits_in_scope($scope)
  GROUP BY GROUPING SETS ((outcome_point, exit_outcome), (outcome_point))
)

SELECT
  outcome_point,
  exit_outcome,
  participants,
  persons_key,
  is_total
FROM cells
ORDER BY outcome_point ASC, is_total DESC, exit_outcome ASC;
