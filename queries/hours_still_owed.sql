-- Combien d’heures les marchés en cours doivent-ils encore, et jusqu’à quand ?
-- Grain: one row per month from the one after the data date to the last end of a running lot, then one for ends that are past
-- or unknown
-- Columns:
--   month DATE? month: first day of the month; NULL for the lots whose end is past or unknown
--   owed_hours DECIMAL(18,2) h: what running lots still owe, in equal parts over the months to their end
--   cumulative_owed_hours DECIMAL(18,2) h: the same up to the month; all of it in the last row
--   lots BIGINT: running lots that owe hours in the month
-- Order: month, the NULL row last
-- Note: obligations in hours less the validated hours of the whole life of each lot, whatever the years of the scope. Ten
-- years at most: what is owed beyond stands in the last month.
WITH owing AS (
  SELECT
    in_scope.still_owed_hours,
    greatest(0, least(120, date_diff('month', release.data_as_of, coalesce(in_scope.ends_on, release.data_as_of))))
      AS months_left
  FROM lots_in_scope(without_years($scope)) AS in_scope
  CROSS JOIN release
  WHERE in_scope.still_owed_hours > 0
),

by_end AS (
  SELECT
    months_left,
    sum(still_owed_hours) AS still_owed_hours,
    count(*) AS lots
  FROM owing
  GROUP BY months_left
),

by_month AS (
  SELECT
    horizons.k,
    sum(CAST(by_end.still_owed_hours AS DOUBLE) / nullif(greatest(by_end.months_left, 1), 0)) AS owed_hours,
    sum(by_end.lots) AS lots
  FROM horizons
  INNER JOIN by_end ON horizons.k <= by_end.months_left AND (horizons.k > 0 OR by_end.months_left = 0)
  GROUP BY horizons.k
)

SELECT
  CASE WHEN by_month.k > 0 THEN months_later(date_trunc('month', release.data_as_of), by_month.k) END AS month,
  CAST(by_month.owed_hours AS DECIMAL(18, 2)) AS owed_hours,
  CAST(
    sum(by_month.owed_hours)
      OVER (
        ORDER BY CASE WHEN by_month.k > 0 THEN by_month.k ELSE 999 END
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      )
    AS DECIMAL(18, 2)
  ) AS cumulative_owed_hours,
  CAST(by_month.lots AS BIGINT) AS lots
FROM by_month
CROSS JOIN release
ORDER BY CASE WHEN by_month.k > 0 THEN by_month.k ELSE 999 END;
