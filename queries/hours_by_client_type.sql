-- Combien d’heures pour chaque type de maître d’ouvrage ?
-- Grain: one row per client type that has a lot in scope
-- Columns:
--   client_type VARCHAR: code of the type
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   clients BIGINT clients: clients with a lot in scope
-- Order: client_type
SELECT
  client_type,
  sum(hours_validated) AS hours_validated,
  ratio(sum(hours_validated), sum(sum(hours_validated)) OVER ()) AS share_ratio,
  count(DISTINCT client_id) AS clients
FROM lot_hours_in_scope($scope)
GROUP BY client_type
ORDER BY client_type;
