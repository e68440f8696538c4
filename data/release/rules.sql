-- What stops a publish beyond the faults of single cells: one labelled SELECT per rule, one row per offending row of a source.
-- Columns: origin, source_row, cell (its content). Anomalies, which stop nothing, are in checks.sql.

-- name: duplicate_key
-- A lot twice would count its hours_committed twice. The first row of each key is not the fault.
SELECT
  origin,
  source_row,
  concat_ws(' / ', contract_id, lot_id) AS cell
FROM contracts_read
WHERE contract_id IS NOT NULL AND lot_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY contract_id, lot_id ORDER BY origin, source_row) > 1;

-- name: structure_missing
-- Where one lot has its structure every lot has: the others would be nobody's.
WITH named AS (
  SELECT count(structure) AS lots
  FROM contracts_read
)

SELECT
  contracts_read.origin,
  contracts_read.source_row,
  concat_ws(' / ', contracts_read.contract_id, contracts_read.lot_id) AS cell
FROM contracts_read
CROSS JOIN named
WHERE contracts_read.structure IS NULL AND named.lots > 0;

-- name: dates_reversed
SELECT
  origin,
  source_row,
  concat(starts_on, ' > ', ends_on) AS cell
FROM contracts_read
WHERE starts_on > ends_on;

-- name: month_after_data
-- Hours cannot have been worked after the date of the data.
SELECT
  origin,
  source_row,
  CAST(month AS VARCHAR) AS cell
FROM hours_read
WHERE month > $data_as_of;
