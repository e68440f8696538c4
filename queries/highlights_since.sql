-- Quels sont les faits marquants depuis une publication antérieure ?
-- Grain: one row per kind of event that there is; the release itself is none
-- Columns:
--   alert_event VARCHAR: milestone_reached, milestone_dated, objective_out_of_reach, client_late, lot_ending, …
--   events BIGINT: how many there are
--   milestone VARCHAR?: its identifier, for the only event of a milestone
--   contract_id VARCHAR?: contract, for the only event of a lot
--   lot_id VARCHAR?: lot, for the only event of a lot
--   subject VARCHAR?: subject of that lot
--   client_id VARCHAR?: code of the client of the only event
--   client_name VARCHAR?: that client
--   ends_on DATE? day: planned end of that lot
--   month DATE? month: month in which that milestone was reached; last declaration of that lot or client
--   hours DECIMAL(38,2)? h: hours that the lots lack together; target of that milestone; hours pending of clients
--   data_as_of DATE day: date of the data
-- Parameters:
--   since VARCHAR optional: the earlier release; empty for the one that served before
-- Order: sort_rank
-- Note: no row when there is no earlier release. The events are those of alerts_since. What names one event is NULL where there
--   are several.
WITH earlier AS (
  SELECT release
  FROM earlier_release_summary
  WHERE release = $since
),

by_kind AS (
  SELECT
    alert_event,
    count(*) AS events,
    min(milestone) AS milestone,
    min(contract_id) AS contract_id,
    min(lot_id) AS lot_id,
    min(subject) AS subject,
    min(client_id) AS client_id,
    min(client_name) AS client_name,
    min(ends_on) AS ends_on,
    min(month) AS month,
    sum(hours) AS hours
  FROM events_in_scope($scope, $rights)
  GROUP BY alert_event
)

SELECT
  by_kind.alert_event,
  by_kind.events,
  CASE WHEN by_kind.events = 1 THEN by_kind.milestone END AS milestone,
  CASE WHEN by_kind.events = 1 THEN by_kind.contract_id END AS contract_id,
  CASE WHEN by_kind.events = 1 THEN by_kind.lot_id END AS lot_id,
  CASE WHEN by_kind.events = 1 THEN by_kind.subject END AS subject,
  CASE WHEN by_kind.events = 1 THEN by_kind.client_id END AS client_id,
  CASE WHEN by_kind.events = 1 THEN by_kind.client_name END AS client_name,
  CASE WHEN by_kind.events = 1 THEN by_kind.ends_on END AS ends_on,
  CASE WHEN by_kind.events = 1 THEN by_kind.month END AS month,
  CAST(by_kind.hours AS DECIMAL(38, 2)) AS hours,
  release.data_as_of
FROM by_kind
CROSS JOIN earlier
CROSS JOIN release
INNER JOIN alert_events ON by_kind.alert_event = alert_events.alert_event
WHERE by_kind.alert_event <> 'new_release'
ORDER BY alert_events.sort_rank;
