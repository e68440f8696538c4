-- Quelles sont les lignes et les lots qui posent question, un par un ?
-- Grain: one row per anomalous line, or lot, and kind of anomaly
-- Columns:
--   kind VARCHAR: code of the anomaly
--   source_file VARCHAR?: file it was read from
--   source_row BIGINT?: its line or row there
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   client_id VARCHAR?: code of the client; NULL without a known lot
--   client_name VARCHAR?: client
--   month DATE? month: month worked; NULL for a lot
--   hours DECIMAL(18,2) h: accepted hours of the line
--   in_totals BOOLEAN: whether they are in the totals
--   detail VARCHAR?: what stands there, never about a person
-- Order: kind, source_file, source_row, contract_id, lot_id, month, detail
-- Note: the filters of the scope do not apply, the rights of the reader do: lines of no known lot only for readers with
--   all rights.
SELECT
  kind,
  source_file,
  source_row,
  contract_id,
  lot_id,
  client_id,
  client_name,
  month,
  hours,
  in_totals,
  detail
FROM anomalies_in_scope($rights)
ORDER BY kind, source_file, source_row, contract_id, lot_id, month, detail;
