-- Quels sont les lots, avec tout ce que leurs marchés en disent ?
-- Grain: one row per matching lot
-- Columns:
--   line_number BIGINT: place in the whole list, from 1
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   contract_ref VARCHAR?: number of the contract in the open data
--   operation VARCHAR?: operation
--   subject VARCHAR: subject
--   client_id VARCHAR: code of the client
--   client_name VARCHAR: client
--   client_siret VARCHAR?: SIRET of the client
--   client_type VARCHAR: code of the client type
--   client_commune VARCHAR?: INSEE code of the client
--   client_commune_name VARCHAR?: name of that commune
--   execution_commune VARCHAR?: INSEE code of the works; NULL for several or unknown
--   commune_name VARCHAR?: name of that commune
--   contractor_name VARCHAR?: holder
--   contractor_siret VARCHAR?: SIRET of the holder
--   purchase_kind VARCHAR?: code of the kind of purchase
--   sector VARCHAR?: code of the sector
--   contract_form VARCHAR?: code of the form
--   clause_category VARCHAR: code of the category
--   legal_basis VARCHAR?: legal basis as written
--   award_weight_pct DECIMAL(5,2)? percent: weight of the criterion
--   programme VARCHAR?: code of the urban renewal programme
--   amount_eur DECIMAL(14,2)? eur: amount before tax
--   obligation_kind VARCHAR?: code of the kind of obligation
--   obligation_pct DECIMAL(5,2)? percent: part of the hours worked
--   hours_planned DECIMAL(12,2)? h: estimate before notification, never part of the obligation
--   hours_committed_initial DECIMAL(12,2)? h: obligation before amendments
--   hours_committed DECIMAL(12,2)? h: obligation; NULL when unknown
--   amendment_count INTEGER? amendments: since the beginning
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated, in the scope
--   notified_on DATE? day: notification
--   starts_on DATE? day: start
--   ends_on DATE? day: planned end
--   status VARCHAR: state of the lot
--   closed_on DATE? day: closing
--   counts_in_total BOOLEAN: whether its hours enter the total
--   penalty_eur DECIMAL(12,2)? eur: penalties
--   facilitator_code VARCHAR?: code of the facilitator
-- Parameters:
--   search VARCHAR optional: words of the lot (subject, client, holder, number, SIRET), accents or not; empty for all lots
--   first BIGINT optional: how many lots come before the first one wanted; empty for none
--   rows BIGINT optional: how many lots at most; empty for all of them
-- Order: contract_id, lot_id
-- Note: a filter on lines (years, employer kind) narrows hours to such lines, and keeps the lots active in the years, that have
--   such hours.
WITH numbered AS (
  SELECT
    *,
    row_number() OVER (ORDER BY contract_id ASC, lot_id ASC) AS line_number
  FROM lots_listed($scope, $search)
)

SELECT
  line_number,
  contract_id,
  lot_id,
  contract_ref,
  operation,
  subject,
  client_id,
  client_name,
  client_siret,
  client_type,
  client_commune,
  client_commune_name,
  execution_commune,
  commune_name,
  contractor_name,
  contractor_siret,
  purchase_kind,
  sector,
  contract_form,
  clause_category,
  legal_basis,
  award_weight_pct,
  programme,
  amount_eur,
  obligation_kind,
  obligation_pct,
  hours_planned,
  hours_committed_initial,
  hours_committed,
  amendment_count,
  hours_validated,
  hours_pending,
  notified_on,
  starts_on,
  ends_on,
  status,
  closed_on,
  counts_in_total,
  penalty_eur,
  facilitator_code
FROM numbered
WHERE line_number > row_bound($first, 0) AND line_number <= row_bound($first, 0) + row_bound($rows, line_number)
ORDER BY line_number;
