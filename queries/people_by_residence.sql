-- Où habitent les personnes ?
-- Grain: one row per population and place: inside the authority, outside, not stated; one per commune inside; one for all of them
-- Columns:
--   population VARCHAR?: the value of the filter that the participants are of; NULL for everything
--   trait VARCHAR: residence, of which the three values make all participants; residence_commune; total in the row of all of them
--   value VARCHAR?: inside, outside; NULL when it is not stated; the INSEE code of a commune
--   commune_name VARCHAR?: its name
--   participants BIGINT? persons: distinct participants whose validated hours sum to more than 0 in the population
--   hours_validated DECIMAL(18,2)? h: validated hours of all participants of the population; of a place only in the shell
--   hours_share_ratio DOUBLE? ratio: the part of these hours that participants of the place worked, in whole percents with noise
--   is_total BOOLEAN: whether the row is that of all participants of the population
-- Order: by population, the total, then the three places, then the communes by code
-- Note: the commune is that at entry; filters on communes are on those of the works, never on those of residence. A commune whose
--   number is hidden has no row.
WITH homes AS (
  SELECT
    population,
    CASE axis WHEN 'participants' THEN 'total' ELSE axis END AS trait,
    nullif(category, '') AS value,
    participants,
    hours_validated,
    hours_share_ratio,
    axis = 'participants' AS is_total
  FROM persons_of($populations)
  WHERE axis IN ('participants', 'residence', 'residence_commune')
)

SELECT
  homes.population,
  homes.trait,
  homes.value,
  communes.commune_name,
  homes.participants,
  homes.hours_validated,
  homes.hours_share_ratio,
  homes.is_total
FROM homes
LEFT JOIN communes ON homes.value = communes.commune
ORDER BY homes.population ASC NULLS FIRST, homes.is_total DESC, homes.trait ASC, homes.value ASC NULLS LAST;
