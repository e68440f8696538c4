-- Combien d’heures chaque année pour chaque maître d’ouvrage ?
-- Grain: one row per year of the scope × client_id with a line of hours in scope; years are complete: each has a
--   row, those that the months of the scope cut with the hours of these months
-- Columns:
--   year INTEGER year: year the hours were worked
--   client_id VARCHAR: its code
--   hours_validated DECIMAL(38,2) h: accepted hours, 0 in a year without any
--   best_year_ratio DOUBLE? ratio: those hours over the ones of the client's best year in the scope
-- Order: client_id, year
WITH hours_found AS (
  SELECT
    client_id,
    CAST(year(month) AS INTEGER) AS year,
    sum(hours_validated) AS hours_validated
  FROM hours_in_scope($scope)
  GROUP BY client_id, CAST(year(month) AS INTEGER)
),

years AS (
  SELECT DISTINCT year
  FROM months
  WHERE year_matches($scope, year)
),

clients AS (
  SELECT DISTINCT client_id
  FROM hours_found
)

SELECT
  years.year,
  clients.client_id,
  coalesce(hours_found.hours_validated, 0) AS hours_validated,
  ratio(
    coalesce(hours_found.hours_validated, 0), max(hours_found.hours_validated) OVER (PARTITION BY clients.client_id)
  ) AS best_year_ratio
FROM years
CROSS JOIN clients
LEFT JOIN hours_found ON years.year = hours_found.year AND clients.client_id = hours_found.client_id
ORDER BY clients.client_id, years.year;
