-- Combien d’heures pour chaque structure, et jusqu’à quand a-t-elle publié ?
-- Grain: one row per structure of an observatory that has a lot in scope; none where a single authority publishes
-- Columns:
--   structure VARCHAR: its code
--   structure_name VARCHAR: its name in the settings, else its code
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   hours_committed DECIMAL(38,2) h: obligations of the notified lots
--   rated_committed DECIMAL(38,2) h: those of the rated lots only
--   rated_hours DECIMAL(38,2) h: accepted hours of the same rated lots, over their whole life
--   completion_ratio DOUBLE? ratio: rated_hours over rated_committed
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   data_as_of DATE day: date of the data that the structure published last
--   first_month DATE? month: first month worked with a line of hours, in the scope; NULL when there is none
--   last_month DATE? month: last month worked with a line of hours, whatever the years; NULL when there is none
--   months_late BIGINT? months: from that month to the month of the data date of the release
--   is_late BOOLEAN: whether the last declaration is older than the settings allow
-- Order: structure_name (without accents), structure
-- Note: alphabetical, not a league table.
WITH client AS (
  SELECT
    structure,
    client_id,
    bool_or(status = 'running') OR sum(hours_validated) > 0 AS is_active
  FROM lot_hours_in_scope($scope)
  GROUP BY structure, client_id
),

active_clients AS (
  SELECT
    structure,
    count(CASE WHEN is_active THEN 1 END) AS clients
  FROM client
  GROUP BY structure
),

first_months AS (
  SELECT
    structure,
    min(month) AS first_month
  FROM hours_in_scope($scope)
  GROUP BY structure
),

last_months AS (
  SELECT
    structure,
    max(month) AS last_month
  FROM history_in_scope($scope)
  GROUP BY structure
)

SELECT
  structures.structure,
  structures.structure_name,
  sum(in_scope.hours_validated) AS hours_validated,
  sum(in_scope.hours_pending) AS hours_pending,
  ratio(sum(in_scope.hours_validated), sum(sum(in_scope.hours_validated)) OVER ()) AS share_ratio,
  coalesce(sum(in_scope.notified_committed), 0) AS hours_committed,
  coalesce(sum(in_scope.rated_committed), 0) AS rated_committed,
  coalesce(sum(in_scope.rated_hours), 0) AS rated_hours,
  ratio(sum(in_scope.rated_hours), sum(in_scope.rated_committed)) AS completion_ratio,
  any_value(active_clients.clients) AS clients,
  count(DISTINCT in_scope.contract_id) AS contracts,
  count(*) AS lots,
  structures.data_as_of,
  any_value(first_months.first_month) AS first_month,
  any_value(last_months.last_month) AS last_month,
  date_diff('month', any_value(last_months.last_month), any_value(release.data_as_of)) AS months_late,
  coalesce(
    date_diff('month', any_value(last_months.last_month), any_value(release.data_as_of)) > any_value(settings.late_after_months),
    TRUE
  ) AS is_late
FROM lot_hours_in_scope($scope) AS in_scope
INNER JOIN structures ON in_scope.structure = structures.structure
LEFT JOIN active_clients ON structures.structure = active_clients.structure
LEFT JOIN first_months ON structures.structure = first_months.structure
LEFT JOIN last_months ON structures.structure = last_months.structure
CROSS JOIN release
CROSS JOIN settings
GROUP BY structures.structure, structures.structure_name, structures.data_as_of
ORDER BY strip_accents(lower(structures.structure_name)), structures.structure;
