-- Qu’est-ce qui appelle l’attention depuis une publication antérieure ?
-- Grain: one row per event: the release itself, a milestone, an objective, a lot, a client
-- Columns:
--   alert_event VARCHAR: new_release, milestone_reached, milestone_dated, objective_out_of_reach, client_late, lot_ending, …
--   milestone VARCHAR?: its identifier, for a milestone or an objective
--   contract_id VARCHAR?: contract, for a lot
--   lot_id VARCHAR?: lot, for a lot
--   contract_ref VARCHAR?: number of the contract in the open data
--   subject VARCHAR?: subject of the lot
--   client_id VARCHAR?: code of the client
--   client_name VARCHAR?: client
--   ends_on DATE? day: planned end of the lot
--   month DATE? month: month in which the milestone was reached; last declaration of the lot or the client
--   hours DECIMAL(38,2)? h: target of a milestone; hours that a lot lacks; hours pending of a client
--   data_as_of DATE day: date of the data
-- Parameters:
--   since VARCHAR optional: the earlier release; empty for the one that served before
-- Order: sort_rank, client_name, contract_id, lot_id, milestone
-- Note: no row when there is no earlier release. Filters and rights apply to both releases; alerts of lots are those of lots.
WITH earlier AS (
  SELECT release
  FROM earlier_release_summary
  WHERE release = $since
)

SELECT
  events.alert_event,
  events.milestone,
  events.contract_id,
  events.lot_id,
  events.contract_ref,
  events.subject,
  events.client_id,
  events.client_name,
  events.ends_on,
  events.month,
  CAST(events.hours AS DECIMAL(38, 2)) AS hours,
  release.data_as_of
FROM events_in_scope($scope, $rights) AS events
CROSS JOIN earlier
CROSS JOIN release
INNER JOIN alert_events ON events.alert_event = alert_events.alert_event
ORDER BY
  alert_events.sort_rank,
  events.client_name NULLS FIRST,
  events.contract_id NULLS FIRST,
  events.lot_id NULLS FIRST,
  events.milestone NULLS FIRST;
