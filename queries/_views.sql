-- What questions read. Run once per open release, after the engine has created over its files and settings:
--   contracts, hours, hours_monthly, anomalies_found   the Parquet files, as published
--   release, settings                                  one row each
--   milestones, communes                               one row per milestone, per commune named in the release

-- One row per lot. A lot is rated when its completion can be computed: a number of hours was promised (not NULL, not 0) and the
-- contract is running or closed.
CREATE VIEW lots AS
SELECT
  contracts.*,
  coalesce(
    contracts.obligation_kind = 'hours' AND contracts.status IN ('running', 'closed') AND contracts.hours_committed > 0,
    FALSE
  ) AS is_rated,
  coalesce(contracts.contractor_siret, contracts.contractor_name) AS contractor,
  -- An obligation counts from its notification, within the months of the release.
  least(
    greatest(
      CAST(date_trunc('month', coalesce(contracts.notified_on, contracts.starts_on, release.first_month)) AS DATE),
      release.first_month
    ),
    release.last_month
  ) AS committed_month
FROM contracts
CROSS JOIN release;

-- One row per month from the first to the last month of the release: series have no holes. The last months are provisional: their
-- declarations are still coming in.
CREATE TABLE months AS
SELECT
  CAST(span.month AS DATE) AS month,
  CAST(year(span.month) AS INTEGER) AS year,
  date_diff('month', span.month, release.data_as_of) < settings.declaration_lag_months AS provisional
FROM release
CROSS JOIN settings
CROSS JOIN generate_series(release.first_month, release.last_month, INTERVAL 1 MONTH) AS span (month)
ORDER BY month;
