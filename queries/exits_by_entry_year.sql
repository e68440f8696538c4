-- Que sont devenues les personnes entrées chaque année ?
-- Grain: one row per population, moment of observation, year of entry and group of outcomes (all outcomes: a group of its own),
--   and the same over all of them
-- Columns:
--   population VARCHAR?: the value of the filter that the exits are of; NULL for everything
--   outcome_point VARCHAR: exit, m6 or m12
--   entry_year INTEGER? year: the first year whose validated hours sum to more than 0; NULL in the rows of all of them
--   outcome_group VARCHAR: durable, other_dynamic (transition, positive), other_known, unknown; total for all of them
--   participants BIGINT? persons: participants who left, due to be observed at that moment
--   is_total BOOLEAN: whether the row is that of all
-- Order: by population and moment, the rows of all first, then by year of entry and group
-- Note: filters on years are on the years of exit: the latest years of entry have only the exits that have already come. With one
--   value and one year there are only the rows of all.
WITH cells AS (
  SELECT
    population,
    outcome_point,
    CAST(NULL AS INTEGER) AS entry_year,
    outcome_group,
    participants,
    TRUE AS is_total
  FROM exits_of($populations)
  UNION ALL
  SELECT
    population,
    moment AS outcome_point,
    CAST(category AS INTEGER) AS entry_year,
    coalesce(nullif(outcome, ''), 'total') AS outcome_group,
    participants,
    FALSE AS is_total
  FROM persons_of($populations)
  WHERE axis = 'entry_year'
)

SELECT
  population,
  outcome_point,
  entry_year,
  outcome_group,
  participants,
  is_total
FROM cells
ORDER BY population ASC NULLS FIRST, outcome_point ASC, is_total DESC, entry_year ASC NULLS LAST, outcome_group ASC;
