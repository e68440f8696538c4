-- Numbers of participants, work contracts and exits of each population, exact; drawn.sql rounds and hides them.

-- name: marks
-- Grain: one row per population and 64th part of its participants: how many, the sums of their marks (all bits: two populations
-- have the same sums when they are the same participants), and what changes when their traits do (facts), or these or their
-- hours (hours).
SELECT
  members.population_no,
  CAST(people.second_mark % 64 AS UTINYINT) AS part,
  count(*) AS participants,
  sum(people.mark) AS mark,
  sum(people.second_mark) AS second_mark,
  CAST(sum(people.facts_mark) % 4294967296 AS UINTEGER) AS facts,
  CAST(sum(hash(people.facts_mark, members.hours_validated)) % 4294967296 AS UINTEGER) AS hours
FROM members
INNER JOIN people ON members.participant_no = people.participant_no
GROUP BY members.population_no, people.second_mark % 64;

-- name: cells
-- Grain: one row per population of some fields, axis and category that participants are in. The axis participants has one row,
-- all of them. most_hours: those of the participant who has most. mark: the sum of the marks of those who are in it, by which two
-- cells of the same participants are known.
WITH by_profile AS (
  SELECT
    members.population_no,
    people.profile_no,
    count(*) AS participants,
    sum(members.hours_validated) AS hours_validated,
    max(members.hours_validated) AS most_hours,
    sum(people.mark) AS mark
  FROM members
  INNER JOIN people ON members.participant_no = people.participant_no
  GROUP BY members.population_no, people.profile_no
),

traits AS (
  SELECT
    by_profile.population_no,
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
      ELSE 'participants'
    END AS axis,
    -- All but the trait of the row are NULL.
    coalesce(
      profiles.gender, profiles.age_band, profiles.education, profiles.main_public, profiles.is_deld, profiles.is_rsa,
      profiles.is_rqth, profiles.is_young, profiles.is_senior, profiles.is_qpv, profiles.is_plie, ''
    ) AS category,
    sum(by_profile.participants) AS participants,
    sum(by_profile.hours_validated) AS hours_validated,
    max(by_profile.most_hours) AS most_hours,
    sum(by_profile.mark) AS mark
  FROM by_profile
  INNER JOIN profiles ON by_profile.profile_no = profiles.profile_no
  GROUP BY
    GROUPING SETS (
      (by_profile.population_no),
      (by_profile.population_no, profiles.gender), (by_profile.population_no, profiles.age_band),
      (by_profile.population_no, profiles.education), (by_profile.population_no, profiles.main_public),
      (by_profile.population_no, profiles.is_deld), (by_profile.population_no, profiles.is_rsa),
      (by_profile.population_no, profiles.is_rqth), (by_profile.population_no, profiles.is_young),
      (by_profile.population_no, profiles.is_senior), (by_profile.population_no, profiles.is_qpv),
      (by_profile.population_no, profiles.is_plie)
    )
),

homes AS (
  SELECT
    members.population_no,
    CASE
      WHEN people.residence_commune IS NULL THEN ''
      WHEN member_communes.commune IS NULL THEN 'outside'
      ELSE people.residence_commune
    END AS home,
    count(*) AS participants,
    sum(members.hours_validated) AS hours_validated,
    max(members.hours_validated) AS most_hours,
    sum(people.mark) AS mark
  FROM members
  INNER JOIN people ON members.participant_no = people.participant_no
  LEFT JOIN member_communes ON people.residence_commune = member_communes.commune
  GROUP BY members.population_no, home
),

presences AS (
  SELECT
    members.population_no,
    coalesce(people.entry_year = populations.year, FALSE) AS is_new,
    count(*) AS participants,
    sum(members.hours_validated) AS hours_validated,
    max(members.hours_validated) AS most_hours,
    sum(people.mark) AS mark
  FROM members
  INNER JOIN people ON members.participant_no = people.participant_no
  INNER JOIN populations ON members.population_no = populations.population_no
  WHERE populations.year IS NOT NULL
  GROUP BY members.population_no, coalesce(people.entry_year = populations.year, FALSE)
)

SELECT * FROM traits
UNION ALL
SELECT
  population_no,
  'residence' AS axis,
  CASE WHEN home IN ('', 'outside') THEN home ELSE 'inside' END AS category,
  sum(participants) AS participants,
  sum(hours_validated) AS hours_validated,
  max(most_hours) AS most_hours,
  sum(mark) AS mark
FROM homes
GROUP BY population_no, CASE WHEN home IN ('', 'outside') THEN home ELSE 'inside' END
UNION ALL
SELECT
  population_no,
  'residence_commune' AS axis,
  home AS category,
  participants,
  hours_validated,
  most_hours,
  mark
FROM homes
WHERE home NOT IN ('', 'outside')
UNION ALL
SELECT
  population_no,
  'presence' AS axis,
  CASE WHEN is_new THEN 'new' ELSE 'known' END AS category,
  participants,
  hours_validated,
  most_hours,
  mark
FROM presences;

