-- Qu’est-ce qui a changé depuis une publication antérieure ?
-- Grain: one row per client, clause category and year whose accepted hours are not those of the earlier release
-- Columns:
--   client_id VARCHAR: code of the client
--   clause_category VARCHAR: code of the category
--   year INTEGER year: year the hours were worked
--   hours_before DECIMAL(38,2) h: accepted hours in the earlier release
--   hours_after DECIMAL(38,2) h: accepted hours in this release
--   change_hours DECIMAL(38,2) h: hours_after less hours_before; the sum of the four that follow
--   added_hours DECIMAL(38,2) h: more hours of lots that both releases have: late declarations and validations
--   corrected_hours DECIMAL(38,2) h: fewer hours of such lots, negative: corrections, and lots that changed client or clause
--   appeared_hours DECIMAL(38,2) h: hours of lots that the earlier release did not have
--   gone_hours DECIMAL(38,2) h: hours of lots that this release has no more, negative
--   client_name VARCHAR: name of the client, in this release where it has it
-- Parameters:
--   since VARCHAR optional: the earlier release; empty for the one that served before
-- Order: year, client_id, clause_category
-- Note: no row when there is no earlier release. Filters and rights apply to both releases; a lot comes or goes within them.
WITH lot_changes AS (
  SELECT
    client_id,
    client_name,
    clause_category,
    year,
    lot_change,
    hours_before,
    hours_after,
    hours_after - hours_before AS change_hours
  FROM lot_years_compared($scope)
),

earlier AS (
  SELECT release
  FROM earlier_release_summary
  WHERE release = $since
)

SELECT
  changes.client_id,
  changes.clause_category,
  changes.year,
  sum(changes.hours_before) AS hours_before,
  sum(changes.hours_after) AS hours_after,
  sum(changes.change_hours) AS change_hours,
  coalesce(sum(CASE WHEN changes.lot_change = 'both' AND changes.change_hours > 0 THEN changes.change_hours END), 0)
    AS added_hours,
  coalesce(sum(CASE WHEN changes.lot_change = 'both' AND changes.change_hours < 0 THEN changes.change_hours END), 0)
    AS corrected_hours,
  coalesce(sum(CASE WHEN changes.lot_change = 'appeared' THEN changes.change_hours END), 0) AS appeared_hours,
  coalesce(sum(CASE WHEN changes.lot_change = 'gone' THEN changes.change_hours END), 0) AS gone_hours,
  coalesce(max(CASE WHEN changes.lot_change <> 'gone' THEN changes.client_name END), max(changes.client_name)) AS client_name
FROM lot_changes AS changes
CROSS JOIN earlier
GROUP BY changes.client_id, changes.clause_category, changes.year
HAVING sum(changes.hours_after) <> sum(changes.hours_before)
ORDER BY changes.year, changes.client_id, changes.clause_category;
