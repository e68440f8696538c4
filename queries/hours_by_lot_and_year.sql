-- Combien d’heures chaque année dans chaque lot ?
-- Grain: one row per lot in scope and year with a line of hours in scope; one row without year for a lot that has no such line
-- Columns:
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   subject VARCHAR: subject
--   client_id VARCHAR: code of the client
--   client_name VARCHAR: client
--   clause_category VARCHAR: code of the category
--   year INTEGER? year: year the hours were worked; NULL without hours
--   hours_validated DECIMAL(38,2) h: accepted hours
-- Order: contract_id, lot_id, year
-- Note: the years of the scope cut hours, not lots.
SELECT
  contract_id,
  lot_id,
  subject,
  client_id,
  client_name,
  clause_category,
  year,
  hours_validated
FROM lot_years_in_scope($scope)
ORDER BY contract_id, lot_id, year NULLS FIRST;
