-- Quelle part des heures vient des marchés de l’autorité, et quelle part de ceux des organismes qu’elle accompagne ?
-- Grain: one row for the authority's own lots, one for those of the other clients; only what has a lot in scope
-- Columns:
--   is_own BOOLEAN: whether the clients are the authority itself
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
-- Order: is_own, the authority first
-- Note: the settings name the clients that are the authority itself.
WITH hours_by_client AS (
  SELECT
    in_scope.client_id,
    coalesce(list_contains(any_value(settings.own_clients), in_scope.client_id), FALSE) AS is_own,
    sum(in_scope.hours_validated) AS hours_validated,
    bool_or(in_scope.status = 'running') OR sum(in_scope.hours_validated) > 0 AS is_active
  FROM lot_hours_in_scope($scope) AS in_scope
  CROSS JOIN settings
  GROUP BY in_scope.client_id
),

lots_of_clients AS (
  SELECT
    hours_by_client.is_own,
    count(DISTINCT in_scope.contract_id) AS contracts,
    count(*) AS lots
  FROM lots_in_scope($scope) AS in_scope
  INNER JOIN hours_by_client ON in_scope.client_id = hours_by_client.client_id
  GROUP BY hours_by_client.is_own
),

hours_by_side AS (
  SELECT
    is_own,
    sum(hours_validated) AS hours_validated,
    count(CASE WHEN is_active THEN 1 END) AS clients
  FROM hours_by_client
  GROUP BY is_own
)

SELECT
  hours_by_side.is_own,
  hours_by_side.hours_validated,
  ratio(hours_by_side.hours_validated, sum(hours_by_side.hours_validated) OVER ()) AS share_ratio,
  hours_by_side.clients,
  lots_of_clients.contracts,
  lots_of_clients.lots
FROM hours_by_side
INNER JOIN lots_of_clients ON hours_by_side.is_own = lots_of_clients.is_own
ORDER BY hours_by_side.is_own DESC;