-- name: work_contract_cells
-- Grain: one row per population of some fields: its work contracts whose accepted hours there sum to more than 0.
WITH chosen AS (
  SELECT
    stratum_no,
    population_no
  FROM stratum_populations
  WHERE list_contains($fields, field)
),

counted AS (
  SELECT
    chosen.population_no,
    work_contract_strata.work_contract_no
  FROM work_contract_strata
  INNER JOIN chosen ON work_contract_strata.stratum_no = chosen.stratum_no
  GROUP BY chosen.population_no, work_contract_strata.work_contract_no
  HAVING sum(work_contract_strata.hours_validated) > 0
)

SELECT
  population_no,
  'work_contracts' AS axis,
  '' AS category,
  count(*) AS participants,
  CAST(0 AS DECIMAL(38, 2)) AS hours_validated,
  CAST(0 AS DECIMAL(18, 2)) AS most_hours,
  CAST(0 AS HUGEINT) AS mark
FROM counted
GROUP BY population_no;

-- name: exit_members
-- Grain: one row per population and participant who left from it: an exit belongs to one lot, one employer and one year.
SELECT
  stratum_populations.population_no,
  people.participant_no,
  people.mark,
  people.second_mark,
  people.entry_year,
  leavers.at_exit,
  leavers.at_m6,
  leavers.at_m12,
  duration_band(date_diff('month', people.first_month, leavers.exit_on)) AS duration_band
FROM leavers
INNER JOIN people ON leavers.participant_id = people.participant_id
INNER JOIN strata
  ON
    leavers.contract_id = strata.contract_id
    AND leavers.lot_id = strata.lot_id
    AND leavers.exit_year = strata.year
    AND leavers.employer_kind IS NOT DISTINCT FROM strata.employer_kind
INNER JOIN stratum_populations ON strata.stratum_no = stratum_populations.stratum_no
WHERE people.entry_year IS NOT NULL;

-- name: exit_marks
-- Grain: as marks, of those who left.
SELECT
  population_no,
  CAST(second_mark % 64 AS UTINYINT) AS part,
  count(*) AS participants,
  sum(mark) AS mark,
  sum(second_mark) AS second_mark,
  CAST(sum(hash(mark, at_exit, at_m6, at_m12, duration_band, entry_year)) % 4294967296 AS UINTEGER) AS facts
FROM exit_members
GROUP BY population_no, second_mark % 64;

-- name: exit_cells
-- Grain: one row per population, moment of observation, axis, category and group of outcomes ('' for all groups).
WITH alike AS (
  SELECT
    population_no,
    at_exit,
    at_m6,
    at_m12,
    duration_band,
    entry_year,
    count(*) AS participants,
    sum(mark) AS mark
  FROM exit_members
  GROUP BY population_no, at_exit, at_m6, at_m12, duration_band, entry_year
),

observed AS (
  SELECT
    alike.population_no,
    points.moment,
    CASE points.moment WHEN 'exit' THEN alike.at_exit WHEN 'm6' THEN alike.at_m6 ELSE alike.at_m12 END AS exit_outcome,
    alike.duration_band,
    CAST(alike.entry_year AS VARCHAR) AS entry_year,
    alike.participants,
    alike.mark
  FROM alike
  CROSS JOIN (VALUES ('exit'), ('m6'), ('m12')) AS points (moment)
),

grouped AS (
  SELECT
    *,
    CASE
      WHEN exit_outcome = 'durable' THEN 'durable'
      WHEN exit_outcome IN ('transition', 'positive') THEN 'other_dynamic'
      WHEN exit_outcome = 'inconnu' THEN 'unknown'
      ELSE 'other_known'
    END AS outcome_group
  FROM observed
  WHERE exit_outcome IS NOT NULL
)

SELECT
  population_no,
  moment,
  CASE
    WHEN grouping(duration_band) = 0 THEN 'duration_band'
    WHEN grouping(entry_year) = 0 THEN 'entry_year'
    WHEN grouping(exit_outcome) = 0 THEN 'exit_outcome'
    WHEN grouping(outcome_group) = 0 THEN 'outcome_group'
    ELSE 'exits'
  END AS axis,
  coalesce(
    duration_band, entry_year, exit_outcome,
    CASE WHEN grouping(outcome_group) = 0 AND grouping(duration_band) = 1 AND grouping(entry_year) = 1 THEN outcome_group END, ''
  ) AS category,
  CASE WHEN grouping(duration_band) = 0 OR grouping(entry_year) = 0 THEN coalesce(outcome_group, '') ELSE '' END AS outcome,
  CAST(sum(participants) AS BIGINT) AS participants,
  sum(mark) AS mark
FROM grouped
GROUP BY
  GROUPING SETS (
    (population_no, moment),
    (population_no, moment, exit_outcome),
    (population_no, moment, outcome_group),
    (population_no, moment, duration_band), (population_no, moment, duration_band, outcome_group),
    (population_no, moment, entry_year), (population_no, moment, entry_year, outcome_group)
  );
