-- Quels lots attendent une validation, et combien de maîtres d’ouvrage tardent à déclarer ?
-- Grain: one row
-- Columns:
--   pending_lots BIGINT lots: lots in scope with hours declared, not yet validated, over their whole life
--   pending_hours DECIMAL(38,2) h: these hours
--   late_clients BIGINT clients: active clients whose last declaration is older than the settings allow
-- Order: a single row
-- Note: pending hours are those of all years; late clients are those of clients_freshness.
WITH pending AS (
  SELECT
    count(*) AS pending_lots,
    coalesce(sum(pending_to_date), 0) AS pending_hours
  FROM lot_hours_in_scope($scope)
  WHERE pending_to_date > 0
),

late AS (
  SELECT count(*) AS late_clients
  FROM clients_freshness_in_scope($scope)
  WHERE is_late
)

SELECT
  pending.pending_lots,
  pending.pending_hours,
  late.late_clients
FROM pending
CROSS JOIN late
ORDER BY pending.pending_lots;
