-- Combien d’heures pour chaque maître d’ouvrage ?
-- Grain: one row per client that has a lot in scope
-- Columns:
--   client_id VARCHAR: its stable code
--   client_name VARCHAR: its name
--   client_type VARCHAR: code of its type
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
--   is_own BOOLEAN: whether the client is the authority itself
-- Order: client_type, client_name (on the town’s name), client_id
-- Note: alphabetical within the type, not a league table; a client written in several ways keeps its first name and first type.
SELECT
  in_scope.client_id,
  min(in_scope.client_name) AS client_name,
  min(in_scope.client_type) AS client_type,
  sum(in_scope.hours_validated) AS hours_validated,
  sum(in_scope.hours_pending) AS hours_pending,
  ratio(sum(in_scope.hours_validated), sum(sum(in_scope.hours_validated)) OVER ()) AS share_ratio,
  coalesce(sum(in_scope.notified_committed), 0) AS hours_committed,
  coalesce(sum(in_scope.rated_committed), 0) AS rated_committed,
  coalesce(sum(in_scope.rated_hours), 0) AS rated_hours,
  ratio(sum(in_scope.rated_hours), sum(in_scope.rated_committed)) AS completion_ratio,
  ratio(
    sum(CASE WHEN in_scope.status = 'closed' THEN in_scope.rated_hours END),
    sum(CASE WHEN in_scope.status = 'closed' THEN in_scope.rated_committed END)
  ) AS completion_closed_ratio,
  coalesce(sum(CASE WHEN in_scope.status = 'closed' THEN in_scope.rated_hours END), 0) AS rated_closed_hours,
  coalesce(sum(CASE WHEN in_scope.status = 'closed' THEN in_scope.rated_committed END), 0) AS rated_closed_committed,
  ratio(
    sum(CASE WHEN in_scope.status = 'running' THEN in_scope.rated_hours END),
    sum(CASE WHEN in_scope.status = 'running' THEN in_scope.rated_committed END)
  ) AS completion_running_ratio,
  coalesce(sum(CASE WHEN in_scope.status = 'running' THEN in_scope.rated_hours END), 0) AS rated_running_hours,
  coalesce(sum(CASE WHEN in_scope.status = 'running' THEN in_scope.rated_committed END), 0) AS rated_running_committed,
  count(DISTINCT in_scope.contract_id) AS contracts,
  count(*) AS lots,
  count(CASE WHEN NOT in_scope.is_rated THEN 1 END) AS lots_excluded,
  list_contains(any_value(settings.own_clients), in_scope.client_id) AS is_own
FROM lot_hours_in_scope($scope) AS in_scope
CROSS JOIN settings
GROUP BY in_scope.client_id
ORDER BY client_type, sorting_name(min(in_scope.client_name)), in_scope.client_id;
