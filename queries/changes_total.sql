-- Combien d’heures ont changé depuis une publication antérieure ?
-- Grain: one row
-- Columns:
--   earlier_release VARCHAR?: the earlier release; NULL when there is none
--   earlier_data_as_of DATE? day: date of its data
--   data_as_of DATE day: date of the data of this release
--   hours_before DECIMAL(38,2) h: accepted hours in the earlier release
--   hours_after DECIMAL(38,2) h: accepted hours in this release
--   change_hours DECIMAL(38,2) h: hours_after less hours_before
--   known_years_change_hours DECIMAL(38,2) h: the part of it in years before that of the earlier data date
--   lots_appeared BIGINT lots: lots that the earlier release did not have
--   lots_gone BIGINT lots: lots that this release has no more
-- Parameters:
--   since VARCHAR optional: the earlier release; empty for the one that served before
-- Order: a single row
-- Note: hours are 0 when there is no earlier release. Filters and rights apply to both; a lot comes or goes within them.
WITH earlier AS (
  SELECT
    release,
    data_as_of
  FROM earlier_release_summary
  WHERE release = $since
),

total AS (
  SELECT
    coalesce(sum(changes.hours_before), 0) AS hours_before,
    coalesce(sum(changes.hours_after), 0) AS hours_after,
    coalesce(sum(changes.change_hours), 0) AS change_hours,
    coalesce(sum(CASE WHEN changes.year < year(earlier.data_as_of) THEN changes.change_hours END), 0)
      AS known_years_change_hours,
    count(DISTINCT CASE WHEN changes.lot_change = 'appeared' THEN concat_ws('|', changes.contract_id, changes.lot_id) END)
      AS lots_appeared,
    count(DISTINCT CASE WHEN changes.lot_change = 'gone' THEN concat_ws('|', changes.contract_id, changes.lot_id) END)
      AS lots_gone
  FROM lot_years_compared($scope) AS changes
  CROSS JOIN earlier
)

SELECT
  earlier.release AS earlier_release,
  earlier.data_as_of AS earlier_data_as_of,
  release.data_as_of,
  total.hours_before,
  total.hours_after,
  total.change_hours,
  total.known_years_change_hours,
  total.lots_appeared,
  total.lots_gone
FROM total
CROSS JOIN release
LEFT JOIN earlier ON TRUE;
