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
  in_scope.client_id,
  min(in_scope.client_name) AS client_name,
  max(in_scope.last_month) AS last_month,
  date_diff('month', max(in_scope.last_month), any_value(release.data_as_of)) AS months_late,
  sum(in_scope.pending_to_date) AS hours_pending,
  bool_or(in_scope.status = 'running') AS is_active,
  bool_or(in_scope.status = 'running')
  AND coalesce(
    date_diff('month', max(in_scope.last_month), any_value(release.data_as_of)) > any_value(settings.late_after_months),
    TRUE
  ) AS is_late
FROM lot_hours_in_scope(without_years($scope)) AS in_scope
CROSS JOIN release
CROSS JOIN settings
GROUP BY in_scope.client_id
ORDER BY sorting_name(min(in_scope.client_name)), in_scope.client_id;
