-- Quelles années ont changé depuis une publication antérieure ?
-- Grain: one row per year with hours in either release
-- Columns:
--   year INTEGER year: year the hours were worked
--   hours_before DECIMAL(38,2) h: accepted hours in the earlier release
--   hours_after DECIMAL(38,2) h: accepted hours in this release
--   change_hours DECIMAL(38,2) h: hours_after less hours_before; the sum of the four that follow
--   added_hours DECIMAL(38,2) h: more hours of lots that both releases have: late declarations and validations
--   corrected_hours DECIMAL(38,2) h: fewer hours of such lots, negative: corrections, and lots that changed client or clause
--   appeared_hours DECIMAL(38,2) h: hours of lots that the earlier release did not have
--   gone_hours DECIMAL(38,2) h: hours of lots that this release has no more, negative
--   change_ratio DOUBLE? ratio: change_hours over hours_before; NULL when there were none
--   was_closed BOOLEAN: whether all months of the year were complete in the earlier release, none of them provisional
--   is_consolidated BOOLEAN: whether the authority has declared the year consolidated
--   is_revised BOOLEAN: a year that was closed, or is consolidated, and changed by more than the settings allow
-- Parameters:
--   since VARCHAR optional: the earlier release; empty for the one that served before
-- Order: year
-- Note: no row when there is no earlier release. Filters and rights apply to both releases; a lot comes or goes within them.
WITH earlier AS (
  SELECT
    release,
    data_as_of
  FROM earlier_release_summary
  WHERE release = $since
),

change_of_year AS (
  SELECT
    changes.year,
    sum(changes.hours_before) AS hours_before,
    sum(changes.hours_after) AS hours_after,
    sum(changes.change_hours) AS change_hours,
    sum(changes.added_hours) AS added_hours,
    sum(changes.corrected_hours) AS corrected_hours,
    sum(changes.appeared_hours) AS appeared_hours,
    sum(changes.gone_hours) AS gone_hours,
    any_value(changes.is_consolidated) AS is_consolidated
  FROM lot_years_compared($scope) AS changes
  CROSS JOIN earlier
  WHERE changes.year IS NOT NULL
  GROUP BY changes.year
),

judged AS (
  SELECT
    done.*,
    last_complete_month(earlier.data_as_of, settings.declaration_lag_months) >= make_date(done.year, 12, 1) AS was_closed,
    abs(done.change_hours) > settings.revised_above * done.hours_before AS is_noticeable
  FROM change_of_year AS done
  CROSS JOIN earlier
  CROSS JOIN settings
)

SELECT
  year,
  hours_before,
  hours_after,
  change_hours,
  added_hours,
  corrected_hours,
  appeared_hours,
  gone_hours,
  ratio(change_hours, hours_before) AS change_ratio,
  was_closed,
  is_consolidated,
  (was_closed OR is_consolidated) AND is_noticeable AS is_revised
FROM judged
ORDER BY year;
