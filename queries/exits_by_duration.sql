-- Combien de temps passe de l’entrée à la sortie ?
-- Grain: one row per population, moment of observation, time from entry to exit and group of outcomes
--   (all outcomes: a group of its own), and the same over all of them
-- Columns:
--   population VARCHAR?: the value of the filter that the exits are of; NULL for everything
--   outcome_point VARCHAR: exit, m6 or m12
--   duration_band VARCHAR: time from entry to exit; total in the rows of all of them
--   outcome_group VARCHAR: durable, other_dynamic (transition, positive), other_known, unknown; total for all of them
--   participants BIGINT? persons: participants who left, due to be observed at that moment
--   is_total BOOLEAN: whether the row is that of all
-- Order: by population and moment, the rows of all first, then by time from entry to exit and group
-- Note: months between the first validated hours, on any lot, and the exit. With one value and one year there are only
--   the rows of all.
WITH cells AS (
  SELECT
    population,
    outcome_point,
    'total' AS duration_band,
    outcome_group,
    participants,
    TRUE AS is_total
  FROM exits_of($populations)
  UNION ALL
  SELECT
    population,
    moment AS outcome_point,
    category AS duration_band,
    coalesce(nullif(outcome, ''), 'total') AS outcome_group,
    participants,
    FALSE AS is_total
  FROM persons_of($populations)
  WHERE axis = 'duration_band'
)

SELECT
  population,
  outcome_point,
  duration_band,
  outcome_group,
  participants,
  is_total
FROM cells
ORDER BY population ASC NULLS FIRST, outcome_point ASC, is_total DESC, duration_band ASC NULLS LAST, outcome_group ASC;
