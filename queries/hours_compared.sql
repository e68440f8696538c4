-- Combien d’heures chaque année pour chacun de ceux que l’on compare, et où en sont-ils, indice 100 au départ ?
-- Grain: one row per compared value and year of the scope, from the first one worked to that of the data date
-- Columns:
--   value VARCHAR: code of the commune of execution, of the client or of the clause category
--   year INTEGER year: year the hours were worked
--   hours_validated DECIMAL(38,2) h: accepted hours of the year
--   complete BOOLEAN: whether the release and the scope cover the twelve months, none of them provisional
--   base_year INTEGER? year: first complete year in which each value has hours; NULL when there is none
--   hours_index DOUBLE?: hours of the year, those of the base year being 100; NULL of an incomplete year, or without base
-- Parameters:
--   compared_by VARCHAR: communes, clients or clauses
--   compared VARCHAR: the codes, separated by commas, each as it is written in a link
-- Order: value, year
-- Note: a year without hours is 0, not a hole; one that is running has no index, for its months are not those of the others.
WITH wanted AS (
  SELECT DISTINCT url_decode(unnest(string_split($compared, ','))) AS value
),

hours_of_values AS (
  SELECT
    CASE $compared_by
      WHEN 'communes' THEN coalesce(execution_commune, 'none') WHEN 'clients' THEN client_id ELSE clause_category
    END AS value,
    year,
    hours_validated
  FROM hours_in_scope($scope)
),

hours_by_value AS (
  SELECT
    value,
    year,
    sum(hours_validated) AS hours_validated
  FROM hours_of_values
  GROUP BY value, year
),

years_shown AS (
  SELECT
    year,
    count(CASE WHEN NOT provisional AND month_matches($scope, month) THEN 1 END) = 12 AS complete
  FROM months
  WHERE year_matches($scope, year)
  GROUP BY year
),

series AS (
  SELECT
    wanted.value,
    years_shown.year,
    years_shown.complete,
    coalesce(hours_by_value.hours_validated, 0) AS hours_validated
  FROM wanted
  CROSS JOIN years_shown
  LEFT JOIN hours_by_value ON wanted.value = hours_by_value.value AND years_shown.year = hours_by_value.year
),

common_years AS (
  SELECT year
  FROM series
  GROUP BY year
  HAVING bool_and(complete AND hours_validated > 0)
),

base AS (
  SELECT min(year) AS base_year
  FROM common_years
),

base_hours AS (
  SELECT
    series.value,
    series.hours_validated AS hours_of_base
  FROM series
  INNER JOIN base ON series.year = base.base_year
)

SELECT
  series.value,
  series.year,
  series.hours_validated,
  series.complete,
  base.base_year,
  CASE WHEN series.complete THEN 100 * ratio(series.hours_validated, base_hours.hours_of_base) END AS hours_index
FROM series
CROSS JOIN base
LEFT JOIN base_hours ON series.value = base_hours.value
ORDER BY series.value, series.year;
