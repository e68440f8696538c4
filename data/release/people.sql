-- What persons, work contracts and exits are counted from, computed once, when a release is published.

-- name: people
-- Grain: one row per person that a line names. Each trait is the last one told: that of the latest line that tells it, by month
-- worked then entry_id, whatever the lot and whether or not the line counts. person_key is the same in every release.
-- An education told as unknown is not told. first_month: the first month with accepted hours; NULL when there is none.
WITH told AS (
  -- One row per person and way of being described: mostly one row a person, so that what comes after is light.
  SELECT
    participant_id,
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
    max(CAST(month AS VARCHAR) || entry_id) AS last_line,
    min(CASE WHEN counted_hours(status, hours_validated) > 0 THEN month END) AS first_month
  FROM hours
  WHERE participant_id IS NOT NULL
  GROUP BY
    participant_id, gender, age_band, nullif(education, 'unknown'), main_public,
    is_deld, is_rsa, is_rqth, is_young, is_senior, is_qpv, is_plie,
    residence_commune
),

persons AS (
  SELECT
    participant_id,
    md5_number_lower(participant_id) AS person_key,
    max_by(gender, last_line) AS gender,
    max_by(age_band, last_line) AS age_band,
    max_by(education, last_line) AS education,
    max_by(main_public, last_line) AS main_public,
    max_by(is_deld, last_line) AS is_deld,
    max_by(is_rsa, last_line) AS is_rsa,
    max_by(is_rqth, last_line) AS is_rqth,
    max_by(is_young, last_line) AS is_young,
    max_by(is_senior, last_line) AS is_senior,
    max_by(is_qpv, last_line) AS is_qpv,
    max_by(is_plie, last_line) AS is_plie,
    max_by(residence_commune, last_line) AS residence_commune,
    min(first_month) AS first_month
  FROM told
  GROUP BY participant_id
)

SELECT
  CAST(row_number() OVER (ORDER BY person_key, participant_id) AS INTEGER) AS person_no,
  CAST(
    dense_rank() OVER (
      ORDER BY gender, age_band, education, main_public, is_deld, is_rsa, is_rqth, is_young, is_senior, is_qpv, is_plie
    ) AS INTEGER
  ) AS profile_no,
  *
FROM persons;

-- name: profiles
-- Grain: one row per set of traits that persons have. Persons are counted by set first: there are far fewer of them.
SELECT
  profile_no,
  any_value(gender) AS gender,
  any_value(age_band) AS age_band,
  any_value(education) AS education,
  any_value(main_public) AS main_public,
  any_value(is_deld) AS is_deld,
  any_value(is_rsa) AS is_rsa,
  any_value(is_rqth) AS is_rqth,
  any_value(is_young) AS is_young,
  any_value(is_senior) AS is_senior,
  any_value(is_qpv) AS is_qpv,
  any_value(is_plie) AS is_plie
FROM people
GROUP BY profile_no
ORDER BY profile_no;

-- name: strata_of_lots
-- Grain: one row per lot, year and employer_kind with hours. stratum_no is the same for those that filters cannot tell apart:
-- a stratum is all that filters see of a line.
SELECT DISTINCT
  contract_id,
  lot_id,
  CAST(year(month) AS INTEGER) AS year,
  employer_kind,
  client_id,
  client_type,
  clause_category,
  execution_commune,
  sector,
  programme,
  facilitator_code,
  purchase_kind,
  contractor,
  counts_in_total,
  CAST(
    dense_rank() OVER (
      ORDER BY
        year(month), employer_kind,
        client_id, client_type, clause_category, execution_commune, sector, programme, facilitator_code, purchase_kind, contractor,
        counts_in_total
    ) AS INTEGER
  ) AS stratum_no
FROM hours_monthly;

-- name: strata
-- Grain: one row per stratum. stratum_key: those of a set of strata, combined by XOR, tell it from any other set.
SELECT DISTINCT
  * EXCLUDE (contract_id, lot_id),
  md5_number(CAST(stratum_no AS VARCHAR)) AS stratum_key
