-- Combien d’heures, de marchés et de lots, en tout ?
-- Grain: one row, the scope
-- Columns:
--   hours_validated DECIMAL(38,2) h: accepted hours worked in the years of the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   hours_committed DECIMAL(38,2) h: obligations of the rated lots (a number of hours, running or closed), at the data date
--   completion_ratio DOUBLE? ratio: hours validated over hours committed of the same rated lots, over their whole life
--   completion_closed_ratio DOUBLE? ratio: the same over closed lots only, which is final
--   completion_running_ratio DOUBLE? ratio: the same over running lots only, to date
--   lots_excluded BIGINT lots: lots of the scope outside the completion ratio
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
--   contractors BIGINT companies: distinct holders (SIRET, else name)
--   fte DOUBLE fte: validated hours over the divisor of the settings
-- Order: a single row
-- Note: filters on years and employer kinds narrow hours; obligations have no year, and are those of whole lots.
SELECT
  hours_validated,
  hours_pending,
  hours_committed,
  completion_ratio,
  completion_closed_ratio,
  completion_running_ratio,
  lots_excluded,
  contracts,
  lots,
  clients,
  contractors,
  fte
FROM totals_in_scope($scope);
