-- What questions read. Run once per open release, after the engine has created over its files and settings:
--   contracts, hours, hours_monthly, anomalies_found   the Parquet files, as published
--   release, settings                                  one row each
--   milestones, communes                               one row per milestone, per commune named in the release
--   notified and the tables of the law                 see _notified.sql

-- The last month that is complete on a day: its lag of declarations has passed.
CREATE MACRO last_complete_month(on_day, lag_months) AS (
  CAST(date_trunc('month', on_day + INTERVAL 1 DAY) - to_months(lag_months + 1) AS DATE)
);

-- One row: the months of the series, from the first one with hours to that of the data date, which may have none. A month is
-- complete once the lag of declarations has passed since its end: with two months of it, August is on 31 October and on
-- 1 November alike. Later months are provisional.
CREATE TABLE span AS
SELECT
  coalesce(release.first_month, CAST(date_trunc('month', release.data_as_of) AS DATE)) AS first_month,
  greatest(release.last_month, CAST(date_trunc('month', release.data_as_of) AS DATE)) AS last_month,
  last_complete_month(release.data_as_of, settings.declaration_lag_months) AS last_complete_month
FROM release
CROSS JOIN settings;

-- One row per lot. A lot is notified unless it is planned or cancelled: its obligation, when known, is engaged. It is rated when
-- its completion can be computed: a number of hours was promised (not NULL, not 0) and the contract is running or closed. The
-- days from active_from to active_to are those of its dates as far as they are known; NULL when nothing says when it was active.
-- What a running lot still owes is of its whole life, so that no filter on hours changes it.
CREATE TABLE lots AS
WITH hours_by_lot AS (
  SELECT
    contract_id,
    lot_id,
    sum(hours_validated) AS hours_validated
  FROM hours_monthly
  GROUP BY contract_id, lot_id
)

SELECT
  contracts.*,
  contracts.status NOT IN ('planned', 'cancelled') AS is_notified,
  coalesce(
    contracts.obligation_kind = 'hours' AND contracts.status IN ('running', 'closed') AND contracts.hours_committed > 0,
    FALSE
  ) AS is_rated,
  coalesce(contracts.contractor_siret, contracts.contractor_name) AS contractor,
  CASE
    WHEN contracts.status NOT IN ('planned', 'cancelled')
      THEN coalesce(
        contracts.starts_on,
        contracts.notified_on,
        contracts.ends_on,
        CASE WHEN contracts.status IN ('running', 'suspended') THEN release.data_as_of END
      )
  END AS active_from,
  CASE
    WHEN contracts.status NOT IN ('planned', 'cancelled')
      THEN coalesce(
        contracts.ends_on,
        contracts.closed_on,
        CASE WHEN contracts.status IN ('running', 'suspended') THEN release.data_as_of END,
        contracts.starts_on,
        contracts.notified_on
      )
  END AS active_to,
  year(coalesce(contracts.notified_on, contracts.starts_on)) AS notified_year,
  -- An obligation counts from its notification, within the months of the release.
  least(
    greatest(
      CAST(date_trunc('month', coalesce(contracts.notified_on, contracts.starts_on, span.first_month)) AS DATE),
      span.first_month
    ),
    span.last_month
  ) AS committed_month,
  CASE
    WHEN contracts.obligation_kind = 'hours' AND contracts.status = 'running' AND contracts.hours_committed > 0
      THEN greatest(contracts.hours_committed - coalesce(hours_by_lot.hours_validated, 0), 0)
    ELSE 0
  END AS still_owed_hours
FROM contracts
CROSS JOIN release
CROSS JOIN span
LEFT JOIN hours_by_lot ON contracts.contract_id = hours_by_lot.contract_id AND contracts.lot_id = hours_by_lot.lot_id;

-- One row per lot, year and employer_kind with a line of hours that is not rejected. Its name is none of those of
-- queries/secrecy/exact.py, whose temporary tables would hide it.
CREATE TABLE active_lot_years AS
SELECT DISTINCT
  contract_id,
  lot_id,
  CAST(year(month) AS INTEGER) AS year,
  employer_kind
FROM hours_monthly
WHERE status <> 'rejected';

-- One row per month of the series, which has no holes. The last months are provisional: their declarations are still coming in.
CREATE TABLE months AS
SELECT
  CAST(calendar.month AS DATE) AS month,
  CAST(year(calendar.month) AS INTEGER) AS year,
  calendar.month > span.last_complete_month AS provisional
FROM span
CROSS JOIN generate_series(span.first_month, span.last_month, INTERVAL 1 MONTH) AS calendar (month)
ORDER BY month;

