-- Quels maîtres d’ouvrage ont des lots à relancer, et pour combien d’heures ?
-- Grain: one row per client that has a lot in scope
-- Columns:
--   client_id VARCHAR: its stable code
--   client_name VARCHAR: its name
--   to_call_lots BIGINT lots: lots that call for a word: ending, not started or behind
--   ending_lots BIGINT lots: running, near their end with much of the obligation missing
--   not_started_lots BIGINT lots: without hours, even pending, after a share of their time
--   behind_lots BIGINT lots: well below their expected pace after that share of their time
--   missing_hours DECIMAL(38,2) h: what it takes to be on pace, or to keep the obligation of those that are ending
--   ending_missing_hours DECIMAL(38,2) h: the same of the lots that are ending
--   not_started_missing_hours DECIMAL(38,2) h: the same of the lots that have not started
--   behind_missing_hours DECIMAL(38,2) h: the same of the lots that are behind
-- Order: client_name (on the town’s name), client_id
-- Note: alerts are those of the question lots, at the end of the last complete month; clients without such a lot have 0.
SELECT
  paces.client_id,
  min(paces.client_name) AS client_name,
  count(CASE WHEN paces.alert IN ('ending', 'not_started', 'behind') THEN 1 END) AS to_call_lots,
  count(CASE WHEN paces.alert = 'ending' THEN 1 END) AS ending_lots,
  count(CASE WHEN paces.alert = 'not_started' THEN 1 END) AS not_started_lots,
  count(CASE WHEN paces.alert = 'behind' THEN 1 END) AS behind_lots,
  coalesce(sum(CASE WHEN paces.alert IN ('ending', 'not_started', 'behind') THEN paces.missing_hours END), 0) AS missing_hours,
  coalesce(sum(CASE WHEN paces.alert = 'ending' THEN paces.missing_hours END), 0) AS ending_missing_hours,
  coalesce(sum(CASE WHEN paces.alert = 'not_started' THEN paces.missing_hours END), 0) AS not_started_missing_hours,
  coalesce(sum(CASE WHEN paces.alert = 'behind' THEN paces.missing_hours END), 0) AS behind_missing_hours
FROM lot_paces_in_scope($scope) AS paces
GROUP BY paces.client_id
ORDER BY sorting_name(min(paces.client_name)), paces.client_id;
