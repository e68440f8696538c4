-- Combien d’heures pour chaque modalité, c’est-à-dire chaque nature d’employeur ?
-- Grain: one row per employer kind with a line of hours in scope, and one for the lines that do not say (NULL)
-- Columns:
--   employer_kind VARCHAR?: its code; NULL when not filled in
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
-- Order: employer_kind, the NULL row last
SELECT
  employer_kind,
  coalesce(sum(hours_validated), 0) AS hours_validated,
  ratio(sum(hours_validated), sum(sum(hours_validated)) OVER ()) AS share_ratio
FROM hours_in_scope($scope)
GROUP BY employer_kind
ORDER BY employer_kind NULLS LAST;
