-- Pour chaque type de clause, quels lots comptent dans le total, et combien d’heures n’y entrent pas ?
-- Grain: one row per clause category that has a lot in scope
-- Columns:
--   clause_category VARCHAR: stable code of the category
--   lots_counted BIGINT lots: lots whose hours enter the total
--   hours_counted DECIMAL(38,2) h: their accepted hours in the scope
--   lots_uncounted BIGINT lots: lots kept out of the total
--   hours_uncounted DECIMAL(38,2) h: their accepted hours in the scope
--   all_lots_uncounted BIGINT lots: lots kept out of the total, all categories together
--   all_hours_uncounted DECIMAL(38,2) h: their accepted hours in the scope
-- Order: clause_category
-- Note: ask with the uncounted lots included, else they are not in scope; counts_in_total is a local convention of the extract.
SELECT
  clause_category,
  count(CASE WHEN counts_in_total THEN 1 END) AS lots_counted,
  coalesce(sum(CASE WHEN counts_in_total THEN hours_validated END), 0) AS hours_counted,
  count(CASE WHEN NOT counts_in_total THEN 1 END) AS lots_uncounted,
  coalesce(sum(CASE WHEN NOT counts_in_total THEN hours_validated END), 0) AS hours_uncounted,
  CAST(sum(count(CASE WHEN NOT counts_in_total THEN 1 END)) OVER () AS BIGINT) AS all_lots_uncounted,
  coalesce(sum(sum(CASE WHEN NOT counts_in_total THEN hours_validated END)) OVER (), 0) AS all_hours_uncounted
FROM lot_hours_in_scope($scope)
GROUP BY clause_category
ORDER BY clause_category;
