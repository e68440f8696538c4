-- Combien de lots appellent une relance, et pour quelle raison ?
-- Grain: one row per choice of the list of lots: each alert, and two sums over alerts (to_call, all)
-- Columns:
--   alert VARCHAR: ending, not_started, behind, ended_short, over, none; to_call sums the first three, all sums the six
--   lots BIGINT lots: lots in scope
--   running_lots BIGINT lots: those that are running
--   missing_hours DECIMAL(38,2) h: what it takes to be on pace, or to keep the obligation when it has ended or is ending
--   running_missing_hours DECIMAL(38,2) h: the same over running lots only
--   judged_on DATE day: the end of the last complete month, at which pace and alerts are judged
-- Order: sort_rank
-- Note: expected pace and alert concern rated lots (a number of hours, running or closed); the others are under none.
WITH alert_choices (sort_rank, choice, alert) AS (
  VALUES
  (1, 'to_call', 'ending'),
  (1, 'to_call', 'not_started'),
  (1, 'to_call', 'behind'),
  (2, 'ending', 'ending'),
  (3, 'not_started', 'not_started'),
  (4, 'behind', 'behind'),
  (5, 'ended_short', 'ended_short'),
  (6, 'over', 'over'),
  (7, 'none', 'none'),
  (8, 'all', 'ending'),
  (8, 'all', 'not_started'),
  (8, 'all', 'behind'),
  (8, 'all', 'ended_short'),
  (8, 'all', 'over'),
  (8, 'all', 'none')
),

lots_by_alert AS (
  SELECT
    alert,
    count(*) AS lots,
    count(CASE WHEN status = 'running' THEN 1 END) AS running_lots,
    sum(missing_hours) AS missing_hours,
    sum(CASE WHEN status = 'running' THEN missing_hours END) AS running_missing_hours
  FROM lot_paces_in_scope($scope)
  GROUP BY alert
)

SELECT
  alert_choices.choice AS alert,
  CAST(coalesce(sum(lots_by_alert.lots), 0) AS BIGINT) AS lots,
  CAST(coalesce(sum(lots_by_alert.running_lots), 0) AS BIGINT) AS running_lots,
  coalesce(sum(lots_by_alert.missing_hours), 0) AS missing_hours,
  coalesce(sum(lots_by_alert.running_missing_hours), 0) AS running_missing_hours,
  any_value(last_day(span.last_complete_month)) AS judged_on
FROM alert_choices
CROSS JOIN span
LEFT JOIN lots_by_alert ON alert_choices.alert = lots_by_alert.alert
GROUP BY alert_choices.sort_rank, alert_choices.choice
ORDER BY alert_choices.sort_rank;
