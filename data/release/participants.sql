-- Participants as they entered and as they left: one line a person, from the lines of hours.

-- name: leavers
-- Grain: one row per participant who has left, by the last exit that is stated. An exit dated after the data date is a plan,
-- not an exit. Whoever has hours in a later month is back, and has not left. The exit belongs to the lot and the employer of
-- the latest line that states it, among the work contracts whose accepted hours are above 0. An outcome without its moment is
-- that of the exit; an exit without a date is at the end of its last month.
WITH stated AS (
  SELECT
    hours.participant_id,
    hours.work_contract_id,
    hours.employer_kind,
    hours.contract_id,
    hours.lot_id,
    hours.month,
    hours.exit_on,
    hours.exit_outcome,
    coalesce(hours.outcome_point, 'exit') AS outcome_point,
    data_dates.data_as_of,
    CAST(hours.month AS VARCHAR) || hours.entry_id AS line_order
  FROM hours
  INNER JOIN data_dates ON hours.structure IS NOT DISTINCT FROM data_dates.structure
  WHERE
    hours.participant_id IS NOT NULL
    AND (hours.exit_on IS NOT NULL OR hours.exit_outcome IS NOT NULL)
    AND (hours.exit_on IS NULL OR hours.exit_on <= data_dates.data_as_of)
),

work_contracts_left AS (
  SELECT
    participant_id,
    work_contract_id,
    max(line_order) AS line_order,
    max(data_as_of) AS data_as_of,
    max_by(contract_id, line_order) AS contract_id,
    max_by(lot_id, line_order) AS lot_id,
    max_by(coalesce(employer_kind, ''), line_order) AS employer_kind,
    coalesce(max(exit_on), last_day(max(month))) AS exit_on,
    max_by(exit_outcome, line_order) FILTER (WHERE outcome_point = 'exit' AND exit_outcome IS NOT NULL) AS at_exit,
    max_by(exit_outcome, line_order) FILTER (WHERE outcome_point = 'm6' AND exit_outcome IS NOT NULL) AS at_m6,
    max_by(exit_outcome, line_order) FILTER (WHERE outcome_point = 'm12' AND exit_outcome IS NOT NULL) AS at_m12
  FROM stated
  GROUP BY participant_id, work_contract_id
),

-- Hours are read here and again in back_at_work: a table by month held two thirds of the extract and took 1.4 times as long.
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

back_at_work AS (
  SELECT last_left.participant_id
  FROM last_left
  INNER JOIN hours ON last_left.participant_id = hours.participant_id
  WHERE hours.month > last_left.exit_on
  GROUP BY last_left.participant_id
  HAVING sum(counted_hours(hours.status, hours.hours_validated)) > 0
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
    WHEN last_left.at_m6 IS NOT NULL OR last_left.exit_on + INTERVAL 6 MONTH <= last_left.data_as_of
      THEN coalesce(last_left.at_m6, 'inconnu')
  END AS at_m6,
  CASE
    WHEN last_left.at_m12 IS NOT NULL OR last_left.exit_on + INTERVAL 12 MONTH <= last_left.data_as_of
      THEN coalesce(last_left.at_m12, 'inconnu')
  END AS at_m12
FROM last_left
ANTI JOIN back_at_work ON last_left.participant_id = back_at_work.participant_id;

-- name: people
-- Grain: one row per participant that a line names. Each trait is that at entry: the first one stated for the participant, by
-- month worked then entry_id, whatever the lot and whether or not the line counts. An education stated as unknown is not
-- stated. entry_year: the first year whose accepted hours sum to more than 0; NULL when there is none. mark: a number that
-- nobody can compute without the secret; facts_mark: the same of the participant with the traits, and whether the home is in the
-- territory, which the settings say.
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

-- A number for each first line, in their order: twelve comparisons of the text itself took four times as long.
numbered AS (
  SELECT
    *,
    row_number() OVER (ORDER BY first_line) AS line_no
  FROM reported
),

participants AS (
  SELECT
    participant_id,
    min_by(gender, line_no) FILTER (WHERE gender IS NOT NULL) AS gender,
    min_by(age_band, line_no) FILTER (WHERE age_band IS NOT NULL) AS age_band,
    min_by(education, line_no) FILTER (WHERE education IS NOT NULL) AS education,
    min_by(main_public, line_no) FILTER (WHERE main_public IS NOT NULL) AS main_public,
    min_by(is_deld, line_no) FILTER (WHERE is_deld IS NOT NULL) AS is_deld,
    min_by(is_rsa, line_no) FILTER (WHERE is_rsa IS NOT NULL) AS is_rsa,
    min_by(is_rqth, line_no) FILTER (WHERE is_rqth IS NOT NULL) AS is_rqth,
    min_by(is_young, line_no) FILTER (WHERE is_young IS NOT NULL) AS is_young,
    min_by(is_senior, line_no) FILTER (WHERE is_senior IS NOT NULL) AS is_senior,
    min_by(is_qpv, line_no) FILTER (WHERE is_qpv IS NOT NULL) AS is_qpv,
    min_by(is_plie, line_no) FILTER (WHERE is_plie IS NOT NULL) AS is_plie,
    min_by(residence_commune, line_no) FILTER (WHERE residence_commune IS NOT NULL) AS residence_commune
  FROM numbered
  GROUP BY participant_id
)

SELECT
  CAST(row_number() OVER (ORDER BY participant_mark(own_id(participants.participant_id)), participants.participant_id) AS INTEGER)
    AS participant_no,
  CAST(
    dense_rank() OVER (
      ORDER BY
        participants.gender, participants.age_band, participants.education, participants.main_public, participants.is_deld,
        participants.is_rsa, participants.is_rqth, participants.is_young, participants.is_senior, participants.is_qpv,
        participants.is_plie
    ) AS INTEGER
  ) AS profile_no,
  participant_mark(own_id(participants.participant_id)) AS mark,
  participant_mark('2' || own_id(participants.participant_id)) AS second_mark,
  hash(
    participant_mark(own_id(participants.participant_id)), participants.gender, participants.age_band, participants.education,
    participants.main_public, participants.is_deld, participants.is_rsa, participants.is_rqth, participants.is_young,
    participants.is_senior, participants.is_qpv, participants.is_plie, participants.residence_commune, entries.entry_year,
    member_communes.commune
  ) AS facts_mark,
  participants.*,
  entries.entry_year,
  entries.first_month
FROM participants
LEFT JOIN entries ON participants.participant_id = entries.participant_id
LEFT JOIN member_communes ON participants.residence_commune = member_communes.commune;

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
