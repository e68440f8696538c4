-- Où habitent les personnes ?
-- Grain: one row per commune of the authority where persons of the scope live, one for all other communes, one for those whose
-- commune is not told, one for all persons
-- Columns:
--   trait VARCHAR: residence_commune; total in the row of all persons
--   value VARCHAR?: INSEE code of a commune of the authority; outside for all other communes; NULL when it is not told
--   commune_name VARCHAR?: its name
--   participants BIGINT persons: distinct persons whose validated hours are above 0 in the scope
--   hours_validated DECIMAL(38,2) h: validated hours of those persons in the scope
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all persons of the scope
-- Order: the total, then by value
-- Note: the commune is the last one told; filters on communes are on those of the works, never on those of residence.
WITH homes AS (
  -- One row per commune: far fewer than persons.
  SELECT
    residence_commune,
    sum(persons) AS participants,
    sum(hours_validated) AS hours_validated,
    persons_key(persons_key) AS persons_key
  FROM persons_in_scope($scope, 'residence_commune')
  GROUP BY residence_commune
  HAVING sum(persons) > 0
),

located AS (
  SELECT
    CASE
      WHEN homes.residence_commune IS NULL THEN NULL
      WHEN communes.population IS NULL THEN 'outside'
      ELSE homes.residence_commune
    END AS value,
    homes.participants,
    homes.hours_validated,
    homes.persons_key
  FROM homes
  LEFT JOIN communes ON homes.residence_commune = communes.commune
),

cells AS (
  SELECT
    CASE WHEN grouping(value) = 1 THEN 'total' ELSE 'residence_commune' END AS trait,
    value,
    CAST(coalesce(sum(participants), 0) AS BIGINT) AS participants,
    CAST(coalesce(sum(hours_validated), 0) AS DECIMAL(38, 2)) AS hours_validated,
    persons_key(persons_key) AS persons_key
  FROM located
  GROUP BY GROUPING SETS ((value), ())
)

SELECT
  cells.trait,
  cells.value,
  communes.commune_name,
  cells.participants,
  cells.hours_validated,
  cells.persons_key,
  cells.trait = 'total' AS is_total
FROM cells
LEFT JOIN communes ON cells.value = communes.commune
ORDER BY is_total DESC, cells.value ASC NULLS LAST;
