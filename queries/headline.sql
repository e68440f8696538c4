-- Où en est-on, en quelques chiffres ?
-- Grain: one row, the scope
-- Columns:
--   hours_validated DECIMAL(38,2) h: accepted hours worked in the years of the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   hours_committed DECIMAL(38,2) h: obligations of the rated lots (a number of hours, running or closed), at the data date
--   completion_ratio DOUBLE ratio: hours validated over hours committed of the same rated lots, over their whole life
--   completion_closed_ratio DOUBLE ratio: the same over closed lots only, which is final
--   completion_running_ratio DOUBLE ratio: the same over running lots only, to date
--   lots_excluded BIGINT lots: lots of the scope outside the completion ratio
--   participants BIGINT persons: distinct persons whose validated hours are above 0 in the scope; never added up
--   work_contracts BIGINT work_contracts: distinct work contracts whose validated hours are above 0 in the scope
--   hours_per_participant DOUBLE h_per_person: validated hours of identified persons over those persons
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
--   contractors BIGINT companies: distinct holders (SIRET, else name)
--   fte DOUBLE fte: validated hours over the divisor of the settings
--   persons_key UBIGINT key: fingerprint of the persons counted; nobody sees it
-- Order: a single row
-- Note: filters on years and employer kinds narrow hours and persons; obligations have no year, and are those of whole lots.
WITH hours_total AS (
  SELECT
    coalesce(sum(hours_validated), 0) AS hours_validated,
    coalesce(sum(hours_pending), 0) AS hours_pending
  FROM hours_in_scope($scope)
),

persons_total AS (
  SELECT
    count(CASE WHEN is_first THEN 1 END) AS participants,
    sum(hours_validated) AS hours_validated,
    persons_key(CASE WHEN is_first THEN person_key END) AS persons_key
  FROM persons_in_scope($scope)
),

work_contracts_total AS (
  SELECT count(*) AS work_contracts
  FROM work_contracts_in_scope($scope)
),

lot_hours AS (
  SELECT
    contract_id,
    client_id,
    contractor,
    status,
    is_rated,
    rated_committed,
    rated_hours,
    hours_validated
  FROM lot_hours_in_scope($scope)
),

lots_total AS (
  SELECT
    coalesce(sum(rated_committed), 0) AS hours_committed,
    ratio(sum(rated_hours), sum(rated_committed)) AS completion_ratio,
    ratio(
      sum(CASE WHEN status = 'closed' THEN rated_hours END), sum(CASE WHEN status = 'closed' THEN rated_committed END)
    ) AS completion_closed_ratio,
    ratio(
      sum(CASE WHEN status = 'running' THEN rated_hours END), sum(CASE WHEN status = 'running' THEN rated_committed END)
    ) AS completion_running_ratio,
    count(CASE WHEN NOT is_rated THEN 1 END) AS lots_excluded,
    count(DISTINCT contract_id) AS contracts,
    count(*) AS lots,
    count(DISTINCT contractor) AS contractors
  FROM lot_hours
),

active_client AS (
  SELECT client_id
  FROM lot_hours
  GROUP BY client_id
  HAVING bool_or(status = 'running') OR sum(hours_validated) > 0
),

clients_total AS (
  SELECT count(*) AS clients
  FROM active_client
)

SELECT
  hours_total.hours_validated,
  hours_total.hours_pending,
  lots_total.hours_committed,
  lots_total.completion_ratio,
  lots_total.completion_closed_ratio,
  lots_total.completion_running_ratio,
  lots_total.lots_excluded,
  persons_total.participants,
  work_contracts_total.work_contracts,
  ratio(persons_total.hours_validated, persons_total.participants) AS hours_per_participant,
  lots_total.contracts,
  lots_total.lots,
  clients_total.clients,
  lots_total.contractors,
  ratio(hours_total.hours_validated, settings.fte_divisor) AS fte,
  persons_total.persons_key
FROM hours_total
CROSS JOIN persons_total
CROSS JOIN work_contracts_total
CROSS JOIN lots_total
CROSS JOIN clients_total
CROSS JOIN settings;
