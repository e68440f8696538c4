-- Qui a travaillé grâce aux clauses ?
-- Grain: one row per trait and value that persons of the scope have, then one for all of them
-- Columns:
--   trait VARCHAR: which trait, by the name of its column in the hours (gender, is_qpv…); total in the row of all persons
--   value VARCHAR?: the code of the trait, true or false for those that begin with is_; NULL when nothing is told
--   participants BIGINT persons: distinct persons whose validated hours are above 0 in the scope
--   hours_validated DECIMAL(38,2) h: validated hours of those persons in the scope
--   persons_key UBIGINT key: fingerprint of the persons of the cell, for disclosure control; never leaves
--   is_total BOOLEAN: whether the row is that of all persons of the scope
-- Order: the total, then by trait and value
-- Note: each trait is the last one told. The traits that begin with is_ overlap: they are never added up.
WITH by_profile AS (
  -- One row per set of traits: far fewer than persons.
  SELECT
    profile_no,
    sum(persons) AS participants,
    sum(hours_validated) AS hours_validated,
    persons_key(persons_key) AS persons_key
  FROM persons_in_scope($scope, 'profile')
  GROUP BY profile_no
  HAVING sum(persons) > 0
),

cells AS (
  SELECT
    CASE
      WHEN grouping(profiles.gender) = 0 THEN 'gender'
      WHEN grouping(profiles.age_band) = 0 THEN 'age_band'
      WHEN grouping(profiles.education) = 0 THEN 'education'
      WHEN grouping(profiles.main_public) = 0 THEN 'main_public'
      WHEN grouping(profiles.is_deld) = 0 THEN 'is_deld'
      WHEN grouping(profiles.is_rsa) = 0 THEN 'is_rsa'
      WHEN grouping(profiles.is_rqth) = 0 THEN 'is_rqth'
      WHEN grouping(profiles.is_young) = 0 THEN 'is_young'
      WHEN grouping(profiles.is_senior) = 0 THEN 'is_senior'
      WHEN grouping(profiles.is_qpv) = 0 THEN 'is_qpv'
      WHEN grouping(profiles.is_plie) = 0 THEN 'is_plie'
      ELSE 'total'
    END AS trait,
    -- All but the trait of the row are NULL.
    coalesce(
      profiles.gender, profiles.age_band, profiles.education, profiles.main_public,
      CAST(profiles.is_deld AS VARCHAR), CAST(profiles.is_rsa AS VARCHAR), CAST(profiles.is_rqth AS VARCHAR),
      CAST(profiles.is_young AS VARCHAR), CAST(profiles.is_senior AS VARCHAR), CAST(profiles.is_qpv AS VARCHAR),
      CAST(profiles.is_plie AS VARCHAR)
    ) AS value,
    CAST(coalesce(sum(by_profile.participants), 0) AS BIGINT) AS participants,
    CAST(coalesce(sum(by_profile.hours_validated), 0) AS DECIMAL(38, 2)) AS hours_validated,
    persons_key(by_profile.persons_key) AS persons_key
  FROM by_profile
  INNER JOIN profiles ON by_profile.profile_no = profiles.profile_no
  GROUP BY
    GROUPING SETS (
      (profiles.gender), (profiles.age_band), (profiles.education), (profiles.main_public), (profiles.is_deld),
      (profiles.is_rsa), (profiles.is_rqth), (profiles.is_young), (profiles.is_senior), (profiles.is_qpv), (profiles.is_plie),
      ()
    )
)

SELECT
  trait,
  value,
  participants,
  hours_validated,
  persons_key,
  trait = 'total' AS is_total
FROM cells
ORDER BY is_total DESC, trait ASC, value ASC NULLS LAST;
