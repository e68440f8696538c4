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
--   population BIGINT? inhabitants: municipal population of the EPCI of the structure; NULL where the settings have none
--   whole_year INTEGER?: the last year of the scope whose twelve months are complete; the same for all structures
--   whole_year_hours DECIMAL(38,2)? h: accepted hours of that year; NULL unless the structure has declared for all of it
--   hours_per_1000 DOUBLE? h: hours of that year for 1000 inhabitants
-- Order: structure_name (without accents), structure
-- Note: alphabetical, not a league table. One year for all, since hours of several years per inhabitant grow with the age of a
--   structure; NULL for one whose hours in scope begin after January, or whose own data end before December is complete.
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

sums AS (
  SELECT
    structure,
    sum(hours_validated) AS hours_validated,
    sum(hours_pending) AS hours_pending,
    coalesce(sum(notified_committed), 0) AS hours_committed,
    coalesce(sum(rated_committed), 0) AS rated_committed,
    coalesce(sum(rated_hours), 0) AS rated_hours,
    count(DISTINCT contract_id) AS contracts,
    count(*) AS lots
  FROM lot_hours_in_scope($scope)
  GROUP BY structure
)

SELECT
  sums.structure,
  dated.structure_name,
  sums.hours_validated,
  sums.hours_pending,
  ratio(sums.hours_validated, sum(sums.hours_validated) OVER ()) AS share_ratio,
  sums.hours_committed,
  sums.rated_committed,
  sums.rated_hours,
  ratio(sums.rated_hours, sums.rated_committed) AS completion_ratio,
  active_clients.clients,
  sums.contracts,
  sums.lots,
  dated.data_as_of,
  dated.first_month,
  dated.last_month,
  dated.months_late,
  coalesce(dated.months_late > dated.late_after_months, TRUE) AS is_late,
  dated.population,
  dated.whole_year,
  dated.whole_year_hours,
  ratio(dated.whole_year_hours * 1000, dated.population) AS hours_per_1000
FROM sums
INNER JOIN structures_dated($scope) AS dated ON sums.structure = dated.structure
INNER JOIN active_clients ON sums.structure = active_clients.structure
ORDER BY strip_accents(lower(dated.structure_name)), sums.structure;
