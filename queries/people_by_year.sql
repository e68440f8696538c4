-- Combien de personnes chaque année, et combien pour la première fois ?
-- Grain: one row per year of the scope and presence, then one for all persons
-- Columns:
--   year INTEGER year: the year worked; NULL in the row of all persons
--   presence VARCHAR: new (the year of the person's first validated hours, on any lot), known (a later one); total for both
--   participants BIGINT persons: distinct persons whose validated hours of the year are above 0
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all persons of the scope, over all its years
-- Order: the row of all persons, then by year and presence
-- Note: persons are not added up over years: most work in several.
WITH person_years AS (
  SELECT
    person_no,
    year
  FROM people_hours_in_scope($scope)
  WHERE person_no IS NOT NULL
  GROUP BY person_no, year
  HAVING sum(hours_validated) > 0
),

year_cells AS (
  SELECT
    person_years.year,
    CASE WHEN person_years.year = people.entry_year THEN 'new' ELSE 'known' END AS presence,
    count(*) AS participants,
    persons_key(people.person_key) AS persons_key
  FROM person_years
  INNER JOIN people ON person_years.person_no = people.person_no
  GROUP BY person_years.year, CASE WHEN person_years.year = people.entry_year THEN 'new' ELSE 'known' END
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
    coalesce(year_cells.participants, 0) AS participants,
    coalesce(year_cells.persons_key, 0) AS persons_key
  FROM years
  CROSS JOIN (VALUES ('new'), ('known')) AS presences (presence)
  LEFT JOIN year_cells ON years.year = year_cells.year AND presences.presence = year_cells.presence
),

found AS (
  SELECT
    year,
    CASE WHEN grouping(presence) = 1 THEN 'total' ELSE presence END AS presence,
    CAST(sum(participants) AS BIGINT) AS participants,
    bit_xor(persons_key) AS persons_key,
    FALSE AS is_total
  FROM complete
  GROUP BY GROUPING SETS ((year, presence), (year))
  UNION ALL
  SELECT
    NULL AS year,
    'total' AS presence,
    count(*) AS participants,
    persons_key(person_key) AS persons_key,
    TRUE AS is_total
  FROM persons_in_scope($scope)
)

SELECT
  year,
  presence,
  participants,
  persons_key,
  is_total
FROM found
ORDER BY is_total DESC, year ASC, presence ASC;
