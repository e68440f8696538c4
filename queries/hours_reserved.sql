-- Combien d’heures pour les marchés réservés, tous types réunis ?
-- Grain: one row, the reserved contracts of the scope (SIAE, EA/ESAT, ESS, prison)
-- Columns:
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   hours_committed DECIMAL(38,2) h: obligations of the notified lots
--   rated_committed DECIMAL(38,2) h: those of the rated lots only
--   rated_hours DECIMAL(38,2) h: accepted hours of the same rated lots, over their whole life
--   completion_ratio DOUBLE? ratio: rated_hours over rated_committed
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   lots_excluded BIGINT lots: lots outside the completion ratio
-- Order: a single row
-- Note: the subtotal of hours_by_clause; lots that do not count in the total are left out, as there.
WITH lot AS (
  SELECT
    hours_validated,
    hours_pending,
    notified_committed,
    rated_committed,
    rated_hours,
    contract_id,
    is_rated,
    clause_category IN ('reserved_iae', 'reserved_disability', 'reserved_ess', 'reserved_prison') AS is_reserved
  FROM lot_hours_in_scope($scope)
)

SELECT
  coalesce(sum(CASE WHEN is_reserved THEN hours_validated END), 0) AS hours_validated,
  coalesce(sum(CASE WHEN is_reserved THEN hours_pending END), 0) AS hours_pending,
  ratio(sum(CASE WHEN is_reserved THEN hours_validated END), sum(hours_validated)) AS share_ratio,
  coalesce(sum(CASE WHEN is_reserved THEN notified_committed END), 0) AS hours_committed,
  coalesce(sum(CASE WHEN is_reserved THEN rated_committed END), 0) AS rated_committed,
  coalesce(sum(CASE WHEN is_reserved THEN rated_hours END), 0) AS rated_hours,
  ratio(
    sum(CASE WHEN is_reserved THEN rated_hours END), sum(CASE WHEN is_reserved THEN rated_committed END)
  ) AS completion_ratio,
  count(DISTINCT CASE WHEN is_reserved THEN contract_id END) AS contracts,
  count(CASE WHEN is_reserved THEN 1 END) AS lots,
  count(CASE WHEN is_reserved AND NOT is_rated THEN 1 END) AS lots_excluded
FROM lot;
