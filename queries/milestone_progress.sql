-- Où en est chaque jalon : quand a-t-il été atteint, ou quand le sera-t-il ?
-- Grain: one row per milestone of the settings that the reader may see
-- Columns:
--   milestone VARCHAR: its identifier
--   measure VARCHAR: validated or committed
--   target_hours DECIMAL(18,2) h: its target
--   hours_to_date DECIMAL(38,2) h: opening balance and hours so far
--   share_ratio DOUBLE ratio: hours so far over the target
--   crossed_month DATE? month: first month when the running total reaches the target; NULL when the opening balance already did
--   gap_hours DECIMAL(38,2) h: hours so far less the target; negative while it is not reached
--   opening_hours DECIMAL(18,2) h: the part of hours_to_date done before the release begins
--   pace_hours DECIMAL(38,2)? h: hours of the last twelve complete months; NULL before twelve of them
--   projected_month DATE? month: when the target would be reached at that pace; an estimation, NULL where no date can be given
--   projected_earliest DATE? month: the earliest month of the interval that holds eight times in ten
--   projected_latest DATE? month: the latest month of it; NULL where only not_before can be given
--   status VARCHAR: reached, missed, ahead, on_track, too_early, late, projected (no due_on), not_before, not_projectable
--   client VARCHAR?: code of the client that the milestone is for; NULL for all
--   clause_category VARCHAR?: code of the clause category that it is for; NULL for all
--   year INTEGER? year: the year that it is for; NULL for all time
--   due_on DATE? day: the date to keep, when there is one
--   last_complete_month DATE month: the last month whose declarations are in; the one before the release while none is
--   complete_hours DECIMAL(38,2) h: opening balance and hours up to that month
--   complete_months BIGINT? months: for a milestone of a year, the months of it whose declarations are in
--   expected_hours DECIMAL(18,2)? h: for a milestone of a year, the share of the target that falls to those months
--   spread_ratio DOUBLE? ratio: how far a yearly total wanders from one year to the next
--   history_months BIGINT months: complete months since the first hours
--   not_before DATE? month: the earliest month, nine times in ten, where there is no latest one
--   obstacle VARCHAR?: why no date, or no latest one, can be given
--   last_declared_month DATE? month: the last month with a declaration
--   pace_per_month DECIMAL(18,2)? h: pace_hours over twelve
--   months_left BIGINT? months: months to be complete before due_on, or of the year
--   needed_per_month DECIMAL(18,2)? h: what each of them must bring
--   needed_more_per_month DECIMAL(18,2)? h: the same less the pace; negative when the pace is more than enough
--   needed_change_ratio DOUBLE? ratio: needed_more_per_month over the pace
--   needed_for_sure_per_month DECIMAL(18,2)? h: the pace that would reach the target nine times in ten
--   still_owed_hours DECIMAL(38,2)? h: what running lots still owe; NULL for committed hours and for a year
--   year_low_hours DECIMAL(18,2)? h: for a running year, the low end of its total, eight times in ten; NULL in its last month
--   year_high_hours DECIMAL(18,2)? h: the high end of it
-- Order: target_hours, milestone
-- Note: the method and its evidence are in _forecast.sql. A date needs 36 complete months since the first hours, a pace above
-- 0, a client that declares, at most six months with nothing among the last 24, and lies within ten years.
SELECT
  milestones.milestone,
  milestones.measure,
  milestones.target_hours,
  outlook.hours_to_date,
  ratio(outlook.hours_to_date, milestones.target_hours) AS share_ratio,
  outlook.crossed_month,
  outlook.hours_to_date - milestones.target_hours AS gap_hours,
  outlook.opening_hours,
  outlook.pace_hours,
  CASE WHEN NOT outlook.is_dateless THEN months_later(outlook.last_complete, outlook.middle) END AS projected_month,
  CASE WHEN NOT outlook.is_dateless THEN months_later(outlook.last_complete, outlook.earliest) END AS projected_earliest,
  CASE WHEN NOT outlook.is_dateless THEN months_later(outlook.last_complete, outlook.latest) END AS projected_latest,
  outlook.status,
  milestones.client,
  milestones.clause_category,
  milestones.year,
  milestones.due_on,
  outlook.last_complete AS last_complete_month,
  outlook.complete_hours,
  CASE WHEN milestones.year IS NOT NULL THEN 12 - greatest(0, outlook.months_left) END AS complete_months,
  CAST(
    CASE WHEN milestones.year IS NOT NULL THEN milestones.target_hours * (12 - greatest(0, outlook.months_left)) / 12 END
    AS DECIMAL(18, 2)
  ) AS expected_hours,
  outlook.spread_ratio,
  outlook.history_months,
  CASE
    WHEN NOT outlook.is_dateless AND outlook.obstacle IS NOT NULL THEN months_later(outlook.last_complete, outlook.earliest)
  END AS not_before,
  outlook.obstacle,
  outlook.last_declared AS last_declared_month,
  CAST(CAST(outlook.pace_hours AS DOUBLE) / 12 AS DECIMAL(18, 2)) AS pace_per_month,
  CASE WHEN outlook.needed_hours IS NOT NULL THEN outlook.months_left END AS months_left,
  CAST(outlook.needed_hours AS DECIMAL(18, 2)) AS needed_per_month,
  CAST(outlook.needed_hours - CAST(outlook.pace_hours AS DOUBLE) / 12 AS DECIMAL(18, 2)) AS needed_more_per_month,
  CASE WHEN outlook.pace_hours > 0 THEN ratio(outlook.needed_hours * 12, outlook.pace_hours) - 1 END AS needed_change_ratio,
  CAST(outlook.needed_hours * exp(outlook.width) AS DECIMAL(18, 2)) AS needed_for_sure_per_month,
  CASE WHEN milestones.measure = 'validated' AND milestones.year IS NULL THEN outlook.still_owed_hours END AS still_owed_hours,
  CAST(outlook.complete_hours + outlook.year_ahead_hours * exp(-outlook.width) AS DECIMAL(18, 2)) AS year_low_hours,
  CAST(outlook.complete_hours + outlook.year_ahead_hours * exp(outlook.width) AS DECIMAL(18, 2)) AS year_high_hours
FROM milestones_in_scope($rights) AS milestones
INNER JOIN milestone_outlook($scope, 0) AS outlook ON milestones.milestone = outlook.milestone
ORDER BY milestones.target_hours, milestones.milestone;
