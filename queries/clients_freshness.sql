-- Jusqu’à quel mois chaque maître d’ouvrage a-t-il déclaré ses heures ?
-- Grain: one row per client that has a lot in scope
-- Columns:
--   client_id VARCHAR: its stable code
--   client_name VARCHAR: its name
--   last_month DATE? month: last month worked with a line of hours; NULL when there is none
--   months_late BIGINT? months: from that month to the month of the data date
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   is_active BOOLEAN: whether the client has a running lot
--   is_late BOOLEAN: an active client whose last declaration is older than the settings allow
-- Order: client_name (on the town’s name), client_id
-- Note: whatever the years of the scope.
SELECT
  client_id,
  client_name,
  last_month,
  months_late,
  hours_pending,
  is_active,
  is_late
FROM clients_freshness_in_scope($scope)
ORDER BY sorting_name(client_name), client_id;
