-- What is computed once, when a release is published. Each statement bears the name that data/publish.py asks for.

-- name: measures
-- The two measures of a line, for every place that counts hours: a rejected line counts for nothing; a line is pending with its
-- declared hours while its status is declared and nothing has been validated.
CREATE MACRO counted_hours(status, hours_validated) AS
CASE WHEN status = 'rejected' THEN CAST(0 AS DECIMAL(9, 2)) ELSE coalesce(hours_validated, 0) END;
CREATE MACRO pending_hours(status, hours_declared, hours_validated) AS
CASE WHEN status = 'declared' AND hours_validated IS NULL THEN hours_declared ELSE CAST(0 AS DECIMAL(9, 2)) END;

-- name: lots
-- Grain: one row per lot, as published: what the contract lets a source leave out is filled in.
CREATE TABLE lots AS
SELECT
  contracts_read.* REPLACE (
    coalesce(counts_in_total, clause_category <> 'means') AS counts_in_total,
    CASE WHEN obligation_kind IS NULL AND hours_committed IS NOT NULL THEN 'hours' ELSE obligation_kind END AS obligation_kind
  )
FROM contracts_read
ORDER BY contract_id, lot_id;

-- name: left_out
-- Grain: one row per line that stays out of every total. Of several lines with one entry_id the first in file order counts:
-- sources in the order they were named, then rows. A line of a lot that no source has is an orphan.
CREATE TABLE left_out AS
WITH repeated AS (
  SELECT entry_id
  FROM hours_read
  GROUP BY entry_id
  HAVING count(*) > 1
),

numbered AS (
  SELECT
    hours_read.origin,
    hours_read.source_row,
    row_number() OVER (PARTITION BY hours_read.entry_id ORDER BY hours_read.origin, hours_read.source_row) > 1 AS is_duplicate,
    FALSE AS is_orphan
  FROM hours_read
  SEMI JOIN repeated ON hours_read.entry_id = repeated.entry_id
),

orphans AS (
  SELECT
    hours_read.origin,
    hours_read.source_row,
    FALSE AS is_duplicate,
    TRUE AS is_orphan
  FROM hours_read
  ANTI JOIN contracts_read ON hours_read.contract_id = contracts_read.contract_id AND hours_read.lot_id = contracts_read.lot_id
),

found AS (
  SELECT *
  FROM numbered
  WHERE is_duplicate
  UNION ALL
  SELECT *
  FROM orphans
)

SELECT
  origin,
  source_row,
  bool_or(is_duplicate) AS is_duplicate,
  bool_or(is_orphan) AS is_orphan
FROM found
GROUP BY origin, source_row;

-- name: lines
-- Grain: one row per line of hours.parquet, with its lot's client and dates and where it comes from; and those left out.
CREATE VIEW lines AS
SELECT
  hours_read.*,
  counted_hours(hours_read.status, hours_read.hours_validated) AS counted,
  lots.client_id,
  lots.client_name,
  lots.notified_on,
  lots.ends_on
FROM hours_read
ANTI JOIN left_out ON hours_read.origin = left_out.origin AND hours_read.source_row = left_out.source_row
INNER JOIN lots ON hours_read.contract_id = lots.contract_id AND hours_read.lot_id = lots.lot_id;
CREATE VIEW lines_out AS
SELECT
  hours_read.*,
  counted_hours(hours_read.status, hours_read.hours_validated) AS counted,
  lots.client_id,
  lots.client_name,
  left_out.is_duplicate,
  left_out.is_orphan
FROM hours_read
INNER JOIN left_out ON hours_read.origin = left_out.origin AND hours_read.source_row = left_out.source_row
LEFT JOIN lots ON hours_read.contract_id = lots.contract_id AND hours_read.lot_id = lots.lot_id;

-- name: hours_monthly
-- Grain: one row per lot, month, employer_kind, work_contract_type and status. Everything that adds up is read here.
WITH monthly AS (
  SELECT
    contract_id,
    lot_id,
    month,
    employer_kind,
    work_contract_type,
    status,
    count(*) AS entries,
    CAST(sum(hours_declared) AS DECIMAL(18, 2)) AS hours_declared,
    CAST(sum(counted_hours(status, hours_validated)) AS DECIMAL(18, 2)) AS hours_validated,
    CAST(sum(pending_hours(status, hours_declared, hours_validated)) AS DECIMAL(18, 2)) AS hours_pending,
    CAST(coalesce(sum(training_hours), 0) AS DECIMAL(18, 2)) AS training_hours
  FROM hours
  GROUP BY contract_id, lot_id, month, employer_kind, work_contract_type, status
)

SELECT
  monthly.*,
  contracts.client_id,
  contracts.client_type,
  contracts.clause_category,
  contracts.execution_commune,
  contracts.sector,
  contracts.programme,
  contracts.facilitator_code,
  contracts.counts_in_total
FROM monthly
INNER JOIN contracts ON monthly.contract_id = contracts.contract_id AND monthly.lot_id = contracts.lot_id
ORDER BY
  monthly.month,
  contracts.client_id,
  monthly.contract_id,
  monthly.lot_id,
  monthly.employer_kind,
  monthly.work_contract_type,
  monthly.status;

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

-- name: people_numbered
-- Grain: one row per person. Pseudonyms stay in hours.parquet: here persons are numbers.
SELECT
  person_no,
  person_key,
  profile_no,
  residence_commune,
  CAST(year(first_month) AS INTEGER) AS entry_year
