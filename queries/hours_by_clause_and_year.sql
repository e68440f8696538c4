-- Combien d’heures chaque année pour chaque type de clause ?
-- Grain: one row per year of the scope × clause_category with a line of hours in scope; years are complete: each has a
--   row, those that the months of the scope cut with the hours of these months
-- Columns:
--   year INTEGER year: year the hours were worked
--   clause_category VARCHAR: its code
--   hours_validated DECIMAL(38,2) h: accepted hours, 0 in a year without any
--   year_share_ratio DOUBLE? ratio: part of the validated hours of the year in the scope; NULL in a year without any
--   best_year_ratio DOUBLE? ratio: those hours over the ones of the category's best year in the scope
-- Order: clause_category, year
WITH hours_found AS (
  SELECT
    clause_category,
    CAST(year(month) AS INTEGER) AS year,
    sum(hours_validated) AS hours_validated
  FROM hours_in_scope($scope)
  GROUP BY clause_category, CAST(year(month) AS INTEGER)
),

years AS (
  SELECT DISTINCT year
  FROM months
  WHERE year_matches($scope, year)
),

clauses AS (
  SELECT DISTINCT clause_category
  FROM hours_found
)

SELECT
  years.year,
  clauses.clause_category,
  coalesce(hours_found.hours_validated, 0) AS hours_validated,
  ratio(
    coalesce(hours_found.hours_validated, 0), sum(hours_found.hours_validated) OVER (PARTITION BY years.year)
  ) AS year_share_ratio,
  ratio(
    coalesce(hours_found.hours_validated, 0), max(hours_found.hours_validated) OVER (PARTITION BY clauses.clause_category)
  ) AS best_year_ratio
FROM years
CROSS JOIN clauses
LEFT JOIN hours_found ON years.year = hours_found.year AND clauses.clause_category = hours_found.clause_category
ORDER BY clauses.clause_category, years.year;
