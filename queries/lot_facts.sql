-- Que sait-on de ce lot ?
-- Grain: one row: the requested lot, when it is in scope
-- Columns:
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   contract_ref VARCHAR?: number of the contract in the open data
--   operation VARCHAR?: operation
--   subject VARCHAR: subject
--   client_id VARCHAR: code of the client
--   client_name VARCHAR: client
--   client_siret VARCHAR?: SIRET of the client
--   client_type VARCHAR: code of its type
--   contractor_name VARCHAR?: holder
--   contractor_siret VARCHAR?: SIRET of the holder
--   execution_commune VARCHAR?: INSEE code of the works; NULL when several or unknown
--   commune_name VARCHAR?: name of that commune
--   sector VARCHAR?: code of the sector
--   purchase_kind VARCHAR?: code of the nature
--   contract_form VARCHAR?: code of the form
--   programme VARCHAR?: code of the programme
--   clause_category VARCHAR: code of the category
--   legal_basis VARCHAR?: legal basis, as written in the source
--   award_weight_pct DECIMAL(5,2)? percent: weight of the criterion
--   facilitator_code VARCHAR?: code of the facilitator
--   counts_in_total BOOLEAN: whether its hours are in the totals
--   status VARCHAR: state of the lot
--   notified_on DATE? day: notification
--   starts_on DATE? day: start
--   ends_on DATE? day: planned end
--   closed_on DATE? day: closing
--   days_left BIGINT? days: from the data date to the end; negative once it is past
--   amount_eur DECIMAL(14,2)? eur: amount without tax
--   penalty_eur DECIMAL(12,2)? eur: penalties
--   obligation_kind VARCHAR?: code of the obligation
--   obligation_pct DECIMAL(5,2)? percent: share of the hours worked
--   hours_planned DECIMAL(12,2)? h: estimate before the notification
--   hours_committed_initial DECIMAL(12,2)? h: obligation when notified
--   hours_committed DECIMAL(12,2)? h: obligation, amendments included; NULL when unknown
--   amendment_hours DECIMAL(13,2)? h: the second less the first; NULL when one of them is unknown
--   amendment_count INTEGER? amendments: amendments
--   hours_to_date DECIMAL(38,2) h: accepted hours over the whole life of the lot
--   pending_to_date DECIMAL(38,2) h: declared, not yet validated, over the whole life of the lot
--   complete_hours DECIMAL(38,2) h: accepted hours of the complete months
--   completion_ratio DOUBLE? ratio: hours to date over the obligation; NULL for a lot that is not rated
--   time_ratio DOUBLE? ratio: the share of its time that has passed; NULL for a lot that is not rated or without dates
--   expected_hours DECIMAL(18,2)? h: the obligation × the share of its time that has passed; NULL when unknown
--   pace_ratio DOUBLE? ratio: hours of the complete months over expected hours; NULL when nothing is expected
--   gap_hours DECIMAL(38,2)? h: hours of the complete months less expected hours
--   missing_hours DECIMAL(38,2)? h: what it takes to be on pace, or to keep the obligation when it has ended or is ending
--   left_hours DECIMAL(38,2)? h: obligation less hours of the complete months (closed: all hours); NULL once it is kept
--   needed_per_month DECIMAL(18,2)? h: left_hours over the months to its planned end; NULL once it has ended
--   best_per_month DECIMAL(18,2)? h: mean of its best three complete months in a row so far; NULL without any
--   alert VARCHAR: none, ended_short, ending, not_started, behind, over
--   last_month DATE? month: last month with a line of hours
-- Parameters:
--   contract_id VARCHAR: the contract
--   lot_id VARCHAR: the lot
-- Order: contract_id, lot_id
-- Note: over the whole life of the lot, whatever the years of the scope; nothing when the lot is outside the scope.
SELECT
  paces.contract_id,
  paces.lot_id,
  paces.contract_ref,
  paces.operation,
  paces.subject,
  paces.client_id,
  paces.client_name,
  paces.client_siret,
  paces.client_type,
  paces.contractor_name,
  paces.contractor_siret,
  paces.execution_commune,
  communes.commune_name,
  paces.sector,
  paces.purchase_kind,
  paces.contract_form,
  paces.programme,
  paces.clause_category,
  paces.legal_basis,
  paces.award_weight_pct,
  paces.facilitator_code,
  paces.counts_in_total,
  paces.status,
  paces.notified_on,
  paces.starts_on,
  paces.ends_on,
  paces.closed_on,
  paces.days_left,
  paces.amount_eur,
  paces.penalty_eur,
  paces.obligation_kind,
  paces.obligation_pct,
  paces.hours_planned,
  paces.hours_committed_initial,
  paces.hours_committed,
  paces.hours_committed - paces.hours_committed_initial AS amendment_hours,
  paces.amendment_count,
  paces.hours_to_date,
  paces.pending_to_date,
  paces.complete_hours,
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
FROM lot_paces_in_scope(without_years($scope)) AS paces
LEFT JOIN communes ON paces.execution_commune = communes.commune
WHERE paces.contract_id = $contract_id AND paces.lot_id = $lot_id
ORDER BY paces.contract_id, paces.lot_id;
