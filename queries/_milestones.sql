-- What milestones are made of.

-- One row per milestone that the reader may see: all for readers with all rights, else those of a client seen whole. The hours
-- of a part would be compared with the target of the whole.
CREATE MACRO milestones_in_scope(rights) AS TABLE
  SELECT *
  FROM milestones
  WHERE
    is_whole(rights)
    OR (
      list_contains(rights['clients'], client) AND rights['execution_communes'] IS NULL AND rights['facilitators'] IS NULL
      AND rights['structures'] IS NULL
    );

-- One row per milestone × month with lines: the hours of its measure in that month, within the scope and the milestone's own
-- client and clause, and those that count toward its target: a milestone of one year has the others for its pace only. What
-- running lots still owe stands in the month of their commitment.
CREATE MACRO milestone_months(scope) AS TABLE
  WITH history AS (
    SELECT
      month,
      client_id,
      clause_category,
      sum(hours_validated) AS hours
    FROM history_in_scope(scope)
    GROUP BY month, client_id, clause_category
  ),

  -- Read once for what was committed and for what is still owed.
  lots_by_month AS (
    SELECT
      committed_month AS month,
      client_id,
      clause_category,
      notified_year AS year,
      sum(CASE WHEN is_notified THEN hours_committed END) AS hours,
      sum(still_owed_hours) AS owed_hours
    FROM lots_in_scope(without_years(scope))
    GROUP BY committed_month, client_id, clause_category, notified_year
  ),

  worked AS (
    SELECT
      'validated' AS measure,
      month,
      client_id,
      clause_category,
      year(month) AS year,
      hours,
      CAST(NULL AS DECIMAL(18, 2)) AS owed_hours,
      month AS declared_month
    FROM history
    UNION ALL
    SELECT
      'committed' AS measure,
      month,
      client_id,
      clause_category,
      year,
      hours,
      CAST(NULL AS DECIMAL(18, 2)) AS owed_hours,
      month AS declared_month
    FROM lots_by_month
    UNION ALL
    SELECT
      'validated' AS measure,
      month,
      client_id,
      clause_category,
      year,
      CAST(NULL AS DECIMAL(18, 2)) AS hours,
      owed_hours,
      CAST(NULL AS DATE) AS declared_month
    FROM lots_by_month
    WHERE owed_hours > 0
  )

  SELECT
    milestones.milestone,
    worked.month,
    sum(worked.hours) AS hours,
    sum(CASE WHEN milestones.year IS NULL OR worked.year = milestones.year THEN worked.hours END) AS toward_hours,
    sum(worked.owed_hours) AS owed_hours,
    max(worked.declared_month) AS declared_month
  FROM worked
  INNER JOIN milestones
    ON
      worked.measure = milestones.measure
      AND (milestones.client IS NULL OR worked.client_id = milestones.client)
      AND (milestones.clause_category IS NULL OR worked.clause_category = milestones.clause_category)
  GROUP BY milestones.milestone, worked.month;
