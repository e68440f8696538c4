-- The pace of a lot and its alert, decided once for the list, its counts and a lot's own page. Thresholds are in the settings.

-- One row per lot in scope with its hours, its expected pace and its alert. Pace and alert concern rated lots (a number of hours,
-- running or closed). missing_hours: what it takes to be on pace today, or to have kept the obligation once the lot has ended.
CREATE MACRO lot_paces_in_scope(scope) AS TABLE
  WITH lot_times AS (
    SELECT
      in_scope.*,
      release.data_as_of,
      settings.not_started_after,
      settings.behind_below,
      settings.ending_soon_days,
      in_scope.status = 'closed' OR coalesce(in_scope.ends_on <= release.data_as_of, FALSE) AS has_ended,
      date_diff('day', release.data_as_of, in_scope.ends_on) AS days_left,
      CASE WHEN in_scope.is_rated THEN time_share(in_scope.starts_on, in_scope.ends_on, release.data_as_of) END AS time_ratio
    FROM lot_hours_in_scope(scope) AS in_scope
    CROSS JOIN release
    CROSS JOIN settings
  ),

  lot_expected AS (
    SELECT
      *,
      CAST(hours_committed * time_ratio AS DECIMAL(18, 2)) AS expected_hours
    FROM lot_times
  ),

  lot_alerts AS (
    SELECT
      *,
      ratio(rated_hours, rated_committed) AS completion_ratio,
      ratio(hours_to_date, expected_hours) AS pace_ratio,
      hours_to_date - expected_hours AS gap_hours,
      coalesce(NOT has_ended AND days_left <= ending_soon_days, FALSE) AS ends_soon,
      CASE
        WHEN NOT is_rated THEN 'none'
        WHEN hours_to_date > hours_committed THEN 'over'
        WHEN has_ended AND hours_to_date < hours_committed THEN 'ended_short'
        WHEN time_ratio >= not_started_after AND hours_to_date = 0 AND pending_to_date = 0 THEN 'not_started'
        WHEN hours_to_date < behind_below * expected_hours THEN 'behind'
        ELSE 'none'
      END AS alert
    FROM lot_expected
  )

  SELECT
    *,
    CASE
      WHEN alert = 'ended_short' THEN hours_committed - hours_to_date
      WHEN is_rated THEN greatest(expected_hours - hours_to_date, 0)
    END AS missing_hours,
    CASE WHEN is_rated AND status = 'running' AND hours_to_date < hours_committed THEN hours_committed - hours_to_date END
      AS left_hours
  FROM lot_alerts;
