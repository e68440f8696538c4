-- Participants counted for every population of the ladder (data/ladder.py), when a release is published. The shell counts one scope
-- with the same statements. Nothing here is rounded or hidden: that is drawn.sql, and only its result is kept.

-- name: leavers
-- Grain: one row per participant who has left, by the last exit that is stated. An exit dated after the data date is a plan, not an
-- exit. Whoever has hours in a later month is back, and has not left. The exit belongs to the lot and the employer of the latest line
-- that states it, among the work contracts whose accepted hours are above 0. An outcome without its moment is that of the exit; an
-- exit without a date is at the end of its last month.
WITH stated AS (
  SELECT
    participant_id,
    work_contract_id,
    employer_kind,
    contract_id,
    lot_id,
    month,
    exit_on,
    exit_outcome,
    coalesce(outcome_point, 'exit') AS outcome_point,
    CAST(month AS VARCHAR) || entry_id AS line_order
  FROM hours
  CROSS JOIN data_date
  WHERE
    participant_id IS NOT NULL
    AND (exit_on IS NOT NULL OR exit_outcome IS NOT NULL)
    AND (exit_on IS NULL OR exit_on <= data_date.data_as_of)
),

work_contracts_left AS (
  SELECT
    participant_id,
    work_contract_id,
    max(line_order) AS line_order,
    max_by(contract_id, line_order) AS contract_id,
    max_by(lot_id, line_order) AS lot_id,
    max_by(coalesce(employer_kind, ''), line_order) AS employer_kind,
    coalesce(max(exit_on), last_day(max(month))) AS exit_on,
    max_by(exit_outcome, line_order) FILTER (WHERE outcome_point = 'exit') AS at_exit,
    max_by(exit_outcome, line_order) FILTER (WHERE outcome_point = 'm6') AS at_m6,
    max_by(exit_outcome, line_order) FILTER (WHERE outcome_point = 'm12') AS at_m12
  FROM stated
  GROUP BY participant_id, work_contract_id
),

-- The months of those who may have left: enough to know the hours of each work contract and who came back.
hours_of_leavers AS (
  SELECT
    hours.participant_id,
    hours.work_contract_id,
    hours.month,
    sum(counted_hours(hours.status, hours.hours_validated)) AS hours_validated
  FROM hours
  SEMI JOIN work_contracts_left ON hours.participant_id = work_contracts_left.participant_id
  GROUP BY hours.participant_id, hours.work_contract_id, hours.month
),

with_hours AS (
  SELECT
    participant_id,
    work_contract_id
  FROM hours_of_leavers
  GROUP BY participant_id, work_contract_id
  HAVING sum(hours_validated) > 0
),

last_left AS (
  SELECT work_contracts_left.*
  FROM work_contracts_left
  SEMI JOIN with_hours
    ON
      work_contracts_left.participant_id = with_hours.participant_id
      AND work_contracts_left.work_contract_id IS NOT DISTINCT FROM with_hours.work_contract_id
  QUALIFY row_number() OVER (
    PARTITION BY work_contracts_left.participant_id
    ORDER BY work_contracts_left.exit_on DESC, work_contracts_left.line_order DESC
  ) = 1
),

back_at_work AS (
  SELECT last_left.participant_id
  FROM last_left
  INNER JOIN hours_of_leavers ON last_left.participant_id = hours_of_leavers.participant_id
  WHERE hours_of_leavers.month > last_left.exit_on
  GROUP BY last_left.participant_id
  HAVING sum(hours_of_leavers.hours_validated) > 0
)

SELECT
  last_left.participant_id,
  last_left.contract_id,
  last_left.lot_id,
  nullif(last_left.employer_kind, '') AS employer_kind,
  last_left.exit_on,
  CAST(year(last_left.exit_on) AS INTEGER) AS exit_year,
  coalesce(last_left.at_exit, 'inconnu') AS at_exit,
  -- What was not observed when it was due is unknown; what is not due yet is not counted.
  CASE
    WHEN last_left.at_m6 IS NOT NULL OR last_left.exit_on + INTERVAL 6 MONTH <= data_date.data_as_of
      THEN coalesce(last_left.at_m6, 'inconnu')
  END AS at_m6,
  CASE
    WHEN last_left.at_m12 IS NOT NULL OR last_left.exit_on + INTERVAL 12 MONTH <= data_date.data_as_of
      THEN coalesce(last_left.at_m12, 'inconnu')
  END AS at_m12
FROM last_left
ANTI JOIN back_at_work ON last_left.participant_id = back_at_work.participant_id
CROSS JOIN data_date;

