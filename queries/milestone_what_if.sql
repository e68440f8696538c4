-- Et si quelques heures de plus étaient faites chaque mois ?
-- Grain: one row per milestone of the settings that the reader may see
-- Columns:
--   milestone VARCHAR: its identifier
--   status VARCHAR: what its status would be
--   projected_earliest DATE? month: the earliest month of the interval that holds eight times in ten
--   projected_month DATE? month: its middle; NULL where no date can be given
--   projected_latest DATE? month: its latest month; NULL where only not_before can be given
--   not_before DATE? month: the earliest month, nine times in ten, where there is no latest one
--   obstacle VARCHAR?: why no date, or no latest one, can be given
-- Parameters:
--   extra_hours BIGINT optional: hours more each month than the pace of the last twelve complete months
-- Order: target_hours, milestone
-- Note: as in milestone_progress, with that pace from the month after the last complete one.
SELECT
  milestones.milestone,
  outlook.status,
  CASE WHEN NOT outlook.is_dateless THEN months_later(outlook.last_complete, outlook.earliest) END AS projected_earliest,
  CASE WHEN NOT outlook.is_dateless THEN months_later(outlook.last_complete, outlook.middle) END AS projected_month,
  CASE WHEN NOT outlook.is_dateless THEN months_later(outlook.last_complete, outlook.latest) END AS projected_latest,
  CASE
    WHEN NOT outlook.is_dateless AND outlook.obstacle IS NOT NULL THEN months_later(outlook.last_complete, outlook.earliest)
  END AS not_before,
  outlook.obstacle
FROM milestones_in_scope($rights) AS milestones
INNER JOIN milestone_outlook($scope, coalesce(CAST(nullif($extra_hours, '') AS BIGINT), 0)) AS outlook
  ON milestones.milestone = outlook.milestone
ORDER BY milestones.target_hours, milestones.milestone;
