-- Combien d’heures dans chaque commune d’exécution ?
-- Grain: one row per execution commune that has a lot in scope, and one for the lots in several or unknown communes (NULL)
-- Columns:
--   execution_commune VARCHAR?: INSEE code; NULL for several or unknown
--   commune_name VARCHAR?: its name in the reference data
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   population BIGINT? inhabitants: municipal population; NULL outside the territory
--   hours_per_1000 DOUBLE? h: hours for 1000 inhabitants
--   lots BIGINT lots: lots
--   is_member BOOLEAN: whether the commune is of the territory: of the structures that are filtered, else the whole one
-- Order: is_member first, then commune_name, execution_commune, the NULL row last
-- Note: where the works take place, never where the client or the person lives.
WITH hours_by_code AS (
  SELECT
    execution_commune,
    sum(hours_validated) AS hours_validated,
    count(*) AS lots
  FROM lot_hours_in_scope($scope)
  GROUP BY execution_commune
)

SELECT
  hours_by_code.execution_commune,
  communes.commune_name,
  hours_by_code.hours_validated,
  ratio(hours_by_code.hours_validated, sum(hours_by_code.hours_validated) OVER ()) AS share_ratio,
  communes.population,
  ratio(hours_by_code.hours_validated * 1000, communes.population) AS hours_per_1000,
  hours_by_code.lots,
  communes.population IS NOT NULL AS is_member
FROM hours_by_code
LEFT JOIN communes_in_scope($scope) AS communes ON hours_by_code.execution_commune = communes.commune
ORDER BY
  is_member DESC, communes.commune_name COLLATE fr ASC NULLS LAST, hours_by_code.execution_commune ASC NULLS LAST;
