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

-- name: lots_numbered
-- Grain: one row per lot. lot_set_no is the same for lots that filters cannot tell apart.
SELECT
  contract_id,
  lot_id,
  client_id,
  client_type,
  clause_category,
  execution_commune,
  sector,
  programme,
  facilitator_code,
  counts_in_total,
  CAST(
    dense_rank() OVER (
      ORDER BY
        client_id, client_type, clause_category, execution_commune, sector, programme, facilitator_code, counts_in_total
    ) AS INTEGER
  ) AS lot_set_no
FROM contracts;

-- name: worked
-- Grain: one row per person, work contract, year, employer_kind and set of lots. Hours may be below 0, where a correction stands
-- apart from what it corrects. Lines that name neither a person nor a work contract are not in it.
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
    contract_id,
    lot_id,
    CAST(year(month) AS INTEGER) AS year,
    employer_kind,
    participant_id,
    work_contract_id,
    CAST(sum(counted_hours(status, hours_validated)) AS DECIMAL(18, 2)) AS hours_validated
  FROM hours
  WHERE participant_id IS NOT NULL OR work_contract_id IS NOT NULL
  GROUP BY contract_id, lot_id, year(month), employer_kind, participant_id, work_contract_id
  HAVING hours_validated <> 0
)

SELECT
  people.person_no,
  work_contracts.work_contract_no,
  by_name.year,
  by_name.employer_kind,
  lots_numbered.lot_set_no,
  CAST(sum(by_name.hours_validated) AS DECIMAL(18, 2)) AS hours_validated
FROM by_name
INNER JOIN lots_numbered ON by_name.contract_id = lots_numbered.contract_id AND by_name.lot_id = lots_numbered.lot_id
LEFT JOIN people ON by_name.participant_id = people.participant_id
LEFT JOIN work_contracts ON by_name.work_contract_id = work_contracts.work_contract_id
GROUP BY ALL;

-- name: people_years
-- Grain: one row per person, year, employer_kind and set of lots that filters cannot tell apart. Persons are counted here.
-- Pseudonyms stay in hours.parquet: here persons are numbers. is_plain: no row of the person is below 0, so that any of them is
-- enough to count the person. The order is a promise: rows of a plain person lie together, and within them those of a year
-- (queries/_people.sql counts by it).
WITH person_rows AS (
  SELECT
    person_no,
    year,
    lot_set_no,
    employer_kind,
    CAST(sum(hours_validated) AS DECIMAL(18, 2)) AS hours_validated
  FROM worked
  WHERE person_no IS NOT NULL
  GROUP BY person_no, year, lot_set_no, employer_kind
  HAVING sum(hours_validated) <> 0
),

corrected AS (
  SELECT DISTINCT person_no
  FROM person_rows
  WHERE hours_validated < 0
),

lot_sets AS (
  SELECT DISTINCT * EXCLUDE (contract_id, lot_id)
  FROM lots_numbered
)

SELECT
  corrected.person_no IS NULL AS is_plain,
  person_rows.person_no,
  people.person_key,
  people.profile_no,
  people.residence_commune,
  CAST(year(people.first_month) AS INTEGER) AS entry_year,
  person_rows.year,
  person_rows.employer_kind,
  lot_sets.client_id,
  lot_sets.client_type,
  lot_sets.clause_category,
  lot_sets.execution_commune,
  lot_sets.sector,
  lot_sets.programme,
  lot_sets.facilitator_code,
  lot_sets.counts_in_total,
  person_rows.hours_validated
FROM person_rows
INNER JOIN people ON person_rows.person_no = people.person_no
INNER JOIN lot_sets ON person_rows.lot_set_no = lot_sets.lot_set_no
LEFT JOIN corrected ON person_rows.person_no = corrected.person_no
ORDER BY is_plain, person_rows.person_no, person_rows.year, person_rows.lot_set_no, person_rows.employer_kind;

-- name: work_contract_years
-- Grain: one row per work contract, year, employer_kind and set of lots that filters cannot tell apart. Work contracts are
-- counted here, as persons are in people_years.
WITH work_contract_rows AS (
  SELECT
    work_contract_no,
    year,
    lot_set_no,
    employer_kind,
    CAST(sum(hours_validated) AS DECIMAL(18, 2)) AS hours_validated
  FROM worked
  WHERE work_contract_no IS NOT NULL
  GROUP BY work_contract_no, year, lot_set_no, employer_kind
  HAVING sum(hours_validated) <> 0
),

corrected AS (
  SELECT DISTINCT work_contract_no
  FROM work_contract_rows
  WHERE hours_validated < 0
),