-- One row per year in which contracts were notified, from the first to the last: the national target of the year or the next
-- one ahead, the last one after that; the national share where it is known.
CREATE TABLE notified_years AS
WITH span AS (
  SELECT
    min(year(notified_on)) AS first_year,
    max(year(notified_on)) AS last_year
  FROM notified
)

SELECT
  CAST(years.year AS INTEGER) AS year,
  release.data_as_of >= make_date(CAST(years.year AS INTEGER), 12, 31) AS complete,
  national_targets.share AS target_ratio,
  national_targets.year AS target_year,
  national_shares.share AS national_ratio
FROM span
CROSS JOIN release
CROSS JOIN generate_series(span.first_year, span.last_year) AS years (year)
LEFT JOIN national_targets
  ON
    (national_targets.year_before IS NULL OR years.year > national_targets.year_before)
    AND (national_targets.is_last OR years.year <= national_targets.year)
LEFT JOIN national_shares ON years.year = national_shares.year;

-- One row per date that a projection is made at: the last complete month, and for what past projections were worth the same month
-- of each year before; with the first months of the two years and of the ten whose yearly changes it rests on.
CREATE TABLE asked_months AS
WITH asked AS (
  SELECT
    last_complete_month AS month,
    TRUE AS is_last
  FROM span
  UNION ALL
  SELECT
    months.month,
    FALSE AS is_last
  FROM months
  INNER JOIN span
    ON months.month < span.last_complete_month AND month(months.month) = month(span.last_complete_month)
)

SELECT
  month,
  is_last,
  CAST(month - INTERVAL 23 MONTH AS DATE) AS two_years_since,
  CAST(month - INTERVAL 96 MONTH AS DATE) AS changes_since
FROM asked
ORDER BY month;

-- The months ahead that a date is looked for in, ten years, and how much wider than at one year the interval is there. One row
-- per number of months.
CREATE TABLE horizons AS
SELECT
  CAST(months_ahead.k AS INTEGER) AS k,
  sqrt(CAST(months_ahead.k AS DOUBLE) / 12) AS widening,
  CASE WHEN months_ahead.k > 0 THEN ln(CAST(months_ahead.k AS DOUBLE)) END AS log_k
FROM generate_series(0, 120) AS months_ahead (k)
ORDER BY k;

-- One row per milestone with what is the same under every filter: the opening balance, which is of all validated hours; the
-- last complete month; the first month with declarations that are not late (NULL where a pause is none); whether its date is
-- past; the months to be complete before its date, and within a year those of the year.
CREATE TABLE milestone_terms AS
WITH dated AS (
  SELECT
    milestones.*,
    span.last_complete_month AS last_complete,
    CASE
      WHEN
        milestones.measure = 'validated' AND milestones.client IS NULL AND milestones.clause_category IS NULL
        AND milestones.year IS NULL
        THEN settings.opening_hours
      ELSE 0
    END AS opening_hours,
    -- For a client's declarations, or everybody's: those of one type of clause may well pause.
    CASE
      WHEN milestones.measure = 'validated' AND milestones.clause_category IS NULL
        THEN CAST(date_trunc('month', release.data_as_of) - to_months(settings.late_after_months) AS DATE)
    END AS declared_since,
    CASE
      WHEN milestones.year IS NULL THEN milestones.due_on < release.data_as_of
      ELSE span.last_complete_month >= make_date(milestones.year, 12, 1)
    END AS is_past,
    CASE
      WHEN milestones.year IS NULL THEN date_diff('month', span.last_complete_month, milestones.due_on + INTERVAL 1 DAY) - 1
      ELSE date_diff('month', span.last_complete_month, make_date(milestones.year, 12, 1))
    END AS months_ahead
  FROM milestones
  CROSS JOIN release
  CROSS JOIN settings
  CROSS JOIN span
)

SELECT
  *,
  CASE WHEN year IS NULL THEN months_ahead ELSE least(12, months_ahead) END AS months_left,
  CASE
    WHEN months_ahead > 0 THEN ln(CAST(CASE WHEN year IS NULL THEN months_ahead ELSE least(12, months_ahead) END AS DOUBLE))
  END AS log_months_left,
  -- Of the spread of a year, that of the months ahead; see _forecast.sql for the months of a year.
  CASE
    WHEN year IS NULL THEN sqrt(CAST(greatest(months_ahead, 0) AS DOUBLE) / 12)
    ELSE 1.28 * sqrt(CAST(12 + greatest(months_ahead, 0) AS DOUBLE) / 24)
  END AS widening
FROM dated;
