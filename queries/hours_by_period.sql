-- Combien d’heures par mois, par trimestre ou sur douze mois glissants, et comment cela évolue-t-il ?
-- Grain: one row per month or quarter of the years of the scope; of twelve months, one per month that such a year ends with
-- Columns:
--   first_month DATE month: first month of the period
--   last_month DATE month: last month of the period
--   hours_validated DECIMAL(38,2) h: accepted hours of the period
--   complete BOOLEAN: whether the release covers all its months, none of them provisional
--   change_ratio DOUBLE? ratio: change on the same period a year before; NULL unless both are complete and comparable
-- Parameters:
--   period VARCHAR optional: quarter, rolling for twelve months; empty for months
-- Order: last_month
-- Note: twelve months are those that are complete, and may begin before the years of the scope. A quarter
--   that the months of the scope cut is left out. A month without hours is 0. No change from a period that is not above 0, or
--   to one that corrections make negative.
WITH width AS (
  SELECT CASE $period WHEN 'quarter' THEN 3 WHEN 'rolling' THEN 12 ELSE 1 END AS months_wide
),

hours_by_month AS (
  SELECT
    month,
    sum(hours_validated) AS hours_validated
  FROM history_in_scope($scope)
  GROUP BY month
),

period_ends AS (
  SELECT DISTINCT
    CASE
      WHEN $period = 'quarter' THEN CAST(date_trunc('quarter', month) + INTERVAL 2 MONTH AS DATE)
      ELSE month
    END AS last_month
  FROM months
),

period_spans AS (
  SELECT
    period_ends.last_month,
    CAST(period_ends.last_month - to_months(width.months_wide - 1) AS DATE) AS first_month,
    width.months_wide
  FROM period_ends
  CROSS JOIN width
),

periods AS (
  SELECT
    period_spans.first_month,
    period_spans.last_month,
    coalesce(sum(hours_by_month.hours_validated), 0) AS hours_validated,
    any_value(period_spans.months_wide) AS months_wide,
    count(CASE WHEN NOT months.provisional THEN 1 END) = any_value(period_spans.months_wide) AS complete
  FROM period_spans
  INNER JOIN months ON period_spans.first_month <= months.month AND period_spans.last_month >= months.month
  LEFT JOIN hours_by_month ON months.month = hours_by_month.month
  GROUP BY period_spans.first_month, period_spans.last_month
)

SELECT
  periods.first_month,
  periods.last_month,
  periods.hours_validated,
  periods.complete,
  CASE
    WHEN periods.complete AND earlier.complete AND earlier.hours_validated > 0 AND periods.hours_validated >= 0
      THEN change(earlier.hours_validated, periods.hours_validated)
  END AS change_ratio
FROM periods
LEFT JOIN periods AS earlier ON earlier.last_month = periods.last_month - INTERVAL 1 YEAR
WHERE
  year_matches($scope, year(periods.last_month))
  AND month_matches($scope, periods.last_month)
  AND (periods.months_wide = 12 OR month_matches($scope, periods.first_month))
  AND (periods.complete OR periods.months_wide < 12)
ORDER BY periods.last_month;
