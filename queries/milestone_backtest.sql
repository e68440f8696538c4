-- Les intervalles donnés par le passé ont-ils contenu la bonne réponse ?
-- Grain: one row per milestone not reached and past year in which a date could be given, projected in the month of the last
-- complete one
-- Columns:
--   milestone VARCHAR: its identifier
--   asked_month DATE month: the last complete month at the projection
--   earliest DATE month: earliest month of the interval then
--   latest DATE? month: latest month of it; NULL where only an earliest one could be given, nine times in ten
--   happened DATE? month: the month that it was in truth; NULL while it is not known
--   inside BOOLEAN?: whether the interval held it; NULL while that is not known
--   distance_hours DECIMAL(38,2) h: the target of the projection: as many more hours as are missing today
--   known_dates BIGINT: past dates of the milestone whose answer is known
--   inside_dates BIGINT: those whose interval held it
--   expected_dates DOUBLE: those that should have: eight in ten, nine in ten without a latest month
-- Order: milestone, asked_month
-- Note: the rule of today on the hours as they are known today, one date a year; the method is in _forecast.sql.
WITH states AS (
  SELECT
    states.milestone,
    states.asked_month,
    states.complete_hours,
    states.target_hours - states.hours_to_date AS distance_hours,
    states.twelve_month_hours,
    states.idle_months,
    states.z * states.spread_ratio AS z_spread,
    log_need(states.target_hours - states.hours_to_date, states.twelve_month_hours) AS log_need
  FROM milestone_states($scope, TRUE) AS states
  INNER JOIN milestones_in_scope($rights) AS milestones ON states.milestone = milestones.milestone
  WHERE
    milestones.year IS NULL
    AND states.hours_to_date < states.target_hours
    AND NOT states.is_last
    AND states.history_months >= 36
),

dates AS (
  SELECT
    states.milestone,
    states.asked_month,
    max(states.distance_hours) AS distance_hours,
    max(states.complete_hours + states.distance_hours) AS goal_hours,
    max(states.idle_months) AS idle_months,
    min(CASE WHEN horizons.k * states.twelve_month_hours >= 12 * states.distance_hours THEN horizons.k END) AS middle,
    first_month(horizons.k, horizons.log_k + horizons.widening * states.z_spread, states.log_need) AS earliest,
    first_month(horizons.k, horizons.log_k - horizons.widening * states.z_spread, states.log_need) AS latest
  FROM states
  CROSS JOIN horizons
  WHERE horizons.k > 0
  GROUP BY states.milestone, states.asked_month
),

answered AS (
  SELECT
    dates.milestone,
    dates.asked_month,
    months_later(dates.asked_month, max(dates.earliest)) AS earliest,
    CASE WHEN max(dates.idle_months) = 0 THEN months_later(dates.asked_month, max(dates.latest)) END AS latest,
    min(CASE WHEN running.month > dates.asked_month AND running.cumulative_hours >= dates.goal_hours THEN running.month END)
      AS happened,
    max(running.month) AS known_until,
    max(dates.distance_hours) AS distance_hours
  FROM dates
  INNER JOIN milestone_running($scope) AS running ON dates.milestone = running.milestone
  INNER JOIN months ON running.month = months.month
  WHERE dates.middle IS NOT NULL AND dates.earliest IS NOT NULL AND NOT months.provisional
  GROUP BY dates.milestone, dates.asked_month
),

judged AS (
  SELECT
    *,
    CASE
      WHEN happened IS NOT NULL THEN happened >= earliest AND (latest IS NULL OR happened <= latest)
      WHEN latest <= known_until THEN FALSE
      WHEN latest IS NULL AND earliest <= known_until THEN TRUE
    END AS inside
  FROM answered
)

SELECT
  milestone,
  asked_month,
  earliest,
  latest,
  happened,
  inside,
  distance_hours,
  count(inside) OVER (PARTITION BY milestone) AS known_dates,
  count(CASE WHEN inside THEN 1 END) OVER (PARTITION BY milestone) AS inside_dates,
  CAST(
    sum(CASE WHEN inside IS NULL THEN 0 WHEN latest IS NULL THEN 0.9 ELSE 0.8 END) OVER (PARTITION BY milestone) AS DOUBLE
  ) AS expected_dates
FROM judged
ORDER BY milestone, asked_month;
