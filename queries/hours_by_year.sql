-- Combien d’heures chaque année, et comment cela évolue-t-il ?
-- Grain: one row per year worked, from the first to the last year of the release, within the years of the scope
-- Columns:
--   year INTEGER year: year the hours were worked
--   hours_validated DECIMAL(38,2) h: accepted hours of the year
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   change_ratio DOUBLE? ratio: change on the year before; NULL when that year has no hours
--   same_months_change_ratio DOUBLE? ratio: the same; for the last year of the release, over the months that it covers
--   same_months_hours_before DECIMAL(38,2)? h: hours of the year before over the same months
--   objective_hours DECIMAL(18,2)? h: objective of the year in the settings, for the whole authority; NULL without one
--   objective_ratio DOUBLE? ratio: accepted hours over the objective
--   rank BIGINT: 1 for the year with most hours
--   complete BOOLEAN: whether the release covers the twelve months, none of them provisional
-- Order: year
-- Note: a year without hours is 0, not a hole; changes are computed over the whole history before years are cut.
WITH hours_by_month AS (
  SELECT
    month,
    sum(hours_validated) AS hours_validated,
    sum(hours_pending) AS hours_pending
  FROM history_in_scope($scope)
  GROUP BY month
),

hours_of_year AS (
  SELECT
    months.year,
    coalesce(sum(hours_by_month.hours_validated), 0) AS hours_validated,
    coalesce(sum(hours_by_month.hours_pending), 0) AS hours_pending,
    coalesce(
      sum(CASE WHEN month(months.month) <= month(release.last_month) THEN hours_by_month.hours_validated END), 0
    ) AS hours_same_months,
    count(CASE WHEN NOT months.provisional THEN 1 END) = 12 AS complete
  FROM months
  CROSS JOIN release
  LEFT JOIN hours_by_month ON months.month = hours_by_month.month
  GROUP BY months.year
),

objective_of_year AS (
  SELECT
    year,
    max(target_hours) AS objective_hours
  FROM milestones
  WHERE year IS NOT NULL AND measure = 'validated' AND client IS NULL AND clause_category IS NULL
  GROUP BY year
),

year_with_year_before AS (
  SELECT
    hours_of_year.year,
    hours_of_year.hours_validated,
    hours_of_year.hours_pending,
    hours_of_year.complete,
    earlier.hours_validated AS hours_before,
    CASE WHEN hours_of_year.year = year(release.last_month) THEN earlier.hours_same_months ELSE earlier.hours_validated END
      AS same_months_hours_before,
    CASE WHEN is_whole($scope) THEN objective_of_year.objective_hours END AS objective_hours,
    rank() OVER (ORDER BY hours_of_year.hours_validated DESC) AS rank
  FROM hours_of_year
  CROSS JOIN release
  LEFT JOIN hours_of_year AS earlier ON hours_of_year.year = earlier.year + 1
  LEFT JOIN objective_of_year ON hours_of_year.year = objective_of_year.year
)

SELECT
  year,
  hours_validated,
  hours_pending,
  ratio(hours_validated - hours_before, hours_before) AS change_ratio,
  ratio(hours_validated - same_months_hours_before, same_months_hours_before) AS same_months_change_ratio,
  same_months_hours_before,
  objective_hours,
  ratio(hours_validated, objective_hours) AS objective_ratio,
  rank,
  complete
FROM year_with_year_before
WHERE year_matches($scope, year)
ORDER BY year;
