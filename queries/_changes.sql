-- What two releases are compared by. A table earlier_<question> holds the answer of the earlier one to that question, under the
-- same filters and rights (queries/engine.py fills them); it is empty while there is no earlier release.

-- One row per lot in scope and year with a line of hours in scope; a lot without any has one row, without year. Years cut hours
-- and not lots: a lot does not come or go because its dates moved.
CREATE MACRO lot_years_in_scope(scope) AS TABLE
  WITH hours_found AS (
    SELECT
      contract_id,
      lot_id,
      CAST(year(month) AS INTEGER) AS year,
      sum(hours_validated) AS hours_validated
    FROM hours_in_scope(scope)
    GROUP BY contract_id, lot_id, CAST(year(month) AS INTEGER)
  )

  SELECT
    in_scope.contract_id,
    in_scope.lot_id,
    in_scope.subject,
    in_scope.client_id,
    in_scope.client_name,
    in_scope.clause_category,
    hours_found.year,
    coalesce(hours_found.hours_validated, 0) AS hours_validated
  FROM lots_in_scope(without_years(scope)) AS in_scope
  LEFT JOIN hours_found ON in_scope.contract_id = hours_found.contract_id AND in_scope.lot_id = hours_found.lot_id;

-- One row per lot, client, clause category and year of either release, in scope; none when there is no earlier release.
-- lot_change: both, appeared, gone. The change is added, corrected, appeared or gone hours.
CREATE MACRO lot_years_compared(scope) AS TABLE
  WITH lot_before AS (
    SELECT DISTINCT
      contract_id,
      lot_id
    FROM earlier_hours_by_lot_and_year
  ),

  lot_after AS (
    SELECT DISTINCT
      contract_id,
      lot_id
    FROM lot_years_in_scope(scope)
  ),

  side AS (
    SELECT
      contract_id,
      lot_id,
      subject,
      client_id,
      client_name,
      clause_category,
      year,
      CAST(0 AS DECIMAL(18, 2)) AS hours_before,
      hours_validated AS hours_after,
      TRUE AS is_after
    FROM lot_years_in_scope(scope)
    UNION ALL
    SELECT
      contract_id,
      lot_id,
      subject,
      client_id,
      client_name,
      clause_category,
      year,
      hours_validated AS hours_before,
      CAST(0 AS DECIMAL(18, 2)) AS hours_after,
      FALSE AS is_after
    FROM earlier_hours_by_lot_and_year
  ),

  compared AS (
    SELECT
      side.contract_id,
      side.lot_id,
      side.client_id,
      side.clause_category,
      side.year,
      -- As the later release has them, where it does.
      coalesce(min(CASE WHEN side.is_after THEN side.subject END), min(side.subject)) AS subject,
      coalesce(min(CASE WHEN side.is_after THEN side.client_name END), min(side.client_name)) AS client_name,
      sum(side.hours_before) AS hours_before,
      sum(side.hours_after) AS hours_after,
      sum(side.hours_after) - sum(side.hours_before) AS change_hours,
      bool_or(side.is_after) AS is_kept,
      CASE
        WHEN any_value(lot_before.lot_id) IS NULL THEN 'appeared'
        WHEN any_value(lot_after.lot_id) IS NULL THEN 'gone'
        ELSE 'both'
      END AS lot_change
    FROM side
    CROSS JOIN earlier_release_summary
    LEFT JOIN lot_before ON side.contract_id = lot_before.contract_id AND side.lot_id = lot_before.lot_id
    LEFT JOIN lot_after ON side.contract_id = lot_after.contract_id AND side.lot_id = lot_after.lot_id
    GROUP BY side.contract_id, side.lot_id, side.client_id, side.clause_category, side.year
  )

  SELECT
    compared.*,
    CASE WHEN compared.lot_change = 'both' THEN greatest(compared.change_hours, 0) ELSE 0 END AS added_hours,
    CASE WHEN compared.lot_change = 'both' THEN least(compared.change_hours, 0) ELSE 0 END AS corrected_hours,
    CASE WHEN compared.lot_change = 'appeared' THEN compared.change_hours ELSE 0 END AS appeared_hours,
    CASE WHEN compared.lot_change = 'gone' THEN compared.change_hours ELSE 0 END AS gone_hours,
    coalesce(compared.year <= settings.consolidated_until, FALSE) AS is_consolidated
  FROM compared
  CROSS JOIN settings;