FROM strata_of_lots;

-- name: worked
-- Grain: one row per person, work contract and stratum. Hours may be below 0, where a correction stands apart from what it
-- corrects. Lines that name neither a person nor a work contract are not in it.
WITH work_contracts AS (
  SELECT
    work_contract_id,
    CAST(row_number() OVER (ORDER BY md5_number_lower(work_contract_id), work_contract_id) AS INTEGER) AS work_contract_no
  FROM hours
  WHERE work_contract_id IS NOT NULL
  GROUP BY work_contract_id
),

-- Summed over the long names once, then named by numbers.
by_name AS (
  SELECT
    hours.participant_id,
    hours.work_contract_id,
    strata_of_lots.stratum_no,
    CAST(sum(counted_hours(hours.status, hours.hours_validated)) AS DECIMAL(18, 2)) AS hours_validated
  FROM hours
  INNER JOIN strata_of_lots
    ON
      hours.contract_id = strata_of_lots.contract_id
      AND hours.lot_id = strata_of_lots.lot_id
      AND year(hours.month) = strata_of_lots.year
      AND hours.employer_kind IS NOT DISTINCT FROM strata_of_lots.employer_kind
  WHERE hours.participant_id IS NOT NULL OR hours.work_contract_id IS NOT NULL
  GROUP BY hours.participant_id, hours.work_contract_id, strata_of_lots.stratum_no
  HAVING hours_validated <> 0
)

SELECT
  people.person_no,
  work_contracts.work_contract_no,
  by_name.stratum_no,
  by_name.hours_validated
FROM by_name
LEFT JOIN people ON by_name.participant_id = people.participant_id
LEFT JOIN work_contracts ON by_name.work_contract_id = work_contracts.work_contract_id;

-- name: person_strata
-- Grain: one row per person and stratum with hours.
SELECT
  person_no,
  stratum_no,
  CAST(sum(hours_validated) AS DECIMAL(18, 2)) AS hours_validated
FROM worked
WHERE person_no IS NOT NULL
GROUP BY person_no, stratum_no
HAVING sum(hours_validated) <> 0;

-- name: persons_alike
-- Grain: one row per person with hours. Persons of the same strata_key worked in the same strata. A person who has a row below 0
-- is not plain, and alike nobody.
WITH told AS (
  SELECT
    person_strata.person_no,
    bool_and(person_strata.hours_validated > 0) AS is_plain,
    bit_xor(strata.stratum_key) AS strata_key
  FROM person_strata
  INNER JOIN strata ON person_strata.stratum_no = strata.stratum_no
  GROUP BY person_strata.person_no
)

SELECT
  people.person_no,
  people.person_key,
  people.profile_no,
  people.residence_commune,
  CAST(year(people.first_month) AS INTEGER) AS entry_year,
  told.is_plain,
  CASE WHEN told.is_plain THEN told.strata_key ELSE CAST(told.person_no AS UHUGEINT) END AS strata_key
FROM told
INNER JOIN people ON told.person_no = people.person_no;

-- name: people_years
-- Persons are counted here. Filters cannot tell apart persons who worked in the same strata: they are one group, counted at once.
-- Grain: one row per grouped_by, group of persons and stratum. grouped_by: what else those of a group have in common, the year of
-- entry, the profile or the commune of residence; each groups all persons anew. persons, persons_key: those of the whole group.
-- is_plain: no row of the group is below 0, so that any of them is enough to count it.
-- The order is a promise: rows of a group lie together, and within them those of a year (queries/_people.sql counts by it).
WITH group_rows AS (
  SELECT
    CASE
      WHEN grouping(alike.entry_year) = 0 THEN 'entry_year'
      WHEN grouping(alike.profile_no) = 0 THEN 'profile'
      ELSE 'residence_commune'
    END AS grouped_by,
    alike.is_plain,
    alike.strata_key,
    alike.entry_year,
    alike.profile_no,
    alike.residence_commune,
    person_strata.stratum_no,
    CAST(count(*) AS INTEGER) AS persons,
    bit_xor(alike.person_key) AS persons_key,
    CAST(sum(person_strata.hours_validated) AS DECIMAL(18, 2)) AS hours_validated
  FROM person_strata
  INNER JOIN persons_alike AS alike ON person_strata.person_no = alike.person_no
  GROUP BY
    GROUPING SETS (
      (alike.is_plain, alike.strata_key, person_strata.stratum_no, alike.entry_year),
      (alike.is_plain, alike.strata_key, person_strata.stratum_no, alike.profile_no),
      (alike.is_plain, alike.strata_key, person_strata.stratum_no, alike.residence_commune)
    )
),

