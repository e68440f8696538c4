-- Quels lots appellent une relance aujourd’hui ?
-- Grain: one row per lot in scope
-- Columns:
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   contract_ref VARCHAR: number of the contract in the open data
--   operation VARCHAR: operation
--   subject VARCHAR: subject
--   client_id VARCHAR: code of the client
--   client_name VARCHAR: client
--   contractor_name VARCHAR: holder
--   clause_category VARCHAR: code of the category
--   execution_commune VARCHAR: INSEE code of the works
--   status VARCHAR: state of the lot
--   starts_on DATE day: start
--   ends_on DATE day: planned end
--   days_left BIGINT days: from the data date to the end; negative once it is past
--   hours_committed DECIMAL(12,2) h: obligation; NULL when unknown
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated, in the scope
--   hours_to_date DECIMAL(38,2) h: accepted hours over the whole life of the lot
--   completion_ratio DOUBLE ratio: hours to date over the obligation; NULL for a lot that is not rated
--   expected_hours DECIMAL(18,2) h: the obligation × the share of its time that has passed; NULL when it cannot be said
--   gap_hours DECIMAL(38,2) h: hours to date less expected hours
--   alert VARCHAR: none, not_started, behind, ended_short, over
--   last_month DATE month: last month with a line of hours
-- Order: gap_hours, contract_id, lot_id
-- Note: expected pace and alert concern rated lots (a number of hours, running or closed). Thresholds are in the settings.
WITH lot_paces AS (
  SELECT
    in_scope.*,
    release.data_as_of,
    settings.not_started_after,
    settings.behind_below,
    in_scope.status = 'closed' OR coalesce(in_scope.ends_on <= release.data_as_of, FALSE) AS has_ended,
    CASE WHEN in_scope.is_rated THEN time_share(in_scope.starts_on, in_scope.ends_on, release.data_as_of) END AS time_share
  FROM lot_hours_in_scope($scope) AS in_scope
  CROSS JOIN release
  CROSS JOIN settings
),

lot_expected AS (
  SELECT
    *,
    CAST(hours_committed * time_share AS DECIMAL(18, 2)) AS expected_hours
  FROM lot_paces
)

SELECT
  contract_id,
  lot_id,
  contract_ref,
  operation,
  subject,
  client_id,
  client_name,
  contractor_name,
  clause_category,
  execution_commune,
  status,
  starts_on,
  ends_on,
  date_diff('day', data_as_of, ends_on) AS days_left,
  hours_committed,
  hours_validated,
  hours_pending,
  hours_to_date,
  ratio(rated_hours, rated_committed) AS completion_ratio,
  expected_hours,
  hours_to_date - expected_hours AS gap_hours,
  CASE
    WHEN NOT is_rated THEN 'none'
    WHEN hours_to_date > hours_committed THEN 'over'
    WHEN has_ended AND hours_to_date < hours_committed THEN 'ended_short'
    WHEN time_share >= not_started_after AND hours_to_date = 0 AND pending_to_date = 0 THEN 'not_started'
    WHEN hours_to_date < behind_below * expected_hours THEN 'behind'
    ELSE 'none'
  END AS alert,
  last_month
FROM lot_expected
ORDER BY gap_hours NULLS LAST, contract_id, lot_id;
