-- Combien d’heures, de marchés et de lots, en tout ?
-- Grain: one row, the scope
-- Columns:
--   hours_validated DECIMAL(38,2) h: accepted hours worked in the years of the scope
--   hours_pending DECIMAL(38,2) h: declared, not yet validated
--   hours_committed DECIMAL(38,2) h: obligations of all notified lots (neither planned nor cancelled), at the data date
--   rated_committed DECIMAL(38,2) h: those of the rated lots only (a number of hours above 0, running or closed)
--   rated_hours DECIMAL(38,2) h: accepted hours of the same rated lots, over their whole life
--   completion_ratio DOUBLE? ratio: rated_hours over rated_committed
--   completion_closed_ratio DOUBLE? ratio: the same over closed lots only, which is final
--   rated_closed_hours DECIMAL(38,2) h: accepted hours of the closed ones among the rated lots
--   rated_closed_committed DECIMAL(38,2) h: their obligations
--   completion_running_ratio DOUBLE? ratio: the same over running lots only, to date
--   rated_running_hours DECIMAL(38,2) h: accepted hours of the running ones among the rated lots
--   rated_running_committed DECIMAL(38,2) h: their obligations
--   lots_excluded BIGINT lots: lots of the scope outside the completion ratio
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots
--   clients BIGINT clients: clients with a running lot, or whose validated hours of the period are above 0
--   clients_with_hours BIGINT clients: those whose validated hours of the period are above 0
--   contractors BIGINT companies: distinct holders (SIRET, else name)
--   fte DOUBLE fte: validated hours over the divisor of the settings
-- Order: a single row
-- Note: filters on years and employer kinds narrow hours, and keep the lots that were active in the years, that have such hours;
--   obligations and completion cover these lots, over their whole life.
SELECT
  hours_validated,
  hours_pending,
  hours_committed,
  rated_committed,
  rated_hours,
  completion_ratio,
  completion_closed_ratio,
  rated_closed_hours,
  rated_closed_committed,
  completion_running_ratio,
  rated_running_hours,
  rated_running_committed,
  lots_excluded,
  contracts,
  lots,
  clients,
  clients_with_hours,
  contractors,
  fte
FROM totals_in_scope($scope);
