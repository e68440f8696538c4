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
--   commune_name VARCHAR?: name of that commune
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
--   expected_hours DECIMAL(18,2)? h: the obligation × the share of its time that has passed; NULL when unknown
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
  paces.contract_id,
  paces.lot_id,
  paces.contract_ref,
  paces.operation,
  paces.subject,
  paces.client_id,
  paces.client_name,
  paces.client_siret,
  paces.contractor_name,
  paces.contractor_siret,
  paces.facilitator_code,
  paces.clause_category,
  paces.execution_commune,
  communes.commune_name,
  paces.status,
  paces.starts_on,
  paces.ends_on,
  paces.days_left,
  paces.hours_committed,
  paces.hours_validated,
  paces.hours_pending,
  paces.hours_to_date,
  paces.pending_to_date,
  paces.completion_ratio,
  paces.time_ratio,
  paces.expected_hours,
  paces.pace_ratio,
  paces.gap_hours,
  paces.missing_hours,
  paces.left_hours,
  paces.needed_per_month,
  paces.best_per_month,
  paces.alert,
  paces.last_month
FROM lot_paces_in_scope($scope) AS paces
LEFT JOIN communes ON paces.execution_commune = communes.commune
ORDER BY paces.gap_hours NULLS LAST, paces.contract_id, paces.lot_id;
