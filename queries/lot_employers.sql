-- Par quelles modalités ce lot a-t-il été réalisé ?
-- Grain: one row per employer kind with a line of hours for the lot, and one for the lines that do not say (NULL)
-- Columns:
--   employer_kind VARCHAR?: its code; NULL when not filled in
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated, in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the lot
-- Parameters:
--   contract_id VARCHAR: the contract
--   lot_id VARCHAR: the lot
-- Order: hours_validated, the highest first, employer_kind; the NULL row last
-- Note: hours of a contract are public.
SELECT
  employer_kind,
  coalesce(sum(hours_validated), 0) AS hours_validated,
  coalesce(sum(hours_pending), 0) AS hours_pending,
  ratio(sum(hours_validated), sum(sum(hours_validated)) OVER ()) AS share_ratio
FROM hours_in_scope($scope)
WHERE contract_id = $contract_id AND lot_id = $lot_id
GROUP BY employer_kind
ORDER BY employer_kind IS NULL ASC, hours_validated DESC, employer_kind ASC;
