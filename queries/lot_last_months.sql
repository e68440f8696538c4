-- Combien d’heures, chacun des douze derniers mois, sur les lots en cours ?
-- Grain: one row per running lot and month, the twelve months up to the data date
-- Columns:
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   month DATE month: first day of the month worked
--   hours_validated DECIMAL(38,2) h: accepted hours of the month
--   share_of_best DOUBLE? ratio: these hours over those of the lot's best month of the twelve; NULL when it has none
-- Order: contract_id, lot_id, month
-- Note: over the whole life of the lot, whatever the years of the scope; the last months are still being declared.
WITH running AS (
  SELECT
    contract_id,
    lot_id
  FROM lots_in_scope(without_years($scope))
  WHERE status = 'running'
),

last_months AS (
  SELECT months.month
  FROM months
  CROSS JOIN release
  WHERE date_diff('month', months.month, release.data_as_of) BETWEEN 0 AND 11
),

hours_by_month AS (
  SELECT
    hours_monthly.contract_id,
    hours_monthly.lot_id,
    hours_monthly.month,
    sum(hours_monthly.hours_validated) AS hours_validated
  FROM hours_monthly
  INNER JOIN last_months ON hours_monthly.month = last_months.month
  GROUP BY hours_monthly.contract_id, hours_monthly.lot_id, hours_monthly.month
),

best_months AS (
  SELECT
    contract_id,
    lot_id,
    max(hours_validated) AS hours_validated
  FROM hours_by_month
  GROUP BY contract_id, lot_id
)

SELECT
  running.contract_id,
  running.lot_id,
  last_months.month,
  coalesce(hours_by_month.hours_validated, 0) AS hours_validated,
  CASE
    WHEN best_months.hours_validated > 0
      THEN CAST(coalesce(hours_by_month.hours_validated, 0) AS DOUBLE) / nullif(CAST(best_months.hours_validated AS DOUBLE), 0)
  END AS share_of_best
FROM running
CROSS JOIN last_months
LEFT JOIN hours_by_month
  ON
    running.contract_id = hours_by_month.contract_id
    AND running.lot_id = hours_by_month.lot_id
    AND last_months.month = hours_by_month.month
LEFT JOIN best_months ON running.contract_id = best_months.contract_id AND running.lot_id = best_months.lot_id
ORDER BY running.contract_id, running.lot_id, last_months.month;
