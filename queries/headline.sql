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
--   rated_closed_hours DECIMAL(38,2) h: accepted hours of the closed ones among the rated lots
--   rated_closed_committed DECIMAL(38,2) h: their obligations
--   completion_running_ratio DOUBLE? ratio: the same over running lots only, to date
--   rated_running_hours DECIMAL(38,2) h: accepted hours of the running ones among the rated lots
--   rated_running_committed DECIMAL(38,2) h: their obligations
--   lots_excluded BIGINT lots: lots of the scope outside the completion ratio
--   participants BIGINT? persons: distinct participants whose validated hours sum to more than 0 in the scope; never added up
--   work_contracts BIGINT? work_contracts: distinct work contracts whose validated hours sum to more than 0 in the scope
--   hours_per_participant DOUBLE? h_per_person: validated hours of identified persons over those persons
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
--   clients_with_hours BIGINT clients: those whose validated hours of the period are above 0
--   contractors BIGINT companies: distinct holders (SIRET, else name)
--   fte DOUBLE fte: validated hours over the divisor of the settings
-- Order: a single row
-- Note: filters on years and employer kinds narrow hours and participants, and keep the lots that were active in the years, that
--   have such hours; obligations and completion cover these lots, over their whole life. Participants and work contracts are
--   given for one population of the ladder only (queries/secrecy/ladder.py), NULL otherwise.
WITH lines_total AS (
  SELECT count(*) AS line_count
  FROM hours_in_scope($scope)
),

-- One row when the scope is one population: there is no figure for several, nor for any other scope.
persons_total AS (
  SELECT
    max(CASE WHEN axis = 'participants' THEN participants END) AS participants,
    max(CASE WHEN axis = 'work_contracts' THEN participants END) AS work_contracts,
    max(CASE WHEN axis = 'participants' THEN hours_validated END) AS hours_validated
  FROM persons_of($populations)
  WHERE array_length($populations) = 1 AND axis IN ('participants', 'work_contracts')
)

SELECT
  totals.hours_validated,
  totals.hours_pending,
  totals.hours_committed,
  totals.rated_committed,
  totals.rated_hours,
  totals.completion_ratio,
  totals.completion_closed_ratio,
  totals.rated_closed_hours,
  totals.rated_closed_committed,
  totals.completion_running_ratio,
  totals.rated_running_hours,
  totals.rated_running_committed,
  totals.lots_excluded,
  -- Nobody works where there is no line, and that is public.
  CASE WHEN lines_total.line_count = 0 THEN 0 ELSE persons_total.participants END AS participants,
  CASE WHEN lines_total.line_count = 0 THEN 0 ELSE persons_total.work_contracts END AS work_contracts,
  ratio(persons_total.hours_validated, persons_total.participants) AS hours_per_participant,
  totals.contracts,
  totals.lots,
  totals.clients,
  totals.clients_with_hours,
  totals.contractors,
  totals.fte
FROM totals_in_scope($scope) AS totals
CROSS JOIN lines_total
CROSS JOIN persons_total;
