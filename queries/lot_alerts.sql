-- Combien de lots appellent une relance, et pour quelle raison ?
-- Grain: one row per choice of the list of lots: each alert, and two sums over alerts (to_call, all)
-- Columns:
--   alert VARCHAR: not_started, behind, ended_short, over, none; to_call sums not_started and behind, all sums the five
--   lots BIGINT lots: lots in scope
--   running_lots BIGINT lots: those that are running
--   ending_soon_lots BIGINT lots: those that end within the days of the settings after the data date
--   missing_hours DECIMAL(38,2) h: what it would take to be on pace today, or to have kept the obligation once it has ended
--   running_missing_hours DECIMAL(38,2) h: the same over running lots only
-- Order: sort_rank
-- Note: expected pace and alert concern rated lots (a number of hours, running or closed); the others are under none.
WITH alert_choices (sort_rank, choice, alert) AS (
  VALUES
  (1, 'to_call', 'not_started'),
  (1, 'to_call', 'behind'),
  (2, 'not_started', 'not_started'),
  (3, 'behind', 'behind'),
  (4, 'ended_short', 'ended_short'),
  (5, 'over', 'over'),
  (6, 'none', 'none'),
  (7, 'all', 'not_started'),
  (7, 'all', 'behind'),
  (7, 'all', 'ended_short'),
  (7, 'all', 'over'),
  (7, 'all', 'none')
),

lots_by_alert AS (
  SELECT
    alert,
    count(*) AS lots,
    count(CASE WHEN status = 'running' THEN 1 END) AS running_lots,
    count(CASE WHEN ends_soon THEN 1 END) AS ending_soon_lots,
    sum(missing_hours) AS missing_hours,
    sum(CASE WHEN status = 'running' THEN missing_hours END) AS running_missing_hours
  FROM lot_paces_in_scope($scope)
  GROUP BY alert
)

SELECT
  alert_choices.choice AS alert,
  CAST(coalesce(sum(lots_by_alert.lots), 0) AS BIGINT) AS lots,
  CAST(coalesce(sum(lots_by_alert.running_lots), 0) AS BIGINT) AS running_lots,
  CAST(coalesce(sum(lots_by_alert.ending_soon_lots), 0) AS BIGINT) AS ending_soon_lots,
  coalesce(sum(lots_by_alert.missing_hours), 0) AS missing_hours,
  coalesce(sum(lots_by_alert.running_missing_hours), 0) AS running_missing_hours
FROM alert_choices
LEFT JOIN lots_by_alert ON alert_choices.alert = lots_by_alert.alert
GROUP BY alert_choices.sort_rank, alert_choices.choice
ORDER BY alert_choices.sort_rank;
