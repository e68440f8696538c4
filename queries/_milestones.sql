-- What milestones are made of.

-- One row per milestone that the reader may see: all for who sees everything, else those of a client seen whole. The hours
-- of a part would be compared with the target of the whole.
CREATE MACRO milestones_in_scope(rights) AS TABLE
  SELECT *
  FROM milestones
  WHERE
    is_whole(rights)
    OR (
      list_contains(rights['clients'], client) AND rights['execution_communes'] IS NULL AND rights['facilitators'] IS NULL
    );

-- One row per milestone × month: the hours of its measure in that month, within the scope and the milestone's own narrowing.
CREATE MACRO milestone_months(scope) AS TABLE
  SELECT
    milestones.milestone,
    history.month,
    sum(history.hours_validated) AS hours
  FROM history_in_scope(scope) AS history
  INNER JOIN milestones
    ON
      (milestones.client IS NULL OR history.client_id = milestones.client)
      AND (milestones.clause_category IS NULL OR history.clause_category = milestones.clause_category)
      AND (milestones.year IS NULL OR history.year = milestones.year)
  WHERE milestones.measure = 'validated'
  GROUP BY milestones.milestone, history.month
  UNION ALL
  SELECT
    milestones.milestone,
    in_scope.committed_month AS month,
    sum(in_scope.hours_committed) AS hours
  FROM lots_in_scope(without_years(scope)) AS in_scope
  INNER JOIN milestones
    ON
      (milestones.client IS NULL OR in_scope.client_id = milestones.client)
      AND (milestones.clause_category IS NULL OR in_scope.clause_category = milestones.clause_category)
      AND (milestones.year IS NULL OR milestones.year = in_scope.notified_year)
  WHERE milestones.measure = 'committed' AND in_scope.is_notified
  GROUP BY milestones.milestone, in_scope.committed_month;

-- One row per milestone × month of the release: hours of the month, running total, hours of the twelve months that end there. The
-- opening balance enters for a milestone over all validated hours, when only years are filtered.
CREATE MACRO milestone_running(scope) AS TABLE
  WITH opening AS (
    SELECT
      milestones.milestone,
      CASE
        WHEN
          is_whole(scope) AND milestones.measure = 'validated'
          AND milestones.client IS NULL AND milestones.clause_category IS NULL AND milestones.year IS NULL
          THEN settings.opening_hours
        ELSE 0
      END AS opening_hours
    FROM milestones
    CROSS JOIN settings
  )

  SELECT
    opening.milestone,
    opening.opening_hours,
    months.month,
    months.provisional,
    coalesce(by_month.hours, 0) AS hours,
    opening.opening_hours + sum(coalesce(by_month.hours, 0)) OVER (
      PARTITION BY opening.milestone ORDER BY months.month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS cumulative_hours,
    sum(coalesce(by_month.hours, 0)) OVER (
      PARTITION BY opening.milestone ORDER BY months.month ROWS BETWEEN 11 PRECEDING AND CURRENT ROW
    ) AS twelve_month_hours,
    -- Months since the first hours of this milestone: a pace needs twelve of them.
    sum(CASE WHEN by_month.hours <> 0 THEN 1 ELSE 0 END) OVER (
      PARTITION BY opening.milestone ORDER BY months.month ROWS BETWEEN UNBOUNDED PRECEDING AND 11 PRECEDING
    ) > 0 AS has_twelve_months
  FROM opening
  CROSS JOIN months
  LEFT JOIN milestone_months(scope) AS by_month
    ON opening.milestone = by_month.milestone AND months.month = by_month.month;

-- The month that lies that many hours away at that yearly pace, not before the data date; NULL when the pace is nil or the way
-- longer than forty years: no line to infinity.
CREATE MACRO month_reached(last_complete, missing_hours, yearly_hours, data_as_of) AS (
  CASE
    WHEN yearly_hours > 0 AND missing_hours BETWEEN 0 AND 40 * yearly_hours
      THEN greatest(
        CAST(last_complete + to_months(CAST(ceil(ratio(missing_hours * 12, yearly_hours)) AS INTEGER)) AS DATE),
        CAST(date_trunc('month', data_as_of) AS DATE)
      )
  END
);

-- The status word of a milestone of one year, not reached: what its complete months have done against their share of the year;
-- late once the year is over.
CREATE MACRO year_status(target_year, complete_months, complete_hours, target_hours, last_complete) AS (
  CASE
    WHEN last_complete >= make_date(target_year, 12, 1) THEN 'late'
    WHEN complete_months < 3 THEN 'too_early'
    WHEN complete_hours * 12 >= target_hours * complete_months * 1.05 THEN 'ahead'
    WHEN complete_hours * 12 >= target_hours * complete_months * 0.95 THEN 'on_track'
    ELSE 'late'
  END
);

-- The status word of a milestone of all time, not reached, against the date to keep when it has one: late once that date is past,
-- whatever the pace.
CREATE MACRO lasting_status(pace_hours, projected_month, projected_earliest, projected_latest, due_on, data_as_of) AS (
  CASE
    WHEN due_on < data_as_of THEN 'late'
    -- Fewer than twelve complete months have no pace.
    WHEN pace_hours IS NULL OR projected_month IS NULL THEN 'not_projectable'
    WHEN due_on IS NULL THEN 'projected'
    WHEN projected_earliest > due_on THEN 'late'
    WHEN projected_latest <= due_on THEN 'ahead'
    ELSE 'on_track'
  END
);
