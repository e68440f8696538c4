-- Combien de personnes chaque année, et combien pour la première fois ?
-- Grain: one row per population, year of the scope and presence, then one for all years
-- Columns:
--   population VARCHAR?: the value of the filter that the participants are of; NULL for everything
--   year INTEGER? year: the year worked; NULL in the row of all years
--   presence VARCHAR: new (the first year whose hours of the participant, on any lot, sum to more than 0), known; total for both
--   participants BIGINT? persons: distinct participants whose validated hours of the year sum to more than 0
--   is_total BOOLEAN: whether the row is that of all years
-- Order: by population, the row of all years, then by year and presence
-- Note: participants are not added up over years: most work in several.
WITH years AS (
  SELECT DISTINCT year
  FROM months
  WHERE year_matches($scope, year)
),

years_with_hours AS (
  SELECT DISTINCT year
  FROM hours_in_scope($scope)
),

complete AS (
  SELECT
    wanted.population,
    years.year,
    presences.presence,
    years_with_hours.year IS NULL AS is_empty
  FROM wanted_populations($populations) AS wanted
  CROSS JOIN years
  CROSS JOIN (VALUES ('new'), ('known'), ('total')) AS presences (presence)
  LEFT JOIN years_with_hours ON years.year = years_with_hours.year
),

figures AS (
  SELECT
    complete.population,
    complete.year,
    complete.presence,
    -- A year without a line is 0, not a hole; a year whose number is hidden is neither.
    CASE WHEN complete.is_empty THEN 0 ELSE yearly.participants END AS participants,
    FALSE AS is_total
  FROM complete
  LEFT JOIN years_of($populations) AS yearly
    ON
      complete.population IS NOT DISTINCT FROM yearly.population
      AND complete.year = yearly.year
      AND complete.presence = yearly.presence
  UNION ALL
  SELECT
    population,
    NULL AS year,
    'total' AS presence,
    participants,
    TRUE AS is_total
  FROM persons_of($populations)
  WHERE axis = 'participants'
)

SELECT
  population,
  year,
  presence,
  participants,
  is_total
FROM figures
ORDER BY population ASC NULLS FIRST, is_total DESC, year ASC, presence ASC;
