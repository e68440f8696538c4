-- Combien de personnes chaque année, et combien pour la première fois ?
-- Grain: one row per year of the scope and presence, then one for all persons
-- Columns:
--   year INTEGER? year: the year worked; NULL in the row of all persons
--   presence VARCHAR: new (the year of the person's first validated hours, on any lot), known (a later one); total for both
--   participants BIGINT persons: distinct persons whose validated hours of the year are above 0
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all persons of the scope, over all its years
-- Order: the row of all persons, then by year and presence
-- Note: persons are not added up over years: most work in several.
WITH counted AS (
  SELECT
    year,
    coalesce(year = entry_year, FALSE) AS is_new,
    sum(persons_of_year) AS participants_of_year,
    persons_key(persons_key_of_year) AS persons_key_of_year,
    sum(persons) AS participants,
    persons_key(persons_key) AS persons_key
  FROM persons_in_scope($scope, 'entry_year')
  GROUP BY year, coalesce(year = entry_year, FALSE)
),

years AS (
  SELECT DISTINCT year
  FROM months
  WHERE year_matches($scope, year)
),

complete AS (
  -- A year without persons is 0, not a hole.
  SELECT
    years.year,
    presences.presence,
    coalesce(counted.participants_of_year, 0) AS participants,
    coalesce(counted.persons_key_of_year, 0) AS persons_key
  FROM years
  CROSS JOIN (VALUES ('new', TRUE), ('known', FALSE)) AS presences (presence, is_new)
  LEFT JOIN counted ON years.year = counted.year AND presences.is_new = counted.is_new
),

found AS (
  SELECT
    year,
    CASE WHEN grouping(presence) = 1 THEN 'total' ELSE presence END AS presence,
    CAST(sum(participants) AS BIGINT) AS participants,
    persons_key(persons_key) AS persons_key,
    FALSE AS is_total
  FROM complete
  GROUP BY GROUPING SETS ((year, presence), (year))
  UNION ALL
  SELECT
    NULL AS year,
    'total' AS presence,
    CAST(coalesce(sum(participants), 0) AS BIGINT) AS participants,
    persons_key(persons_key) AS persons_key,
    TRUE AS is_total
  FROM counted
)

SELECT
  year,
  presence,
  participants,
  persons_key,
  is_total
FROM found
ORDER BY is_total DESC, year ASC, presence ASC;
