-- Combien d’heures chaque mois, et combien depuis le début ?
-- Grain: one row per month, from the first one worked to that of the data date, within the years or months of the scope
-- Columns:
--   month DATE month: first day of the month worked
--   hours_validated DECIMAL(38,2) h: accepted hours of the month
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   cumulative_hours DECIMAL(38,2) h: opening balance and validated hours up to the month
--   cumulative_committed_hours DECIMAL(38,2) h: opening balance and obligations of the lots notified up to the month
--   provisional BOOLEAN: whether declarations are still coming in
--   negative BOOLEAN: whether corrections exceed the accepted hours of the month
-- Order: month
-- Note: the running total covers the whole history of the other filters; the opening balance enters when only years are filtered,
-- that of clients when only years and clients are.
WITH hours_by_month AS (
  SELECT
    month,
    sum(hours_validated) AS hours_validated,
    sum(hours_pending) AS hours_pending
  FROM history_in_scope($scope)
  GROUP BY month
),

committed_by_month AS (
  SELECT
    committed_month AS month,
    sum(hours_committed) AS hours_committed
  FROM lots_in_scope(without_years($scope))
  WHERE is_notified
  GROUP BY committed_month
),

opening AS (
  SELECT CAST(coalesce(sum(hours), 0) AS DECIMAL(18, 2)) AS hours
  FROM opening_in_scope($scope)
),

running_total AS (
  SELECT
    months.month,
    months.year,
    months.provisional,
    coalesce(hours_by_month.hours_validated, 0) AS hours_validated,
    coalesce(hours_by_month.hours_pending, 0) AS hours_pending,
    opening.hours
    + coalesce(
      sum(hours_by_month.hours_validated) OVER (ORDER BY months.month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 0
    ) AS cumulative_hours,
    opening.hours
    + coalesce(
      sum(committed_by_month.hours_committed)
        OVER (ORDER BY months.month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
      0
    ) AS cumulative_committed_hours
  FROM months
  CROSS JOIN opening
  LEFT JOIN hours_by_month ON months.month = hours_by_month.month
  LEFT JOIN committed_by_month ON months.month = committed_by_month.month
)

SELECT
  month,
  hours_validated,
  hours_pending,
  cumulative_hours,
  cumulative_committed_hours,
  provisional,
  hours_validated < 0 AS negative
FROM running_total
WHERE year_matches($scope, year) AND month_matches($scope, month)
ORDER BY month;
