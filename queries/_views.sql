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

-- One row per lot with a line of hours, over its whole life, whatever is filtered: its hours, those of the complete months, its
-- last month, and the mean of its best three months in a row, of those that end with a complete month with lines.
CREATE TABLE lot_lives AS
WITH hours_by_month AS (
  SELECT
    contract_id,
    lot_id,
    month,
    sum(hours_validated) AS hours_validated,
    sum(hours_pending) AS hours_pending
  FROM hours_monthly
  GROUP BY contract_id, lot_id, month
),

three_months AS (
  SELECT
    *,
    sum(hours_validated) OVER (
      PARTITION BY contract_id, lot_id ORDER BY month RANGE BETWEEN INTERVAL 2 MONTH PRECEDING AND CURRENT ROW
    ) AS three_month_hours
  FROM hours_by_month
)

SELECT
  three_months.contract_id,
  three_months.lot_id,
  sum(three_months.hours_validated) AS hours_to_date,
  sum(three_months.hours_pending) AS pending_to_date,
  sum(CASE WHEN three_months.month <= span.last_complete_month THEN three_months.hours_validated END) AS complete_hours,
  max(three_months.month) AS last_month,
  CAST(
    CAST(max(CASE WHEN three_months.month <= span.last_complete_month THEN three_months.three_month_hours END) AS DOUBLE) / 3
    AS DECIMAL(18, 2)
  ) AS best_per_month
FROM three_months
CROSS JOIN span
GROUP BY three_months.contract_id, three_months.lot_id;

-- One row per lot. A lot is notified unless it is planned or cancelled: its obligation, when known, is engaged. It is rated when
-- its completion can be computed: a number of hours was promised (not NULL, not 0) and the contract is running or closed. The
-- days from active_from to active_to are those of its dates as far as they are known; NULL when nothing says when it was active.
-- The remaining obligation of a running lot covers its whole life, so that no filter on hours changes it.
CREATE TABLE lots AS
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
      THEN greatest(contracts.hours_committed - coalesce(lot_lives.hours_to_date, 0), 0)
    ELSE 0
  END AS still_owed_hours
FROM contracts
CROSS JOIN release
CROSS JOIN span
LEFT JOIN lot_lives ON contracts.contract_id = lot_lives.contract_id AND contracts.lot_id = lot_lives.lot_id;

-- One row per month of the series, which has no holes. The last months are provisional: their declarations are still coming in.
CREATE TABLE months AS
WITH calendar AS (
  SELECT
    CAST(unnest(generate_series(first_month, last_month, INTERVAL 1 MONTH)) AS DATE) AS month,
    last_complete_month
  FROM span
)

SELECT
  month,
  CAST(year(month) AS INTEGER) AS year,
  month > last_complete_month AS provisional
FROM calendar
ORDER BY month;

-- One row per year in which contracts were notified, from the first to the last: the national target of the year or the next
-- one ahead, the last one after that; the national share where it is known.
CREATE TABLE notified_years AS
WITH known AS (
  SELECT
    min(year(notified_on)) AS first_year,
    max(year(notified_on)) AS last_year
  FROM notified
),

years AS (
  SELECT CAST(unnest(generate_series(first_year, last_year)) AS INTEGER) AS year
  FROM known
)

SELECT
  years.year,
  release.data_as_of >= make_date(years.year, 12, 31) AS complete,
  national_targets.share AS target_ratio,
  national_targets.year AS target_year,
  national_shares.share AS national_ratio,
  spaser_thresholds.yearly_eur AS spaser_threshold_eur
FROM years
CROSS JOIN release
LEFT JOIN national_targets
  ON
    (national_targets.year_before IS NULL OR years.year > national_targets.year_before)
    AND (national_targets.is_last OR years.year <= national_targets.year)
LEFT JOIN national_shares ON years.year = national_shares.year
LEFT JOIN spaser_thresholds
  ON
    make_date(years.year, 12, 31) >= spaser_thresholds.start_on
    AND (spaser_thresholds.next_on IS NULL OR make_date(years.year, 12, 31) < spaser_thresholds.next_on);

-- One row per date that a projection is made at: the last complete month, and for what past projections were worth the same month
-- of each year before; with the first months of the two years and of the ten whose yearly changes it rests on.
CREATE TABLE asked_months AS
WITH projected AS (
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
FROM projected
ORDER BY month;

-- The months ahead that a date is looked for in, ten years, and how much wider than at one year the interval is there. One row
-- per number of months.
CREATE TABLE horizons AS
WITH months_ahead AS (
  SELECT CAST(unnest(generate_series(0, 120)) AS INTEGER) AS k
)

SELECT
  k,
  sqrt(CAST(k AS DOUBLE) / 12) AS widening,
  CASE WHEN k > 0 THEN ln(CAST(k AS DOUBLE)) END AS log_k
FROM months_ahead
ORDER BY k;

-- One row per milestone with what is the same under every filter: whether opening balances, validated hours, count toward it; the
-- last complete month; the first month with declarations that are not late (NULL where a pause is none); whether its date is
-- past; the months to be complete before its date, and within a year those of the year.
CREATE TABLE milestone_terms AS
WITH dated AS (
  SELECT
    milestones.*,
    span.last_complete_month AS last_complete,
    milestones.measure = 'validated' AND milestones.clause_category IS NULL AND milestones.year IS NULL AS has_opening,
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
