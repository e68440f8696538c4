-- Pourquoi deux totaux diffèrent-ils ?
-- Grain: one row per step, from the hours published to the total of the pages, then to the running total of the curve
-- Columns:
--   step VARCHAR: code of the step
--   step_kind VARCHAR: sum, less or plus
--   hours_validated DECIMAL(38,2) h: validated hours of the step; those of a less are taken away
--   place INTEGER: from the first to the last step
-- Order: place
-- Note: each sum is that of the steps above it, to the hundredth. A step that changes nothing under these filters has 0 hours.
WITH left_out_line AS (
  SELECT max(hours) AS hours
  FROM anomalies_in_scope($rights)
  WHERE NOT in_totals
  GROUP BY source_file, source_row
),

left_out AS (
  SELECT coalesce(sum(hours), 0) AS hours_left_out
  FROM left_out_line
),

within_rights AS (
  SELECT
    coalesce(sum(hours_validated), 0) AS hours_published,
    coalesce(sum(CASE WHEN $scope['include_uncounted'] OR counts_in_total THEN hours_validated END), 0) AS hours_counted
  FROM history_in_scope($rights)
),

history AS (
  SELECT
    coalesce(sum(hours_validated), 0) AS hours_of_filters,
    coalesce(
      sum(CASE WHEN year_matches($scope, year) AND month_matches($scope, month) THEN hours_validated END), 0
    ) AS hours_shown
  FROM history_in_scope($scope)
),

opening AS (
  SELECT CAST(coalesce(sum(hours), 0) AS DECIMAL(18, 2)) AS hours_opening
  FROM opening_in_scope($scope)
),

step_known (place, step, step_kind) AS (
  VALUES
  (1, 'published', 'sum'),
  (2, 'left_out', 'less'),
  (3, 'uncounted', 'less'),
  (4, 'other_filters', 'less'),
  (5, 'other_years', 'less'),
  (6, 'shown', 'sum'),
  (7, 'years_of_the_curve', 'plus'),
  (8, 'opening_balance', 'plus'),
  (9, 'cumulative', 'sum')
)

SELECT
  step_known.step,
  step_known.step_kind,
  CAST(CASE step_known.step
    WHEN 'published' THEN within_rights.hours_published + left_out.hours_left_out
    WHEN 'left_out' THEN left_out.hours_left_out
    WHEN 'uncounted' THEN within_rights.hours_published - within_rights.hours_counted
    WHEN 'other_filters' THEN within_rights.hours_counted - history.hours_of_filters
    WHEN 'shown' THEN history.hours_shown
    WHEN 'opening_balance' THEN opening.hours_opening
    WHEN 'cumulative' THEN history.hours_of_filters + opening.hours_opening
    ELSE history.hours_of_filters - history.hours_shown
  END AS DECIMAL(38, 2)) AS hours_validated,
  step_known.place
FROM step_known
CROSS JOIN left_out
CROSS JOIN within_rights
CROSS JOIN history
CROSS JOIN opening
ORDER BY step_known.place;
