-- Quels lots appellent une relance aujourd’hui ?
-- Grain: one row per lot in scope
-- Columns:
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   contract_ref VARCHAR?: number of the contract in the open data
--   operation VARCHAR?: operation
--   subject VARCHAR: subject
--   client_id VARCHAR: code of the client
--   client_name VARCHAR: client
--   client_siret VARCHAR?: SIRET of the client
--   contractor_name VARCHAR?: holder
--   contractor_siret VARCHAR?: SIRET of the holder
--   facilitator_code VARCHAR?: code of the facilitator
--   clause_category VARCHAR: code of the category
--   execution_commune VARCHAR?: INSEE code of the works
--   status VARCHAR: state of the lot
--   starts_on DATE? day: start
--   ends_on DATE? day: planned end
--   days_left BIGINT? days: from the data date to the end; negative once it is past
--   hours_committed DECIMAL(12,2)? h: obligation; NULL when unknown
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated, in the scope
--   hours_to_date DECIMAL(38,2) h: accepted hours over the whole life of the lot
--   pending_to_date DECIMAL(38,2) h: declared, not yet validated, over the whole life of the lot
--   completion_ratio DOUBLE? ratio: hours to date over the obligation; NULL for a lot that is not rated
--   time_ratio DOUBLE? ratio: share of its time passed at the end of the last complete month; NULL if not rated or without dates
--   expected_hours DECIMAL(18,2)? h: the obligation × the share of its time that has passed; NULL when it cannot be said
--   pace_ratio DOUBLE? ratio: hours of the complete months over expected hours; NULL when nothing is expected
--   gap_hours DECIMAL(38,2)? h: hours of the complete months less expected hours
--   missing_hours DECIMAL(38,2)? h: what it takes to be on pace, or to keep the obligation when it has ended or is ending
--   left_hours DECIMAL(38,2)? h: obligation less hours of the complete months (closed: all hours); NULL once it is kept
--   needed_per_month DECIMAL(18,2)? h: what is left of a running lot over the months to its planned end; NULL once it has ended
--   best_per_month DECIMAL(18,2)? h: mean of its best three complete months in a row so far; NULL without any
--   alert VARCHAR: none, ended_short, ending, not_started, behind, over
--   last_month DATE? month: last month with a line of hours
-- Order: gap_hours, contract_id, lot_id
-- Note: expected pace and alert concern rated lots (a number of hours, running or closed), at the end of the last complete month
--   and with the hours of the complete months; thresholds are in the settings.
SELECT
  contract_id,
  lot_id,
  contract_ref,
  operation,
  subject,
  client_id,
  client_name,
  client_siret,
  contractor_name,
  contractor_siret,
  facilitator_code,
  clause_category,
  execution_commune,
  status,
  starts_on,
  ends_on,
  days_left,
  hours_committed,
  hours_validated,
  hours_pending,
  hours_to_date,
  pending_to_date,
  completion_ratio,
  time_ratio,
  expected_hours,
  pace_ratio,
  gap_hours,
  missing_hours,
  left_hours,
  needed_per_month,
  best_per_month,
  alert,
  last_month
FROM lot_paces_in_scope($scope)
ORDER BY gap_hours NULLS LAST, contract_id, lot_id;
