-- Quels lots ont changé depuis une publication antérieure ?
-- Grain: one row per lot that came, went, or whose accepted hours are not those of the earlier release
-- Columns:
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   subject VARCHAR: subject, in this release where it has the lot
--   client_id VARCHAR: code of the client, in this release where it has the lot
--   client_name VARCHAR: client
--   lot_change VARCHAR: appeared, gone, both (the lot is in both releases)
--   hours_before DECIMAL(38,2) h: accepted hours in the earlier release
--   hours_after DECIMAL(38,2) h: accepted hours in this release
--   change_hours DECIMAL(38,2) h: hours_after less hours_before
--   first_year INTEGER? year: first year whose hours changed; NULL when no hours did
--   last_year INTEGER? year: last year whose hours changed
-- Parameters:
--   since VARCHAR optional: the earlier release; empty for the one that served before
-- Order: abs(change_hours) descending, contract_id, lot_id
-- Note: no row when there is no earlier release. Filters and rights apply to both releases; a lot comes or goes within them.
WITH earlier AS (
  SELECT release
  FROM earlier_release_summary
  WHERE release = $since
),

lot AS (
  SELECT
    changes.contract_id,
    changes.lot_id,
    coalesce(max(CASE WHEN changes.is_kept THEN changes.subject END), max(changes.subject)) AS subject,
    coalesce(max(CASE WHEN changes.is_kept THEN changes.client_id END), max(changes.client_id)) AS client_id,
    coalesce(max(CASE WHEN changes.is_kept THEN changes.client_name END), max(changes.client_name)) AS client_name,
    any_value(changes.lot_change) AS lot_change,
    sum(changes.hours_before) AS hours_before,
    sum(changes.hours_after) AS hours_after,
    sum(changes.change_hours) AS change_hours,
    min(CASE WHEN changes.change_hours <> 0 THEN changes.year END) AS first_year,
    max(CASE WHEN changes.change_hours <> 0 THEN changes.year END) AS last_year,
    count(CASE WHEN changes.change_hours <> 0 THEN 1 END) AS changed_rows
  FROM lot_years_compared($scope) AS changes
  CROSS JOIN earlier
  GROUP BY changes.contract_id, changes.lot_id
)

SELECT
  contract_id,
  lot_id,
  subject,
  client_id,
  client_name,
  lot_change,
  hours_before,
  hours_after,
  change_hours,
  first_year,
  last_year
FROM lot
WHERE lot_change <> 'both' OR changed_rows > 0
ORDER BY -abs(change_hours), contract_id, lot_id;
