-- Quels lots se terminent dans les trois mois sans toutes leurs heures ?
-- Grain: one row per running lot whose obligation is not yet done
-- Columns:
--   contract_id VARCHAR: contract
--   lot_id VARCHAR: lot
--   contract_ref VARCHAR?: number of the contract in the open data
--   subject VARCHAR: subject
--   client_id VARCHAR: code of the client
--   client_name VARCHAR: client
--   ends_on DATE? day: planned end
--   is_ending BOOLEAN: whether it ends within three months after the data date
--   hours_committed DECIMAL(12,2) h: obligation
--   hours_to_date DECIMAL(38,2) h: accepted hours over the whole life of the lot
--   left_hours DECIMAL(38,2) h: obligation less hours to date
--   ending_left_hours DECIMAL(38,2) h: the same over all lots that end within three months
-- Order: those that end within three months first, then ends_on, contract_id, lot_id
-- Note: with all hours to the data date, those of provisional months included; lots that have no number of hours are left out.
WITH lot AS (
  SELECT
    in_scope.contract_id,
    in_scope.lot_id,
    in_scope.contract_ref,
    in_scope.subject,
    in_scope.client_id,
    in_scope.client_name,
    in_scope.ends_on,
    in_scope.hours_committed,
    in_scope.hours_to_date,
    in_scope.hours_committed - in_scope.hours_to_date AS left_hours,
    coalesce(
      in_scope.ends_on >= release.data_as_of AND in_scope.ends_on <= release.data_as_of + INTERVAL 3 MONTH, FALSE
    ) AS is_ending
  FROM lot_hours_in_scope($scope) AS in_scope
  CROSS JOIN release
  WHERE in_scope.status = 'running' AND in_scope.is_rated AND in_scope.hours_to_date < in_scope.hours_committed
)

SELECT
  contract_id,
  lot_id,
  contract_ref,
  subject,
  client_id,
  client_name,
  ends_on,
  is_ending,
  hours_committed,
  hours_to_date,
  left_hours,
  coalesce(sum(CASE WHEN is_ending THEN left_hours END) OVER (), 0) AS ending_left_hours
FROM lot
ORDER BY is_ending DESC, ends_on ASC NULLS LAST, contract_id ASC, lot_id ASC;