-- One row per milestone that became reached, datable or, for the objective of a year, out of reach since the earlier release.
CREATE MACRO milestone_events(scope, rights) AS TABLE
  WITH judged AS (
    SELECT
      milestones.milestone,
      milestones.client,
      milestones.year,
      milestones.target_hours,
      outlook.crossed_month,
      outlook.status,
      earlier.status AS earlier_status,
      NOT outlook.is_dateless AND outlook.middle IS NOT NULL AS has_date,
      earlier.projected_month IS NOT NULL AS had_date
    FROM milestones_in_scope(rights) AS milestones
    INNER JOIN milestone_outlook(scope, 0) AS outlook ON milestones.milestone = outlook.milestone
    INNER JOIN earlier_milestone_progress AS earlier ON milestones.milestone = earlier.milestone
  ),

  named AS (
    SELECT
      *,
      CASE
        WHEN status = 'reached' AND earlier_status <> 'reached' THEN 'milestone_reached'
        WHEN year IS NOT NULL AND status IN ('missed', 'late') AND earlier_status NOT IN ('missed', 'late')
          THEN 'objective_out_of_reach'
        WHEN year IS NULL AND status <> 'reached' AND has_date AND NOT had_date THEN 'milestone_dated'
      END AS alert_event
    FROM judged
  )

  SELECT
    alert_event,
    milestone,
    client AS client_id,
    target_hours AS hours,
    CASE WHEN alert_event = 'milestone_reached' THEN crossed_month END AS month
  FROM named
  WHERE alert_event IS NOT NULL;

-- One row per lot in scope with an alert that is an event, and that it did not have in the earlier release.
CREATE MACRO lot_events(scope) AS TABLE
  SELECT
    alert_events.alert_event,
    paces.contract_id,
    paces.lot_id,
    paces.contract_ref,
    paces.subject,
    paces.client_id,
    paces.client_name,
    paces.ends_on,
    paces.missing_hours AS hours,
    paces.last_month AS month
  FROM lot_paces_in_scope(scope) AS paces
  INNER JOIN alert_events ON concat('lot_', paces.alert) = alert_events.alert_event
  LEFT JOIN earlier_lots AS earlier ON paces.contract_id = earlier.contract_id AND paces.lot_id = earlier.lot_id
  WHERE paces.alert IS DISTINCT FROM earlier.alert;

-- One row per active client late in declaring, that was not in the earlier release.
CREATE MACRO client_events(scope) AS TABLE
  SELECT
    'client_late' AS alert_event,
    freshness.client_id,
    freshness.client_name,
    freshness.hours_pending AS hours,
    freshness.last_month AS month
  FROM clients_freshness_in_scope(scope) AS freshness
  LEFT JOIN earlier_clients_freshness AS earlier ON freshness.client_id = earlier.client_id
  WHERE freshness.is_late AND NOT coalesce(earlier.is_late, FALSE);

-- One row per event: milestones, clients, lots, then the release itself.
CREATE MACRO events_in_scope(scope, rights) AS TABLE
  SELECT
    alert_event,
    milestone,
    CAST(NULL AS VARCHAR) AS contract_id,
    CAST(NULL AS VARCHAR) AS lot_id,
    CAST(NULL AS VARCHAR) AS contract_ref,
    CAST(NULL AS VARCHAR) AS subject,
    client_id,
    CAST(NULL AS VARCHAR) AS client_name,
    CAST(NULL AS DATE) AS ends_on,
    month,
    hours
  FROM milestone_events(scope, rights)
  UNION ALL
  SELECT
    alert_event,
    CAST(NULL AS VARCHAR) AS milestone,
    CAST(NULL AS VARCHAR) AS contract_id,
    CAST(NULL AS VARCHAR) AS lot_id,
    CAST(NULL AS VARCHAR) AS contract_ref,
    CAST(NULL AS VARCHAR) AS subject,
    client_id,
    client_name,
    CAST(NULL AS DATE) AS ends_on,
    month,
    hours
  FROM client_events(scope)
  UNION ALL
  SELECT
    alert_event,
    CAST(NULL AS VARCHAR) AS milestone,
    contract_id,
    lot_id,
    contract_ref,
    subject,
    client_id,
    client_name,
    ends_on,
    month,
    hours
  FROM lot_events(scope)
  UNION ALL
  SELECT
    'new_release' AS alert_event,
    CAST(NULL AS VARCHAR) AS milestone,
    CAST(NULL AS VARCHAR) AS contract_id,
    CAST(NULL AS VARCHAR) AS lot_id,
    CAST(NULL AS VARCHAR) AS contract_ref,
    CAST(NULL AS VARCHAR) AS subject,
    CAST(NULL AS VARCHAR) AS client_id,
    CAST(NULL AS VARCHAR) AS client_name,
    CAST(NULL AS DATE) AS ends_on,
    CAST(NULL AS DATE) AS month,
    CAST(NULL AS DECIMAL(18, 2)) AS hours;