numbered AS (
  SELECT
    *,
    CAST(
      dense_rank() OVER (ORDER BY grouped_by, is_plain, strata_key, entry_year, profile_no, residence_commune) AS INTEGER
    ) AS group_no
  FROM group_rows
)

SELECT
  numbered.grouped_by,
  numbered.is_plain,
  numbered.group_no,
  numbered.persons,
  numbered.persons_key,
  numbered.entry_year,
  numbered.profile_no,
  numbered.residence_commune,
  strata.year,
  strata.employer_kind,
  strata.client_id,
  strata.client_type,
  strata.clause_category,
  strata.execution_commune,
  strata.sector,
  strata.programme,
  strata.facilitator_code,
  strata.purchase_kind,
  strata.contractor,
  strata.counts_in_total,
  numbered.hours_validated
FROM numbered
INNER JOIN strata ON numbered.stratum_no = strata.stratum_no
ORDER BY numbered.group_no, numbered.stratum_no;

-- name: work_contract_strata
-- Grain: one row per work contract and stratum with hours.
SELECT
  work_contract_no,
  stratum_no,
  CAST(sum(hours_validated) AS DECIMAL(18, 2)) AS hours_validated
FROM worked
WHERE work_contract_no IS NOT NULL
GROUP BY work_contract_no, stratum_no
HAVING sum(hours_validated) <> 0;

-- name: work_contracts_alike
-- Grain: one row per work contract with hours, as persons_alike.
WITH told AS (
  SELECT
    work_contract_strata.work_contract_no,
    bool_and(work_contract_strata.hours_validated > 0) AS is_plain,
    bit_xor(strata.stratum_key) AS strata_key
  FROM work_contract_strata
  INNER JOIN strata ON work_contract_strata.stratum_no = strata.stratum_no
  GROUP BY work_contract_strata.work_contract_no
)

SELECT
  work_contract_no,
  is_plain,
  CASE WHEN is_plain THEN strata_key ELSE CAST(work_contract_no AS UHUGEINT) END AS strata_key
FROM told;

-- name: work_contract_years
-- Work contracts are counted here, as persons are in people_years.
-- Grain: one row per group of work contracts and stratum.
WITH group_rows AS (
  SELECT
    alike.is_plain,
    alike.strata_key,
    work_contract_strata.stratum_no,
    CAST(count(*) AS INTEGER) AS work_contracts,
    CAST(sum(work_contract_strata.hours_validated) AS DECIMAL(18, 2)) AS hours_validated
  FROM work_contract_strata
  INNER JOIN work_contracts_alike AS alike ON work_contract_strata.work_contract_no = alike.work_contract_no
  GROUP BY alike.is_plain, alike.strata_key, work_contract_strata.stratum_no
),

numbered AS (
  SELECT
    *,
    CAST(dense_rank() OVER (ORDER BY is_plain, strata_key) AS INTEGER) AS group_no
  FROM group_rows
)

