-- Combien d’heures dans chaque secteur ?
-- Grain: one row per sector of the lot with a line of hours in scope, and one for the lines that do not say (NULL)
-- Columns:
--   sector VARCHAR?: its code; NULL when not filled in
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
-- Order: sector, the NULL row last
SELECT
  sector,
  coalesce(sum(hours_validated), 0) AS hours_validated,
  ratio(sum(hours_validated), sum(sum(hours_validated)) OVER ()) AS share_ratio
FROM hours_in_scope($scope)
GROUP BY sector
ORDER BY sector NULLS LAST;
