-- The pace of a lot and its alert, decided once for the list, its counts and a lot's own page. Thresholds are in the settings.

-- One row per lot in scope with its hours, its expected pace and its alert. Pace and alert concern rated lots (a number of hours,
-- running or closed), at the end of the last complete month and with the hours of the complete months; a closed lot is final,
-- with all its hours. missing_hours: what it takes to be on pace, or to keep the obligation when the lot has ended or is
-- about to; NULL without both dates, as is all that is expected.
CREATE MACRO lot_paces_in_scope(scope) AS TABLE
  WITH lot_times AS (
    SELECT
      in_scope.*,
      settings.not_started_after,
      settings.behind_below,
      settings.ending_missing_above,
      CASE WHEN in_scope.status = 'closed' THEN in_scope.hours_to_date ELSE in_scope.complete_hours END AS judged_hours,
      in_scope.status = 'closed' OR coalesce(in_scope.ends_on <= last_day(span.last_complete_month), FALSE) AS has_ended,
      date_diff('day', release.data_as_of, in_scope.ends_on) AS days_left,
      date_diff('day', last_day(span.last_complete_month), in_scope.ends_on) AS days_to_end,
      coalesce(date_diff('day', last_day(span.last_complete_month), in_scope.ends_on) <= settings.ending_soon_days, FALSE)
        AS is_near_end,
      CASE
        WHEN in_scope.is_rated THEN time_share(in_scope.starts_on, in_scope.ends_on, last_day(span.last_complete_month))
      END AS time_ratio
    FROM lot_hours_in_scope(scope) AS in_scope
    CROSS JOIN release
    CROSS JOIN settings
    CROSS JOIN span
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
      ratio(complete_hours, expected_hours) AS pace_ratio,
      complete_hours - expected_hours AS gap_hours,
      CASE
        WHEN NOT is_rated THEN 'none'
        WHEN has_ended AND judged_hours < hours_committed THEN 'ended_short'
        WHEN
          status = 'running' AND is_near_end AND NOT has_ended
          AND hours_committed - judged_hours > ending_missing_above * hours_committed
          THEN 'ending'
        WHEN time_ratio >= not_started_after AND hours_to_date = 0 AND pending_to_date = 0 THEN 'not_started'
        WHEN time_ratio >= not_started_after AND judged_hours < behind_below * expected_hours THEN 'behind'
        WHEN judged_hours > hours_committed THEN 'over'
        ELSE 'none'
      END AS alert,
      CASE WHEN is_rated AND judged_hours < hours_committed THEN hours_committed - judged_hours END AS left_hours
    FROM lot_expected
  )

  SELECT
    *,
    CASE
      WHEN expected_hours IS NULL THEN NULL
      WHEN alert IN ('ended_short', 'ending') THEN hours_committed - judged_hours
      ELSE greatest(expected_hours - complete_hours, 0)
    END AS missing_hours,
    -- A year has 365.25 days; what is left in less than a month is needed within it.
    CASE
      WHEN status = 'running' AND days_to_end > 0 AND expected_hours IS NOT NULL
        THEN CAST(CAST(left_hours AS DOUBLE) / nullif(greatest(days_to_end * 12 / 365.25, 1), 0) AS DECIMAL(18, 2))
    END AS needed_per_month
  FROM lot_alerts;

-- One row per client that has a lot in scope: its last declaration, whatever the years of the scope, and whether it is late.
CREATE MACRO clients_freshness_in_scope(scope) AS TABLE
  SELECT
    in_scope.client_id,
    min(in_scope.client_name) AS client_name,
    max(in_scope.last_month) AS last_month,
    date_diff('month', max(in_scope.last_month), any_value(release.data_as_of)) AS months_late,
    sum(in_scope.pending_to_date) AS hours_pending,
    bool_or(in_scope.status = 'running') AS is_active,
    bool_or(in_scope.status = 'running')
    AND coalesce(
      date_diff('month', max(in_scope.last_month), any_value(release.data_as_of)) > any_value(settings.late_after_months),
      TRUE
    ) AS is_late
  FROM lot_hours_in_scope(without_years(scope)) AS in_scope
  CROSS JOIN release
  CROSS JOIN settings
  GROUP BY in_scope.client_id;