-- name: people
-- Grain: one row per participant that a line names. Each trait is that at entry: the first one stated for the participant, by month
-- worked then entry_id, whatever the lot and whether or not the line counts. An education stated as unknown is not stated.
-- entry_year: the first year whose accepted hours sum to more than 0; NULL when there is none. mark: a number that nobody can compute
-- without the secret; facts_mark: the same of the participant with the traits.
WITH reported AS (
  -- One row per participant, year and way of being described: mostly one a year, so that what comes after is light.
  SELECT
    participant_id,
    CAST(year(month) AS INTEGER) AS year,
    gender,
    age_band,
    nullif(education, 'unknown') AS education,
    main_public,
    is_deld,
    is_rsa,
    is_rqth,
    is_young,
    is_senior,
    is_qpv,
    is_plie,
    residence_commune,
    min(CAST(month AS VARCHAR) || entry_id) AS first_line,
    sum(counted_hours(status, hours_validated)) AS hours_validated,
    min(CASE WHEN counted_hours(status, hours_validated) > 0 THEN month END) AS first_month
  FROM hours
  WHERE participant_id IS NOT NULL
  GROUP BY
    participant_id, year(month), gender, age_band, nullif(education, 'unknown'), main_public,
    is_deld, is_rsa, is_rqth, is_young, is_senior, is_qpv, is_plie, residence_commune
),

years AS (
  SELECT
    participant_id,
    year,
    min(first_month) AS first_month
  FROM reported
  GROUP BY participant_id, year
  HAVING sum(hours_validated) > 0
),

entries AS (
  SELECT
    participant_id,
    min(year) AS entry_year,
    min(first_month) AS first_month
  FROM years
  GROUP BY participant_id
),

participants AS (
  SELECT
    participant_id,
    min_by(gender, first_line) AS gender,
    min_by(age_band, first_line) AS age_band,
    min_by(education, first_line) AS education,
    min_by(main_public, first_line) AS main_public,
    min_by(is_deld, first_line) AS is_deld,
    min_by(is_rsa, first_line) AS is_rsa,
    min_by(is_rqth, first_line) AS is_rqth,
    min_by(is_young, first_line) AS is_young,
    min_by(is_senior, first_line) AS is_senior,
    min_by(is_qpv, first_line) AS is_qpv,
    min_by(is_plie, first_line) AS is_plie,
    min_by(residence_commune, first_line) AS residence_commune
  FROM reported
  GROUP BY participant_id
)

SELECT
  CAST(row_number() OVER (ORDER BY participant_mark(participants.participant_id), participants.participant_id) AS INTEGER)
    AS participant_no,
  CAST(
    dense_rank() OVER (
      ORDER BY gender, age_band, education, main_public, is_deld, is_rsa, is_rqth, is_young, is_senior, is_qpv, is_plie
    ) AS INTEGER
  ) AS profile_no,
  participant_mark(participants.participant_id) AS mark,
  participant_mark('2' || participants.participant_id) AS second_mark,
  hash(
    participant_mark(participants.participant_id), gender, age_band, education, main_public, is_deld, is_rsa, is_rqth, is_young,
    is_senior, is_qpv, is_plie, residence_commune, entries.entry_year
  ) AS facts_mark,
  participants.*,
  entries.entry_year,
  entries.first_month
FROM participants
LEFT JOIN entries ON participants.participant_id = entries.participant_id;

-- name: profiles
-- Grain: one row per set of traits that participants have. They are counted by set first: there are far fewer of them.
SELECT
  profile_no,
  any_value(gender) AS gender,
  any_value(age_band) AS age_band,
  any_value(education) AS education,
  any_value(main_public) AS main_public,
  any_value(CAST(is_deld AS VARCHAR)) AS is_deld,
  any_value(CAST(is_rsa AS VARCHAR)) AS is_rsa,
  any_value(CAST(is_rqth AS VARCHAR)) AS is_rqth,
  any_value(CAST(is_young AS VARCHAR)) AS is_young,
  any_value(CAST(is_senior AS VARCHAR)) AS is_senior,
  any_value(CAST(is_qpv AS VARCHAR)) AS is_qpv,
  any_value(CAST(is_plie AS VARCHAR)) AS is_plie
FROM people
GROUP BY profile_no;