lot_sets AS (
  SELECT DISTINCT * EXCLUDE (contract_id, lot_id)
  FROM lots_numbered
)

SELECT
  corrected.work_contract_no IS NULL AS is_plain,
  work_contract_rows.work_contract_no,
  work_contract_rows.year,
  work_contract_rows.employer_kind,
  lot_sets.client_id,
  lot_sets.client_type,
  lot_sets.clause_category,
  lot_sets.execution_commune,
  lot_sets.sector,
  lot_sets.programme,
  lot_sets.facilitator_code,
  lot_sets.counts_in_total,
  work_contract_rows.hours_validated
FROM work_contract_rows
INNER JOIN lot_sets ON work_contract_rows.lot_set_no = lot_sets.lot_set_no
LEFT JOIN corrected ON work_contract_rows.work_contract_no = corrected.work_contract_no
ORDER BY
  is_plain,
  work_contract_rows.work_contract_no,
  work_contract_rows.year,
  work_contract_rows.lot_set_no,
  work_contract_rows.employer_kind;

-- name: exits
-- Grain: one row per person who left and moment at which that is due to be observed. A person leaves once: by the last of the
-- work contracts whose end is told by a date or an outcome, and whose accepted hours are above 0. The exit belongs to the lot and
-- employer of the latest line that tells it. What was not observed when it was due is unknown; what is not due yet has no row. An
-- outcome without its moment is that of the exit; an exit without a date is at the end of its last month.
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
    people.person_no,
    people.person_key,
    people.first_month,
    date_diff('month', people.first_month, observed.exit_on) AS months_to_exit
  FROM observed
  INNER JOIN people ON observed.participant_id = people.participant_id
  WHERE observed.is_due OR observed.exit_outcome IS NOT NULL OR observed.outcome_point = 'exit'
)

SELECT
  due.person_no,
  due.person_key,
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
  contracts.counts_in_total
FROM due
INNER JOIN contracts ON due.contract_id = contracts.contract_id AND due.lot_id = contracts.lot_id
ORDER BY due.outcome_point, exit_year, due.person_no;

-- name: people_totals
-- Grain: one row: what must be the same in hours.parquet and in the files of persons and of work contracts.
WITH persons AS (
  SELECT sum(counted_hours(status, hours_validated)) AS hours_validated
  FROM hours
  WHERE participant_id IS NOT NULL
  GROUP BY participant_id
),

persons_total AS (
  SELECT
    count(CASE WHEN hours_validated > 0 THEN 1 END) AS persons,
    coalesce(sum(hours_validated), 0) AS hours_of_persons
  FROM persons
),

work_contracts_total AS (
  SELECT coalesce(sum(counted_hours(status, hours_validated)), 0) AS hours_of_work_contracts
  FROM hours
  WHERE work_contract_id IS NOT NULL
)

SELECT
  persons_total.persons,
  persons_total.hours_of_persons,
  work_contracts_total.hours_of_work_contracts,
  TRUE AS is_in_order
FROM persons_total
CROSS JOIN work_contracts_total;

-- name: people_written_totals
-- is_in_order: whether the rows lie as they are promised to.
WITH persons AS (
  SELECT sum(hours_validated) AS hours_validated
  FROM people_years_written
  GROUP BY person_no
),

persons_total AS (
  SELECT
    count(CASE WHEN hours_validated > 0 THEN 1 END) AS persons,
    coalesce(sum(hours_validated), 0) AS hours_of_persons
  FROM persons
),

work_contracts_total AS (
  SELECT coalesce(sum(hours_validated), 0) AS hours_of_work_contracts
  FROM work_contract_years_written
),

persons_in_order AS (
  SELECT
    person_no,
    year,
    lag(person_no) OVER () AS person_before,
    lag(year) OVER () AS year_before
  FROM people_years_written
  WHERE is_plain
),

work_contracts_in_order AS (
  SELECT
    work_contract_no,
    lag(work_contract_no) OVER () AS work_contract_before
  FROM work_contract_years_written
  WHERE is_plain
),

out_of_order AS (
  SELECT 1
  FROM persons_in_order
  WHERE person_before > person_no OR (person_before = person_no AND year_before > year)
  UNION ALL
  SELECT 1
  FROM work_contracts_in_order
  WHERE work_contract_before > work_contract_no
)

SELECT
  persons_total.persons,
  persons_total.hours_of_persons,
  work_contracts_total.hours_of_work_contracts,
  NOT EXISTS (SELECT 1 FROM out_of_order) AS is_in_order
FROM persons_total
CROSS JOIN work_contracts_total;
