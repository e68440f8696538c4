-- Combien d’heures chaque année, et comment cela évolue-t-il ?
-- Grain: one row per year, from the first one worked to that of the data date, within the years of the scope; of its months only
-- Columns:
--   year INTEGER year: year the hours were worked
--   hours_validated DECIMAL(38,2) h: accepted hours of the year
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   change_ratio DOUBLE? ratio: change on the year before; NULL unless both years are complete, and when that year has no hours
--   compared_months BIGINT months: complete months of the year whose month of the year before is in the release too
--   same_months_hours DECIMAL(38,2)? h: accepted hours of the compared months; NULL when there are none
--   same_months_hours_before DECIMAL(38,2)? h: those of the same months of the year before; NULL when there are none
--   same_months_change_ratio DOUBLE? ratio: change from the second to the first
--   objective_hours DECIMAL(18,2)? h: objective of the year, for the whole authority; NULL without one, or if months cut it
--   objective_ratio DOUBLE? ratio: accepted hours over the objective
--   fte DOUBLE fte: accepted hours of the year over the divisor of the settings
--   rank BIGINT: 1 for the year with most hours, of the months of the scope where it has some
--   complete BOOLEAN: whether the release and the scope cover the twelve months, none of them provisional
-- Order: year
-- Note: provisional months are never compared. A year without hours is 0, not a hole; changes are computed over the whole
--   history before years are cut.
WITH hours_by_month AS (
  SELECT
    month,
    sum(hours_validated) AS hours_validated,
    sum(hours_pending) AS hours_pending
  FROM history_in_scope($scope)
  GROUP BY month
),

series AS (
  SELECT
    months.year,
    months.provisional,
    month_matches($scope, months.month) AS shown,
    coalesce(hours_by_month.hours_validated, 0) AS hours_validated,
    coalesce(hours_by_month.hours_pending, 0) AS hours_pending,
    NOT months.provisional AND month_before.month IS NOT NULL AS compared,
    coalesce(hours_before.hours_validated, 0) AS hours_before
  FROM months
  LEFT JOIN hours_by_month ON months.month = hours_by_month.month
  LEFT JOIN months AS month_before ON month_before.month = months.month - INTERVAL 1 YEAR
  LEFT JOIN hours_by_month AS hours_before ON month_before.month = hours_before.month
),

hours_of_year AS (
  SELECT
    year,
    sum(CASE WHEN shown THEN hours_validated ELSE 0 END) AS hours_validated,
    sum(CASE WHEN shown THEN hours_pending ELSE 0 END) AS hours_pending,
    count(CASE WHEN shown AND compared THEN 1 END) AS compared_months,
    sum(CASE WHEN shown AND compared THEN hours_validated END) AS same_months_hours,
    sum(CASE WHEN shown AND compared THEN hours_before END) AS same_months_hours_before,
    rank() OVER (ORDER BY sum(CASE WHEN shown THEN hours_validated ELSE 0 END) DESC) AS rank,
    count(CASE WHEN shown AND NOT provisional THEN 1 END) = 12 AS complete,
    bool_and(shown) AS is_whole_year
  FROM series
  GROUP BY year
),

objective_of_year AS (
  SELECT
    year,
    max(target_hours) AS objective_hours
  FROM milestones
  WHERE year IS NOT NULL AND measure = 'validated' AND client IS NULL AND clause_category IS NULL
  GROUP BY year
)

SELECT
  done.year,
  done.hours_validated,
  done.hours_pending,
  -- Twelve months are compared when the year and the one before are complete.
  CASE WHEN done.compared_months = 12 THEN change(done.same_months_hours_before, done.same_months_hours) END AS change_ratio,
  done.compared_months,
  done.same_months_hours,
  done.same_months_hours_before,
  change(done.same_months_hours_before, done.same_months_hours) AS same_months_change_ratio,
  objective_of_year.objective_hours,
  ratio(done.hours_validated, objective_of_year.objective_hours) AS objective_ratio,
  ratio(done.hours_validated, settings.fte_divisor) AS fte,
  done.rank,
  done.complete
FROM hours_of_year AS done
CROSS JOIN settings
LEFT JOIN objective_of_year ON done.year = objective_of_year.year AND is_whole($scope) AND done.is_whole_year
WHERE year_matches($scope, done.year)
ORDER BY done.year;
