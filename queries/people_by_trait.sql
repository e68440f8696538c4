-- Qui a travaillé grâce aux clauses ?
-- Grain: one row per population, trait and value, then one for all participants of the population
-- Columns:
--   population VARCHAR?: the value of the filter that the participants are of; NULL for everything
--   trait VARCHAR: which trait, by the name of its column in the hours (gender, is_qpv…); total in the row of all participants
--   value VARCHAR?: the code of the trait, true or false for those that begin with is_; NULL when it is not stated
--   participants BIGINT? persons: distinct participants whose validated hours sum to more than 0 in the population
--   hours_validated DECIMAL(18,2)? h: validated hours of all participants of the population; of a trait only in the shell
--   hours_share_ratio DOUBLE? ratio: the part of these hours that participants of the value worked, in whole percents with noise
--   is_total BOOLEAN: whether the row is that of all participants of the population
-- Order: by population, the total first, then by trait and value
-- Note: each trait is that at entry, the first one stated. The traits that begin with is_ overlap: they are never added up.
SELECT
  population,
  CASE axis WHEN 'participants' THEN 'total' ELSE axis END AS trait,
  nullif(category, '') AS value,
  participants,
  hours_validated,
  hours_share_ratio,
  axis = 'participants' AS is_total
FROM persons_of($populations)
WHERE axis NOT IN ('work_contracts', 'residence', 'residence_commune', 'presence') AND moment = ''
ORDER BY population ASC NULLS FIRST, is_total DESC, trait ASC, value ASC NULLS LAST;
