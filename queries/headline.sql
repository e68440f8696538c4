-- Où en est-on, en quelques chiffres ?
-- Grain: one row, the scope
-- Columns:
--   hours_validated DECIMAL(38,2) h: accepted hours worked in the years of the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   hours_committed DECIMAL(38,2) h: obligations of all notified lots (neither planned nor cancelled), at the data date
--   rated_committed DECIMAL(38,2) h: those of the rated lots only (a number of hours above 0, running or closed)
--   rated_hours DECIMAL(38,2) h: accepted hours of the same rated lots, over their whole life
--   completion_ratio DOUBLE? ratio: rated_hours over rated_committed
--   completion_closed_ratio DOUBLE? ratio: the same over closed lots only, which is final
--   completion_running_ratio DOUBLE? ratio: the same over running lots only, to date
--   lots_excluded BIGINT lots: lots of the scope outside the completion ratio
--   participants BIGINT persons: distinct persons whose validated hours are above 0 in the scope; never added up
--   work_contracts BIGINT work_contracts: distinct work contracts whose validated hours are above 0 in the scope
--   hours_per_participant DOUBLE? h_per_person: validated hours of identified persons over those persons
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
--   clients_with_hours BIGINT clients: those whose validated hours of the period are above 0
--   contractors BIGINT companies: distinct holders (SIRET, else name)
--   fte DOUBLE fte: validated hours over the divisor of the settings
--   persons_key UBIGINT key: fingerprint of the persons counted; nobody sees it
-- Order: a single row
-- Note: filters on years and employer kinds narrow hours and persons, and keep the lots that were active in the years, that have
--   such hours; obligations and completion are of these lots, over their whole life.
WITH persons_total AS (
  SELECT
    CAST(coalesce(sum(persons), 0) AS BIGINT) AS participants,
    sum(hours_validated) AS hours_validated,
    persons_key(persons_key) AS persons_key
  FROM persons_in_scope($scope, 'entry_year')
),

work_contracts_total AS (
  SELECT CAST(coalesce(sum(work_contracts), 0) AS BIGINT) AS work_contracts
  FROM work_contracts_in_scope($scope)
)

SELECT
  totals.hours_validated,
  totals.hours_pending,
  totals.hours_committed,
  totals.rated_committed,
  totals.rated_hours,
  totals.completion_ratio,
  totals.completion_closed_ratio,
  totals.completion_running_ratio,
  totals.lots_excluded,
  persons_total.participants,
  work_contracts_total.work_contracts,
  ratio(persons_total.hours_validated, persons_total.participants) AS hours_per_participant,
  totals.contracts,
  totals.lots,
  totals.clients,
  totals.clients_with_hours,
  totals.contractors,
  totals.fte,
  persons_total.persons_key
FROM totals_in_scope($scope) AS totals
CROSS JOIN persons_total
CROSS JOIN work_contracts_total;
