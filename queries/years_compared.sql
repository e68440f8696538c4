-- Combien d’heures, mois par mois, dans chacune des années que l’on compare ?
-- Grain: one row per compared year and calendar month that is complete in all of them
-- Columns:
--   year INTEGER year: year the hours were worked
--   month_number INTEGER: month of the year, from 1 to 12
--   hours_validated DECIMAL(38,2) h: accepted hours of the month
--   period_hours DECIMAL(38,2) h: accepted hours of the year, over the months compared
--   compared_months BIGINT months: how many months are compared
--   base_month INTEGER?: first month in which each year has hours; NULL when there is none
--   hours_index DOUBLE?: hours of the month, those of the year's base month being 100; NULL without base
-- Parameters:
--   compared VARCHAR optional: the years, separated by commas; empty for all of them
-- Order: year, month_number
-- Note: a running year is compared over its complete months, with the same months of the others. The years of the scope do not
--   count, and a year without a month in the release is none. A month without hours is 0, not a hole.
WITH wanted AS (
  SELECT DISTINCT year
  FROM months
  WHERE $compared = '' OR list_contains(string_split($compared, ','), CAST(year AS VARCHAR))
),

asked_count AS (
  SELECT count(*) AS years
  FROM wanted
),

complete_months AS (
  SELECT
    months.year,
    months.month,
    CAST(month(months.month) AS INTEGER) AS month_number
  FROM months
  INNER JOIN wanted ON months.year = wanted.year
  WHERE NOT months.provisional
),

common_months AS (
  SELECT complete_months.month_number
  FROM complete_months
  CROSS JOIN asked_count
  GROUP BY complete_months.month_number
  HAVING count(*) = any_value(asked_count.years)
),

hours_by_month AS (
  SELECT
    month,
    sum(hours_validated) AS hours_validated
  FROM history_in_scope($scope)
  GROUP BY month
),

series AS (
  SELECT
    complete_months.year,
    complete_months.month_number,
    coalesce(hours_by_month.hours_validated, 0) AS hours_validated
  FROM complete_months
  INNER JOIN common_months ON complete_months.month_number = common_months.month_number
  LEFT JOIN hours_by_month ON complete_months.month = hours_by_month.month
),

months_with_hours AS (
  SELECT month_number
  FROM series
  GROUP BY month_number
  HAVING min(hours_validated) > 0
),

base AS (
  SELECT min(month_number) AS base_month
  FROM months_with_hours
),

period AS (
  SELECT
    series.year,
    sum(series.hours_validated) AS period_hours,
    count(*) AS compared_months,
    any_value(base.base_month) AS base_month,
    sum(CASE WHEN series.month_number = base.base_month THEN series.hours_validated END) AS hours_of_base
  FROM series
  CROSS JOIN base
  GROUP BY series.year
)

SELECT
  series.year,
  series.month_number,
  series.hours_validated,
  period.period_hours,
  period.compared_months,
  period.base_month,
  100 * ratio(series.hours_validated, period.hours_of_base) AS hours_index
FROM series
INNER JOIN period ON series.year = period.year
ORDER BY series.year, series.month_number;
