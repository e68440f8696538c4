-- What a scope adds up to without its persons. The headline and the totals of the pages are this row.

-- One row: hours, obligations of the notified lots, completion of the rated ones, contracts, lots, clients, companies.
CREATE MACRO totals_in_scope(scope) AS TABLE
  WITH lot_hours AS (
    SELECT
      contract_id,
      client_id,
      contractor,
      status,
      is_rated,
      notified_committed,
      rated_committed,
      rated_hours,
      hours_validated,
      hours_pending
    FROM lot_hours_in_scope(scope)
  ),

  lots_total AS (
    SELECT
      coalesce(sum(hours_validated), 0) AS hours_validated,
      coalesce(sum(hours_pending), 0) AS hours_pending,
      coalesce(sum(notified_committed), 0) AS hours_committed,
      coalesce(sum(rated_committed), 0) AS rated_committed,
      coalesce(sum(rated_hours), 0) AS rated_hours,
      ratio(sum(rated_hours), sum(rated_committed)) AS completion_ratio,
      ratio(
        sum(CASE WHEN status = 'closed' THEN rated_hours END), sum(CASE WHEN status = 'closed' THEN rated_committed END)
      ) AS completion_closed_ratio,
      coalesce(sum(CASE WHEN status = 'closed' THEN rated_hours END), 0) AS rated_closed_hours,
      coalesce(sum(CASE WHEN status = 'closed' THEN rated_committed END), 0) AS rated_closed_committed,
      ratio(
        sum(CASE WHEN status = 'running' THEN rated_hours END), sum(CASE WHEN status = 'running' THEN rated_committed END)
      ) AS completion_running_ratio,
      coalesce(sum(CASE WHEN status = 'running' THEN rated_hours END), 0) AS rated_running_hours,
      coalesce(sum(CASE WHEN status = 'running' THEN rated_committed END), 0) AS rated_running_committed,
      count(CASE WHEN NOT is_rated THEN 1 END) AS lots_excluded,
      count(DISTINCT contract_id) AS contracts,
      count(*) AS lots,
      count(DISTINCT contractor) AS contractors
    FROM lot_hours
  ),

  client AS (
    SELECT
      client_id,
      sum(hours_validated) > 0 AS has_hours,
      bool_or(status = 'running') OR sum(hours_validated) > 0 AS is_active
    FROM lot_hours
    GROUP BY client_id
  ),

  clients_total AS (
    SELECT
      count(CASE WHEN is_active THEN 1 END) AS clients,
      count(CASE WHEN has_hours THEN 1 END) AS clients_with_hours
    FROM client
  )

  SELECT
    lots_total.hours_validated,
    lots_total.hours_pending,
    lots_total.hours_committed,
    lots_total.rated_committed,
    lots_total.rated_hours,
    lots_total.completion_ratio,
    lots_total.completion_closed_ratio,
    lots_total.rated_closed_hours,
    lots_total.rated_closed_committed,
    lots_total.completion_running_ratio,
    lots_total.rated_running_hours,
    lots_total.rated_running_committed,
    lots_total.lots_excluded,
    lots_total.contracts,
    lots_total.lots,
    clients_total.clients,
    clients_total.clients_with_hours,
    lots_total.contractors,
    ratio(lots_total.hours_validated, settings.fte_divisor) AS fte
  FROM lots_total
  CROSS JOIN clients_total
  CROSS JOIN settings;
