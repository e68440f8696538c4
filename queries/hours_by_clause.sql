-- Combien d’heures pour chaque type de clause ?
-- Grain: one row per clause category that has a lot in scope
-- Columns:
--   clause_category VARCHAR: stable code of the category
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   hours_committed DECIMAL(38,2) h: obligations of the notified lots
--   rated_committed DECIMAL(38,2) h: those of the rated lots only
--   rated_hours DECIMAL(38,2) h: accepted hours of the same rated lots, over their whole life
--   completion_ratio DOUBLE? ratio: rated_hours over rated_committed
--   completion_closed_ratio DOUBLE? ratio: the same over closed lots only
--   rated_closed_hours DECIMAL(38,2) h: accepted hours of the closed ones among the rated lots
--   rated_closed_committed DECIMAL(38,2) h: their obligations
--   completion_running_ratio DOUBLE? ratio: the same over running lots only
--   rated_running_hours DECIMAL(38,2) h: accepted hours of the running ones among the rated lots
--   rated_running_committed DECIMAL(38,2) h: their obligations
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   lots_excluded BIGINT lots: lots outside the completion ratio
-- Order: clause_category
-- Note: a contract with lots of several categories is counted in each; contracts are not to be added up.
SELECT
  clause_category,
  sum(hours_validated) AS hours_validated,
  sum(hours_pending) AS hours_pending,
  ratio(sum(hours_validated), sum(sum(hours_validated)) OVER ()) AS share_ratio,
  coalesce(sum(notified_committed), 0) AS hours_committed,
  coalesce(sum(rated_committed), 0) AS rated_committed,
  coalesce(sum(rated_hours), 0) AS rated_hours,
  ratio(sum(rated_hours), sum(rated_committed)) AS completion_ratio,
  ratio(
    sum(CASE WHEN status = 'closed' THEN rated_hours END), sum(CASE WHEN status = 'closed' THEN rated_committed END)
  ) AS completion_closed_ratio,
  coalesce(sum(CASE WHEN status = 'closed' THEN rated_hours END), 0) AS rated_closed_hours,
  coalesce(sum(CASE WHEN status = 'closed' THEN rated_committed END), 0) AS rated_closed_committed,
  ratio(
    sum(CASE WHEN status = 'running' THEN rated_hours END), sum(CASE WHEN status = 'running' THEN rated_committed END)
  ) AS completion_running_ratio,
  coalesce(sum(CASE WHEN status = 'running' THEN rated_hours END), 0) AS rated_running_hours,
  coalesce(sum(CASE WHEN status = 'running' THEN rated_committed END), 0) AS rated_running_committed,
  count(DISTINCT contract_id) AS contracts,
  count(*) AS lots,
  count(CASE WHEN NOT is_rated THEN 1 END) AS lots_excluded
FROM lot_hours_in_scope($scope)
GROUP BY clause_category
ORDER BY clause_category;
