-- Les sorties dépendent-elles de la modalité ?
-- Grain: one row per moment of observation, employer kind and group of outcomes
--   (all outcomes: a group of its own), and the same over all of them
-- Columns:
--   population VARCHAR?: the value of the filter that the exits are of; NULL for everything
--   outcome_point VARCHAR: exit, m6 or m12
--   employer_kind VARCHAR?: that of the exit; NULL when it is not stated; total in the rows of all of them
--   outcome_group VARCHAR: durable, other_dynamic (transition, positive), other_known, unknown; total for all of them
--   participants BIGINT? persons: participants who left, due to be observed at that moment
--   is_total BOOLEAN: whether the row is that of all
-- Order: by population and moment, the rows of all first, then by employer kind and group
-- Note: an exit belongs to the employer of the latest line that states it. Under a filter there are only the rows of all: two
--   fields are never crossed.
WITH cells AS (
  SELECT
    population,
    outcome_point,
    'total' AS employer_kind,
    outcome_group,
    participants,
    TRUE AS is_total
  FROM exits_of($populations)
  UNION ALL
  SELECT
    NULL AS population,
    outcome_point,
    nullif(value, 'none') AS employer_kind,
    outcome_group,
    participants,
    FALSE AS is_total
  FROM exits_by_field($populations, 'employer_kinds')
)

SELECT
  population,
  outcome_point,
  employer_kind,
  outcome_group,
  participants,
  is_total
FROM cells
ORDER BY population ASC NULLS FIRST, outcome_point ASC, is_total DESC, employer_kind ASC NULLS LAST, outcome_group ASC;
