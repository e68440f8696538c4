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
--   pace_hours DECIMAL(38,2)? h: hours of the last twelve complete months
--   projected_month DATE? month: when the target would be reached at that pace; an estimation
--   projected_earliest DATE? month: the same at the best twelve months in a row of the last three years
--   projected_latest DATE? month: the same at the worst
--   status VARCHAR: reached, ahead, on_track, late, projected (reachable, no date to keep), too_early, not_projectable
--   client VARCHAR?: code of the client that the milestone is for; NULL for all
--   clause_category VARCHAR?: code of the clause category that it is for; NULL for all
--   year INTEGER? year: the year that it is for; NULL for all time
--   due_on DATE? day: the date to keep, when there is one
--   last_complete_month DATE? month: the last month whose declarations are in
--   complete_hours DECIMAL(38,2) h: opening balance and hours up to that month
--   complete_months BIGINT? months: for a milestone of a year, the months of it whose declarations are in
--   expected_hours DECIMAL(18,2)? h: for a milestone of a year, the share of the target that falls to those months
-- Order: target_hours, milestone
-- Note: a projection needs twelve complete months and a pace above 0, and stops at forty years. A milestone of one year is
-- compared with the share of the year that its complete months make: on track within 5 %, too early before three of them.
WITH running AS (
  SELECT
    milestone,
    month,
    provisional,
    opening_hours,
    hours,
    cumulative_hours,
    twelve_month_hours,
    has_twelve_months
  FROM milestone_running($scope)
),

progress AS (
  SELECT
    milestone,
    max(opening_hours) AS opening_hours,
    max(opening_hours) + sum(hours) AS hours_to_date,
    max(CASE WHEN NOT provisional THEN month END) AS last_complete,
    max(opening_hours) + sum(CASE WHEN NOT provisional THEN hours ELSE 0 END) AS complete_hours
  FROM running
  GROUP BY milestone
),

crossing AS (
  SELECT
    running.milestone,
    min(running.month) AS crossed_month
  FROM running
  INNER JOIN milestones ON running.milestone = milestones.milestone
  WHERE running.cumulative_hours >= milestones.target_hours AND running.opening_hours < milestones.target_hours
  GROUP BY running.milestone
),

pace AS (
  SELECT
    running.milestone,
    max(CASE WHEN running.month = progress.last_complete THEN running.twelve_month_hours END) AS pace_hours,
    max(running.twelve_month_hours) AS best_hours,
    min(running.twelve_month_hours) AS worst_hours
  FROM running
  INNER JOIN progress ON running.milestone = progress.milestone
  WHERE
    NOT running.provisional
    AND running.has_twelve_months
    AND running.month > progress.last_complete - INTERVAL 25 MONTH
  GROUP BY running.milestone
),

complete_months AS (
  SELECT
    year,
    count(CASE WHEN NOT provisional THEN 1 END) AS complete_months
  FROM months
  GROUP BY year
),

projected AS (
  SELECT
    milestones.milestone,
    month_reached(
      progress.last_complete, milestones.target_hours - progress.complete_hours, pace.pace_hours, release.data_as_of
    ) AS projected_month,
    month_reached(
      progress.last_complete, milestones.target_hours - progress.complete_hours, pace.best_hours, release.data_as_of
    ) AS projected_earliest,
    month_reached(
      progress.last_complete, milestones.target_hours - progress.complete_hours, pace.worst_hours, release.data_as_of
    ) AS projected_latest
  FROM milestones
  CROSS JOIN release
  INNER JOIN progress ON milestones.milestone = progress.milestone
  INNER JOIN pace ON milestones.milestone = pace.milestone
  WHERE milestones.year IS NULL AND progress.hours_to_date < milestones.target_hours
)

SELECT
  milestones.milestone,
  milestones.measure,
  milestones.target_hours,
  progress.hours_to_date,
  ratio(progress.hours_to_date, milestones.target_hours) AS share_ratio,
  crossing.crossed_month,
  progress.hours_to_date - milestones.target_hours AS gap_hours,
  progress.opening_hours,
  pace.pace_hours,
  projected.projected_month,
  projected.projected_earliest,
  projected.projected_latest,
  CASE
    WHEN progress.hours_to_date >= milestones.target_hours THEN 'reached'
    WHEN milestones.year IS NOT NULL
      THEN year_status(
        milestones.year, coalesce(complete_months.complete_months, 0), progress.complete_hours, milestones.target_hours,
        progress.last_complete
      )
    ELSE lasting_status(
      pace.pace_hours, projected.projected_month, projected.projected_earliest, projected.projected_latest, milestones.due_on,
      release.data_as_of
    )
  END AS status,
  milestones.client,
  milestones.clause_category,
  milestones.year,
  milestones.due_on,
  progress.last_complete AS last_complete_month,
  progress.complete_hours,
  CASE WHEN milestones.year IS NOT NULL THEN coalesce(complete_months.complete_months, 0) END AS complete_months,
  CASE
    WHEN milestones.year IS NOT NULL
      THEN CAST(milestones.target_hours * coalesce(complete_months.complete_months, 0) / 12 AS DECIMAL(18, 2))
  END AS expected_hours
FROM milestones_in_scope($rights) AS milestones
CROSS JOIN release
INNER JOIN progress ON milestones.milestone = progress.milestone
LEFT JOIN crossing ON milestones.milestone = crossing.milestone
LEFT JOIN pace ON milestones.milestone = pace.milestone
LEFT JOIN projected ON milestones.milestone = projected.milestone
LEFT JOIN complete_months ON milestones.year = complete_months.year
ORDER BY milestones.target_hours, milestones.milestone;