FROM people
ORDER BY person_no;

-- name: people_years
-- Grain: one row per person, work contract, year, employer_kind, work_contract_type and set of lots that filters cannot tell
-- apart. Persons and work contracts are counted here. Lines that name neither are not in it.
WITH work_contracts AS (
  SELECT
    work_contract_id,
    CAST(row_number() OVER (ORDER BY md5_number_lower(work_contract_id), work_contract_id) AS INTEGER) AS work_contract_no
  FROM hours
  WHERE work_contract_id IS NOT NULL
  GROUP BY work_contract_id
),

worked AS (
  -- Summed over the long names once, then named by numbers.
  SELECT
    contract_id,
    lot_id,
    CAST(year(month) AS INTEGER) AS year,
    employer_kind,
    work_contract_type,
    participant_id,
    work_contract_id,
    CAST(sum(counted_hours(status, hours_validated)) AS DECIMAL(18, 2)) AS hours_validated
  FROM hours
  WHERE participant_id IS NOT NULL OR work_contract_id IS NOT NULL
  GROUP BY contract_id, lot_id, year(month), employer_kind, work_contract_type, participant_id, work_contract_id
  HAVING hours_validated <> 0
)

SELECT
  people.person_no,
  work_contracts.work_contract_no,
  worked.year,
  worked.employer_kind,
  worked.work_contract_type,
  contracts.client_id,
  contracts.client_type,
  contracts.clause_category,
  contracts.execution_commune,
  contracts.sector,
  contracts.programme,
  contracts.facilitator_code,
  contracts.counts_in_total,
  CAST(sum(worked.hours_validated) AS DECIMAL(18, 2)) AS hours_validated
FROM worked
INNER JOIN contracts ON worked.contract_id = contracts.contract_id AND worked.lot_id = contracts.lot_id
LEFT JOIN people ON worked.participant_id = people.participant_id
LEFT JOIN work_contracts ON worked.work_contract_id = work_contracts.work_contract_id
GROUP BY ALL
-- By person: what is summed for each of them lies together, which halves the time of counting them.
ORDER BY
  people.person_no,
  work_contracts.work_contract_no,
  worked.year,
  worked.employer_kind,
  worked.work_contract_type,
  contracts.client_id,
  contracts.client_type,
  contracts.clause_category,
  contracts.execution_commune,
  contracts.sector,
  contracts.programme,
  contracts.facilitator_code,
  contracts.counts_in_total;

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

worked AS (
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
  SEMI JOIN worked
    ON
      work_contracts_left.participant_id = worked.participant_id
      AND work_contracts_left.work_contract_id IS NOT DISTINCT FROM worked.work_contract_id
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
)

SELECT
  people.person_no,
  people.person_key,
  observed.outcome_point,
  coalesce(observed.exit_outcome, 'inconnu') AS exit_outcome,
  CAST(year(observed.exit_on) AS INTEGER) AS exit_year,
  CAST(year(people.first_month) AS INTEGER) AS entry_year,
  CAST(greatest(date_diff('month', people.first_month, observed.exit_on), 0) AS INTEGER) AS months_to_exit,
  nullif(observed.employer_kind, '') AS employer_kind,
  contracts.client_id,
  contracts.client_type,
  contracts.clause_category,
  contracts.execution_commune,
  contracts.sector,
  contracts.programme,
  contracts.facilitator_code,
  contracts.counts_in_total
FROM observed
INNER JOIN people ON observed.participant_id = people.participant_id
INNER JOIN contracts ON observed.contract_id = contracts.contract_id AND observed.lot_id = contracts.lot_id
WHERE observed.is_due OR observed.exit_outcome IS NOT NULL OR observed.outcome_point = 'exit'
ORDER BY observed.outcome_point, exit_year, people.person_no;

-- name: people_totals
-- Grain: one row: what must be the same in hours.parquet and in the files of persons.
WITH persons AS (
  SELECT participant_id
  FROM hours
  WHERE participant_id IS NOT NULL
  GROUP BY participant_id
)

SELECT
  (SELECT count(*) FROM persons) AS persons,
  coalesce(
    sum(CASE WHEN participant_id IS NOT NULL OR work_contract_id IS NOT NULL THEN counted_hours(status, hours_validated) END), 0
  ) AS hours_validated
FROM hours;

-- name: people_written_totals
SELECT
  (SELECT count(*) FROM people_written) AS persons,
  (SELECT coalesce(sum(hours_validated), 0) FROM people_years_written) AS hours_validated;

-- name: totals
-- Grain: one row: what must be the same in hours.parquet and in the rollup.
SELECT
  coalesce(sum(hours_declared), 0) AS hours_declared,
  coalesce(sum(counted_hours(status, hours_validated)), 0) AS hours_validated,
  coalesce(sum(pending_hours(status, hours_declared, hours_validated)), 0) AS hours_pending,
  coalesce(sum(training_hours), 0) AS training_hours,
  count(*) AS entries
FROM hours;

-- name: rollup_totals
SELECT
  coalesce(sum(hours_declared), 0) AS hours_declared,
  coalesce(sum(hours_validated), 0) AS hours_validated,
  coalesce(sum(hours_pending), 0) AS hours_pending,
  coalesce(sum(training_hours), 0) AS training_hours,
  coalesce(sum(entries), 0) AS entries
FROM hours_monthly;