-- name: strata
-- Grain: one row per lot, year and employer_kind of lot_years, those with hours or exits. stratum_no is the same for those that
-- filters cannot tell apart.
SELECT
  lot_years.contract_id,
  lot_years.lot_id,
  lot_years.year,
  lot_years.employer_kind,
  contracts.client_id,
  contracts.client_type,
  contracts.clause_category,
  contracts.execution_commune,
  contracts.sector,
  contracts.programme,
  contracts.facilitator_code,
  contracts.counts_in_total,
  CAST(
    dense_rank() OVER (
      ORDER BY
        lot_years.year, lot_years.employer_kind, contracts.client_id, contracts.client_type, contracts.clause_category,
        contracts.execution_commune, contracts.sector, contracts.programme, contracts.facilitator_code, contracts.counts_in_total
    ) AS INTEGER
  ) AS stratum_no
FROM lot_years
INNER JOIN contracts ON lot_years.contract_id = contracts.contract_id AND lot_years.lot_id = contracts.lot_id;

-- name: worked
-- Grain: one row per participant, work contract and stratum. Hours may be below 0, where a correction stands apart from what it
-- corrects. Lines that name neither a participant nor a work contract are not in it.
WITH work_contracts AS (
  SELECT
    work_contract_id,
    CAST(row_number() OVER (ORDER BY work_contract_id) AS INTEGER) AS work_contract_no
  FROM hours
  WHERE work_contract_id IS NOT NULL
  GROUP BY work_contract_id
),

-- Summed over the long names once, then named by numbers.
by_name AS (
  SELECT
    hours.participant_id,
    hours.work_contract_id,
    strata.stratum_no,
    CAST(sum(counted_hours(hours.status, hours.hours_validated)) AS DECIMAL(18, 2)) AS hours_validated
  FROM hours
  INNER JOIN strata
    ON
      hours.contract_id = strata.contract_id
      AND hours.lot_id = strata.lot_id
      AND year(hours.month) = strata.year
      AND hours.employer_kind IS NOT DISTINCT FROM strata.employer_kind
  WHERE hours.participant_id IS NOT NULL OR hours.work_contract_id IS NOT NULL
  GROUP BY hours.participant_id, hours.work_contract_id, strata.stratum_no
  HAVING hours_validated <> 0
)

SELECT
  people.participant_no,
  work_contracts.work_contract_no,
  by_name.stratum_no,
  by_name.hours_validated
FROM by_name
LEFT JOIN people ON by_name.participant_id = people.participant_id
LEFT JOIN work_contracts ON by_name.work_contract_id = work_contracts.work_contract_id;

-- name: stratum_values
-- Grain: one row per stratum and field of the ladder.
WITH valued AS (
  SELECT DISTINCT
    stratum_no,
    year,
    counts_in_total,
    unnest([
      {'field': '', 'value': ''},
      {'field': 'clients', 'value': client_id},
      {'field': 'client_types', 'value': client_type},
      {'field': 'clause_categories', 'value': clause_category},
      {'field': 'execution_communes', 'value': coalesce(execution_commune, 'none')},
      {'field': 'sectors', 'value': coalesce(sector, 'none')},
      -- Whether it is left empty or stated as unknown, it is one value.
      {'field': 'employer_kinds', 'value': coalesce(nullif(employer_kind, 'unknown'), 'none')},
      {'field': 'programmes', 'value': coalesce(programme, 'none')},
      {'field': 'facilitators', 'value': coalesce(facilitator_code, 'none')}
    ], recursive := TRUE)
  FROM strata
)

SELECT valued.*
FROM valued
SEMI JOIN ladder ON valued.field = ladder.field;

-- name: populations
-- Grain: one row per population of the ladder; year is NULL for all years. same_as: the population of the same participants by
-- construction, where no lot is out of the total.
WITH found AS (
  SELECT
    stratum_values.field,
    stratum_values.value,
    stratum_values.year,
    bool_or(stratum_values.counts_in_total) AS has_counted,
    bool_or(NOT stratum_values.counts_in_total) AS has_uncounted,
    any_value(ladder.uncounted) AS uncounted
  FROM stratum_values
  INNER JOIN ladder ON stratum_values.field = ladder.field
  GROUP BY
    GROUPING SETS ((stratum_values.field, stratum_values.value), (stratum_values.field, stratum_values.value, stratum_values.year))
  HAVING stratum_values.year IS NULL OR any_value(ladder.by_year)
),

numbered AS (
  SELECT
    CAST(row_number() OVER (ORDER BY found.field, found.value, found.year, flags.include_uncounted) AS INTEGER) AS population_no,
    found.field,
    found.value,
    found.year,
    flags.include_uncounted,
    found.has_uncounted
  FROM found
  CROSS JOIN (VALUES (FALSE), (TRUE)) AS flags (include_uncounted)
  WHERE (NOT flags.include_uncounted AND found.has_counted) OR (flags.include_uncounted AND found.uncounted)
)

