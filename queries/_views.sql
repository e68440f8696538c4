-- What questions read. Run once per open release, after the engine has created over its files and settings:
--   contracts, hours, hours_monthly, anomalies_found   the Parquet files, as published
--   release, settings                                  one row each
--   milestones, communes                               one row per milestone, per commune named in the release
--   notified and the tables of the law                 see _notified.sql

-- One row: the months of the series, from the first one with hours to that of the data date, which may have none. A month is
-- complete once the lag of declarations has passed since its end: with two months of it, August is on 31 October and on
-- 1 November alike. Later months are provisional.
CREATE TABLE span AS
SELECT
  coalesce(release.first_month, CAST(date_trunc('month', release.data_as_of) AS DATE)) AS first_month,
  greatest(release.last_month, CAST(date_trunc('month', release.data_as_of) AS DATE)) AS last_month,
  CAST(date_trunc('month', release.data_as_of + INTERVAL 1 DAY) - to_months(settings.declaration_lag_months + 1) AS DATE)
    AS last_complete_month
FROM release
CROSS JOIN settings;

-- One row per lot. A lot is notified unless it is planned or cancelled: its obligation, when known, is engaged. It is rated when
-- its completion can be computed: a number of hours was promised (not NULL, not 0) and the contract is running or closed. The
-- days from active_from to active_to are those of its dates as far as they are known; NULL when nothing says when it was active.
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
  ) AS committed_month
FROM contracts
CROSS JOIN release
CROSS JOIN span;

-- One row per lot, year and employer_kind with a line of hours that is not rejected.
CREATE TABLE lot_years AS
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

-- One row per year in which contracts were notified, from the first to the last: the national target of the year or the next one
-- ahead, the last one after that; the national share where it is known.
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
