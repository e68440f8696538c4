-- Combien d’heures pour chaque type de contrat de travail ?
-- Grain: one row per work contract type with a line of hours in scope, and one for the lines that do not say (NULL)
-- Columns:
--   work_contract_type VARCHAR?: its code; NULL when not filled in
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
-- Order: work_contract_type, the NULL row last
SELECT
  work_contract_type,
  coalesce(sum(hours_validated), 0) AS hours_validated,
  ratio(sum(hours_validated), sum(sum(hours_validated)) OVER ()) AS share_ratio
FROM hours_in_scope($scope)
GROUP BY work_contract_type
ORDER BY work_contract_type NULLS LAST;
