-- Entre quelles limites le cumul avancera-t-il vers chaque jalon ?
-- Grain: one row per milestone that a date can be given for, and month from the last complete one to six months after its
-- latest date
-- Columns:
--   milestone VARCHAR: its identifier
--   month DATE month: first day of the month
--   low_hours DECIMAL(18,2) h: running total at the end of the month, low end of the interval that holds eight times in ten
--   middle_hours DECIMAL(18,2) h: the same at the pace of the last twelve complete months
--   high_hours DECIMAL(18,2) h: high end
-- Order: milestone, month
-- Note: sixty months at most, and where there is no latest date. The low end never falls. The method is in _forecast.sql.
WITH ahead AS (
  SELECT
    outlook.milestone,
    horizons.k,
    months_later(outlook.last_complete, horizons.k) AS month,
    outlook.complete_hours,
    hours_ahead(horizons.k, outlook.yearly_hours, outlook.spread_ratio, -outlook.z, horizons.widening) AS low_hours,
    hours_ahead(horizons.k, outlook.yearly_hours, outlook.spread_ratio, 0, horizons.widening) AS middle_hours,
    hours_ahead(horizons.k, outlook.yearly_hours, outlook.spread_ratio, outlook.z, horizons.widening) AS high_hours
  FROM milestone_outlook($scope, 0) AS outlook
  INNER JOIN milestones_in_scope($rights) AS milestones ON outlook.milestone = milestones.milestone
  INNER JOIN horizons ON horizons.k <= least(60, coalesce(outlook.latest + 6, 60))
  WHERE outlook.year IS NULL AND outlook.hours_to_date < outlook.target_hours AND NOT outlook.is_dateless
)

SELECT
  milestone,
  month,
  CAST(
    complete_hours
    + max(low_hours) OVER (PARTITION BY milestone ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    AS DECIMAL(18, 2)
  ) AS low_hours,
  CAST(complete_hours + middle_hours AS DECIMAL(18, 2)) AS middle_hours,
  CAST(
    complete_hours
    + max(high_hours) OVER (PARTITION BY milestone ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    AS DECIMAL(18, 2)
  ) AS high_hours
FROM ahead
ORDER BY milestone, month;
