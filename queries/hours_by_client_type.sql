-- Combien d’heures pour chaque type de maître d’ouvrage ?
-- Grain: one row per client type that has a lot in scope
-- Columns:
--   client_type VARCHAR: code of the type
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   hours_committed DECIMAL(38,2) h: obligations of the notified lots
--   rated_committed DECIMAL(38,2) h: those of the rated lots only
--   rated_hours DECIMAL(38,2) h: accepted hours of the same rated lots, over their whole life
--   completion_ratio DOUBLE? ratio: rated_hours over rated_committed
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
-- Order: client_type
WITH client AS (
  SELECT
    client_type,
    client_id,
    sum(hours_validated) AS hours_validated,
    sum(notified_committed) AS notified_committed,
    sum(rated_committed) AS rated_committed,
    sum(rated_hours) AS rated_hours,
    bool_or(status = 'running') OR sum(hours_validated) > 0 AS is_active
  FROM lot_hours_in_scope($scope)
  GROUP BY client_type, client_id
)

SELECT
  client_type,
  sum(hours_validated) AS hours_validated,
  ratio(sum(hours_validated), sum(sum(hours_validated)) OVER ()) AS share_ratio,
  coalesce(sum(notified_committed), 0) AS hours_committed,
  coalesce(sum(rated_committed), 0) AS rated_committed,
  coalesce(sum(rated_hours), 0) AS rated_hours,
  ratio(sum(rated_hours), sum(rated_committed)) AS completion_ratio,
  count(CASE WHEN is_active THEN 1 END) AS clients
FROM client
GROUP BY client_type
ORDER BY client_type;