SELECT
  numbered.* EXCLUDE (has_uncounted),
  counted.population_no AS same_as
FROM numbered
LEFT JOIN numbered AS counted
  ON
    numbered.include_uncounted
    AND NOT numbered.has_uncounted
    AND NOT counted.include_uncounted
    AND numbered.field = counted.field
    AND numbered.value = counted.value
    AND numbered.year IS NOT DISTINCT FROM counted.year;

-- name: stratum_populations
-- Grain: one row per stratum and population that it belongs to.
SELECT
  stratum_values.stratum_no,
  populations.population_no,
  populations.field
FROM stratum_values
INNER JOIN populations
  ON
    stratum_values.field = populations.field
    AND stratum_values.value = populations.value
    AND (populations.year IS NULL OR stratum_values.year = populations.year)
    AND (populations.include_uncounted OR stratum_values.counts_in_total)
WHERE populations.same_as IS NULL;

-- name: members
-- Grain: one row per population of one field and participant whose accepted hours there sum to more than 0.
SELECT
  stratum_populations.population_no,
  participant_strata.participant_no,
  CAST(sum(participant_strata.hours_validated) AS DECIMAL(18, 2)) AS hours_validated
FROM participant_strata
INNER JOIN stratum_populations ON participant_strata.stratum_no = stratum_populations.stratum_no
WHERE stratum_populations.field = $field
GROUP BY stratum_populations.population_no, participant_strata.participant_no
HAVING sum(participant_strata.hours_validated) > 0;

-- name: marks
-- Grain: one row per population and 64th part of its participants: how many, the sums of their marks (all bits: two populations have
-- the same sums when they are the same participants), and what changes when their traits or their hours do.
SELECT
  members.population_no,
  CAST(people.second_mark % 64 AS UTINYINT) AS part,
  count(*) AS participants,
  sum(people.mark) AS mark,
  sum(people.second_mark) AS second_mark,
  CAST(sum(people.facts_mark) % 4294967296 AS UINTEGER) AS facts,
  CAST(sum(hash(people.mark, members.hours_validated)) % 4294967296 AS UINTEGER) AS hours
FROM members
INNER JOIN people ON members.participant_no = people.participant_no
GROUP BY members.population_no, people.second_mark % 64;

-- name: cells
-- Grain: one row per population of one field, axis and category that participants are in. The axis participants has one row, all of
-- them. most_hours: those of the participant who has most.
WITH by_profile AS (
  SELECT
    members.population_no,
    people.profile_no,
    count(*) AS participants,
    sum(members.hours_validated) AS hours_validated,
    max(members.hours_validated) AS most_hours
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
    max(by_profile.most_hours) AS most_hours
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
    max(members.hours_validated) AS most_hours
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
    max(members.hours_validated) AS most_hours
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
  max(most_hours) AS most_hours
FROM homes
GROUP BY population_no, CASE WHEN home IN ('', 'outside') THEN home ELSE 'inside' END
UNION ALL
SELECT
  population_no,
  'residence_commune' AS axis,
  home AS category,
  participants,
  hours_validated,
  most_hours
FROM homes
WHERE home NOT IN ('', 'outside')
UNION ALL
SELECT
  population_no,
  'presence' AS axis,
  CASE WHEN is_new THEN 'new' ELSE 'known' END AS category,
  participants,
  hours_validated,
  most_hours
FROM presences;

-- name: work_contract_cells
-- Grain: one row per population of one field: its work contracts whose accepted hours there sum to more than 0.
WITH counted AS (
  SELECT
    stratum_populations.population_no,
    work_contract_strata.work_contract_no
  FROM work_contract_strata
  INNER JOIN stratum_populations ON work_contract_strata.stratum_no = stratum_populations.stratum_no
  WHERE stratum_populations.field = $field
  GROUP BY stratum_populations.population_no, work_contract_strata.work_contract_no
  HAVING sum(work_contract_strata.hours_validated) > 0
)

SELECT
  population_no,
  'work_contracts' AS axis,
  '' AS category,
  count(*) AS participants,
  CAST(0 AS DECIMAL(38, 2)) AS hours_validated,
  CAST(0 AS DECIMAL(18, 2)) AS most_hours
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
    count(*) AS participants
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
    alike.participants
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
  CAST(sum(participants) AS BIGINT) AS participants
FROM grouped
GROUP BY
  GROUPING SETS (
    (population_no, moment),
    (population_no, moment, exit_outcome),
    (population_no, moment, outcome_group),
    (population_no, moment, duration_band), (population_no, moment, duration_band, outcome_group),
    (population_no, moment, entry_year), (population_no, moment, entry_year, outcome_group)
  );
