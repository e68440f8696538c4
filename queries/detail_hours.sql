-- Quelles sont les lignes d’heures, une par une ?
-- Grain: one row per line of hours of the matching lots (a lot, a month worked, a work contract)
-- Columns:
--   line_number BIGINT: place in the whole list, from 1
--   month DATE month: month worked
--   client_id VARCHAR: code of the client
--   client_name VARCHAR: client
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   contract_ref VARCHAR?: number of the contract in the open data
--   subject VARCHAR: subject of the lot
--   employer_kind VARCHAR?: code of the employer kind
--   work_contract_type VARCHAR?: code of the work contract type
--   link VARCHAR?: code of the link to the holder
--   status VARCHAR: declared, validated, rejected, corrected
--   declared_on DATE? day: declaration
--   validated_on DATE? day: validation
--   hours_declared DECIMAL(9,2) h: what the company reported
--   hours_validated DECIMAL(9,2)? h: accepted hours; 0 when rejected, NULL while pending
--   hours_pending DECIMAL(9,2) h: declared, not yet validated
-- Parameters:
--   search VARCHAR optional: words of the lot (subject, client, holder, number, SIRET), accents or not; empty for all lots
--   first BIGINT optional: how many lines come before the first one wanted; empty for none
--   rows BIGINT optional: how many lines at most; empty for all of them
-- Order: month, client_id, contract_id, lot_id, then what the lines show
-- Note: what is about a person is left out, see lines_found; lines that read alike may stand for one another. The rollup tells
--   how many lines each month has, so that only the months of the lines wanted are read from the detail.
WITH months_found AS (
  SELECT
    in_scope.month,
    sum(in_scope.entries) AS month_lines
  FROM hours_in_scope($scope) AS in_scope
  INNER JOIN lots_found($scope, $search) AS listed
    ON in_scope.contract_id = listed.contract_id AND in_scope.lot_id = listed.lot_id
  GROUP BY in_scope.month
),

month_ends AS (
  SELECT
    month,
    month_lines,
    sum(month_lines) OVER (ORDER BY month ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS lines_to_here
  FROM months_found
),

months_wanted AS (
  SELECT
    month,
    lines_to_here - month_lines AS lines_before
  FROM month_ends
  WHERE
    lines_to_here > row_bound($first, 0)
    AND lines_to_here - month_lines < row_bound($first, 0) + row_bound($rows, lines_to_here)
),

numbered AS (
  SELECT
    listed.*,
    CAST(
      months_wanted.lines_before
      + row_number() OVER (
        PARTITION BY listed.month
        ORDER BY
          listed.client_id, listed.contract_id, listed.lot_id, listed.employer_kind, listed.work_contract_type, listed.link,
          listed.status, listed.declared_on, listed.validated_on, listed.hours_declared, listed.hours_validated
      ) AS BIGINT
    ) AS line_number
  FROM lines_found($scope, $search) AS listed
  INNER JOIN months_wanted ON listed.month = months_wanted.month
)

SELECT
  line_number,
  month,
  client_id,
  client_name,
  contract_id,
  lot_id,
  contract_ref,
  subject,
  employer_kind,
  work_contract_type,
  link,
  status,
  declared_on,
  validated_on,
  hours_declared,
  hours_validated,
  hours_pending
FROM numbered
WHERE line_number > row_bound($first, 0) AND line_number <= row_bound($first, 0) + row_bound($rows, line_number)
ORDER BY line_number;
