-- Combien de lots et de lignes d’heures le détail compte-t-il ?
-- Grain: one row
-- Columns:
--   lots BIGINT lots: matching lots
--   hours_lines BIGINT rows: their lines of hours in the scope
--   hours_validated DECIMAL(38,2) h: accepted hours of these lines
--   hours_pending DECIMAL(38,2) h: declared, not yet validated, of these lines
-- Parameters:
--   search VARCHAR optional: words of the lot (subject, client, holder, number, SIRET), accents or not; empty for all lots
-- Order: a single row
-- Note: read in the rollup, which knows how many lines it sums: the cost is the same whatever their number.
WITH wanted_lots AS (
  SELECT
    contract_id,
    lot_id
  FROM lots_found($scope, $search)
),

lots_counted AS (
  SELECT count(*) AS lots
  FROM wanted_lots
),

hours_counted AS (
  SELECT
    sum(in_scope.entries) AS hours_lines,
    sum(in_scope.hours_validated) AS hours_validated,
    sum(in_scope.hours_pending) AS hours_pending
  FROM hours_in_scope($scope) AS in_scope
  INNER JOIN wanted_lots ON in_scope.contract_id = wanted_lots.contract_id AND in_scope.lot_id = wanted_lots.lot_id
)

SELECT
  lots_counted.lots,
  CAST(coalesce(hours_counted.hours_lines, 0) AS BIGINT) AS hours_lines,
  coalesce(hours_counted.hours_validated, 0) AS hours_validated,
  coalesce(hours_counted.hours_pending, 0) AS hours_pending
FROM lots_counted
CROSS JOIN hours_counted
ORDER BY lots_counted.lots;