SELECT
  numbered.is_plain,
  numbered.group_no,
  numbered.work_contracts,
  strata.year,
  strata.employer_kind,
  strata.client_id,
  strata.client_type,
  strata.clause_category,
  strata.execution_commune,
  strata.sector,
  strata.programme,
  strata.facilitator_code,
  strata.purchase_kind,
  strata.contractor,
  strata.counts_in_total,
  numbered.hours_validated
FROM numbered
INNER JOIN strata ON numbered.stratum_no = strata.stratum_no
ORDER BY numbered.group_no, numbered.stratum_no;

-- name: exits
-- Grain: one row per moment of observation, outcome, year of exit and of entry, duration, employer_kind and set of lots that
-- filters cannot tell apart, with the persons who left: a person leaves once, so exits add up.
-- A person leaves by the last of the work contracts whose end is told by a date or an outcome, and whose accepted hours are above
-- 0. The exit belongs to the lot and employer of the latest line that tells it. What was not observed when it was due is unknown;
-- what is not due yet is not counted. An outcome without its moment is that of the exit; an exit without a date is at the end of
-- its last month.
WITH told AS (
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
  WHERE participant_id IS NOT NULL AND (exit_on IS NOT NULL OR exit_outcome IS NOT NULL)
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
  FROM told
  GROUP BY participant_id, work_contract_id
),

