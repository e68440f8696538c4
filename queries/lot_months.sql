-- Combien d’heures chaque mois pour ce lot, au regard du rythme attendu ?
-- Grain: one row per month, from the first month of the lot (start or first hours) to the data date
-- Columns:
--   month DATE month: first day of the month worked
--   hours_validated DECIMAL(38,2) h: accepted hours of the month
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   cumulative_hours DECIMAL(38,2) h: accepted hours up to the month
--   expected_hours DECIMAL(18,2)? h: the obligation × the share of its time passed at the end of the month; NULL when unknown
-- Parameters:
--   contract_id VARCHAR: the contract
--   lot_id VARCHAR: the lot
-- Order: month
-- Note: over the whole life of the lot, whatever the years of the scope; nothing when the lot is outside the scope.
WITH lot AS (
  SELECT *
  FROM lots_in_scope(without_years($scope))
  WHERE contract_id = $contract_id AND lot_id = $lot_id
),

hours_by_month AS (
  SELECT
    hours_monthly.month,
    sum(hours_monthly.hours_validated) AS hours_validated,
    sum(hours_monthly.hours_pending) AS hours_pending
  FROM hours_monthly
  INNER JOIN lot ON hours_monthly.contract_id = lot.contract_id AND hours_monthly.lot_id = lot.lot_id
  GROUP BY hours_monthly.month
),

lot_span AS (
  SELECT
    least(
      (SELECT CAST(date_trunc('month', min(starts_on)) AS DATE) FROM lot), (SELECT min(month) FROM hours_by_month)
    ) AS first_month,
    greatest(
      (SELECT CAST(date_trunc('month', max(least(lot.ends_on, release.data_as_of))) AS DATE) FROM lot CROSS JOIN release),
      (SELECT max(month) FROM hours_by_month)
    ) AS last_month
)

SELECT
  months.month,
  coalesce(hours_by_month.hours_validated, 0) AS hours_validated,
  coalesce(hours_by_month.hours_pending, 0) AS hours_pending,
  sum(coalesce(hours_by_month.hours_validated, 0))
    OVER (ORDER BY months.month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cumulative_hours,
  CAST(
    CASE WHEN lot.is_rated THEN lot.hours_committed END
    * time_share(lot.starts_on, lot.ends_on, last_day(months.month)) AS DECIMAL(18, 2)
  ) AS expected_hours
FROM lot
CROSS JOIN lot_span
INNER JOIN months ON months.month BETWEEN lot_span.first_month AND lot_span.last_month
LEFT JOIN hours_by_month ON months.month = hours_by_month.month
ORDER BY months.month;