with_hours AS (
  SELECT
    hours.participant_id,
    hours.work_contract_id
  FROM hours
  SEMI JOIN work_contracts_left
    ON
      hours.participant_id = work_contracts_left.participant_id
      AND hours.work_contract_id IS NOT DISTINCT FROM work_contracts_left.work_contract_id
  GROUP BY hours.participant_id, hours.work_contract_id
  HAVING sum(counted_hours(hours.status, hours.hours_validated)) > 0
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

observed AS (
  SELECT
    last_left.*,
    points.outcome_point,
    CASE points.outcome_point
      WHEN 'exit' THEN last_left.at_exit
      WHEN 'm6' THEN last_left.at_m6
      ELSE last_left.at_m12
    END AS exit_outcome,
    last_left.exit_on + to_months(points.months_after) <= data_date.data_as_of AS is_due
  FROM last_left
  CROSS JOIN (VALUES ('exit', 0), ('m6', 6), ('m12', 12)) AS points (outcome_point, months_after)
  CROSS JOIN data_date
),

due AS (
  SELECT
    observed.* REPLACE (coalesce(observed.exit_outcome, 'inconnu') AS exit_outcome),
    people.person_key,
    people.first_month,
    date_diff('month', people.first_month, observed.exit_on) AS months_to_exit
  FROM observed
  INNER JOIN people ON observed.participant_id = people.participant_id
  WHERE observed.is_due OR observed.exit_outcome IS NOT NULL OR observed.outcome_point = 'exit'
)

SELECT
  due.outcome_point,
  due.exit_outcome,
  CASE
    WHEN due.exit_outcome = 'durable' THEN 'durable'
    WHEN due.exit_outcome IN ('transition', 'positive') THEN 'other_dynamic'
    WHEN due.exit_outcome = 'inconnu' THEN 'unknown'
    ELSE 'other_known'
  END AS outcome_group,
  CAST(year(due.exit_on) AS INTEGER) AS exit_year,
  CAST(year(due.first_month) AS INTEGER) AS entry_year,
  CASE
    WHEN due.months_to_exit < 3 THEN '0-2'
    WHEN due.months_to_exit < 6 THEN '3-5'
    WHEN due.months_to_exit < 12 THEN '6-11'
    WHEN due.months_to_exit < 24 THEN '12-23'
    ELSE '24+'
  END AS duration_band,
  nullif(due.employer_kind, '') AS employer_kind,
  contracts.client_id,
  contracts.client_type,
  contracts.clause_category,
  contracts.execution_commune,
  contracts.sector,
  contracts.programme,
  contracts.facilitator_code,
  contracts.purchase_kind,
  coalesce(contracts.contractor_siret, contracts.contractor_name) AS contractor,
  contracts.counts_in_total,
  CAST(count(*) AS INTEGER) AS persons,
  bit_xor(due.person_key) AS persons_key
FROM due
INNER JOIN contracts ON due.contract_id = contracts.contract_id AND due.lot_id = contracts.lot_id
GROUP BY ALL
ORDER BY ALL;

-- name: people_totals
-- Grain: one row: what must be the same in hours.parquet and in the files of persons and of work contracts. persons: how many,
-- their hours and fingerprint, for each way of grouping them.
WITH persons AS (
  SELECT
    md5_number_lower(participant_id) AS person_key,
    sum(counted_hours(status, hours_validated)) AS hours_validated
  FROM hours
  WHERE participant_id IS NOT NULL
  GROUP BY participant_id
),

persons_total AS (
  SELECT
    ways.grouped_by,
    count(CASE WHEN persons.hours_validated > 0 THEN 1 END) AS persons,
    coalesce(sum(persons.hours_validated), 0) AS hours_of_persons,
    bit_xor(CASE WHEN persons.hours_validated > 0 THEN persons.person_key END) AS persons_key
  FROM persons
  CROSS JOIN (VALUES ('entry_year'), ('profile'), ('residence_commune')) AS ways (grouped_by)
  GROUP BY ways.grouped_by
  HAVING persons > 0 OR hours_of_persons <> 0
),

work_contracts AS (
  SELECT sum(counted_hours(status, hours_validated)) AS hours_validated
  FROM hours
  WHERE work_contract_id IS NOT NULL
  GROUP BY work_contract_id
)

SELECT
  (
    SELECT list((grouped_by, persons, hours_of_persons, persons_key) ORDER BY grouped_by)
    FROM persons_total
  ) AS persons,
  (
    SELECT (count(CASE WHEN hours_validated > 0 THEN 1 END), coalesce(sum(hours_validated), 0))
    FROM work_contracts
  ) AS work_contracts,
  TRUE AS is_in_order;

-- name: people_written_totals
-- is_in_order: whether the rows lie as they are promised to.
WITH persons AS (
  SELECT
    grouped_by,
    any_value(persons) AS persons,
    any_value(persons_key) AS persons_key,
    sum(hours_validated) AS hours_validated
  FROM people_years_written
  GROUP BY grouped_by, group_no
),

persons_total AS (
  SELECT
    grouped_by,
    coalesce(sum(CASE WHEN hours_validated > 0 THEN persons END), 0) AS persons,
    coalesce(sum(hours_validated), 0) AS hours_of_persons,
    bit_xor(CASE WHEN hours_validated > 0 THEN persons_key END) AS persons_key
  FROM persons
  GROUP BY grouped_by
  HAVING persons > 0 OR hours_of_persons <> 0
),

work_contracts AS (
  SELECT
    any_value(work_contracts) AS work_contracts,
    sum(hours_validated) AS hours_validated
  FROM work_contract_years_written
  GROUP BY group_no
),

persons_in_order AS (
  SELECT
    group_no,
    year,
    lag(group_no) OVER () AS group_before,
    lag(year) OVER () AS year_before
  FROM people_years_written
),

work_contracts_in_order AS (
  SELECT
    group_no,
    lag(group_no) OVER () AS group_before
  FROM work_contract_years_written
),

out_of_order AS (
  SELECT 1
  FROM persons_in_order
  WHERE group_before > group_no OR (group_before = group_no AND year_before > year)
  UNION ALL
  SELECT 1
  FROM work_contracts_in_order
  WHERE group_before > group_no
)

SELECT
  (
    SELECT list((grouped_by, persons, hours_of_persons, persons_key) ORDER BY grouped_by)
    FROM persons_total
  ) AS persons,
  (
    SELECT (coalesce(sum(CASE WHEN hours_validated > 0 THEN work_contracts END), 0), coalesce(sum(hours_validated), 0))
    FROM work_contracts
  ) AS work_contracts,
  NOT EXISTS (SELECT 1 FROM out_of_order) AS is_in_order;
