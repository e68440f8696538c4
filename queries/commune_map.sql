-- Combien d’heures dans chaque commune du territoire, celles sans heures comprises, et combien ailleurs ?
-- Grain: one row per commune of the territory, then one for other communes, one for codes unknown to INSEE, one for the unlocated
-- Columns:
--   place VARCHAR: member, outside, unknown_code or unlocated
--   execution_commune VARCHAR?: INSEE code of a member; NULL in the three last rows
--   commune_name VARCHAR?: its name in the reference data
--   hours_validated DECIMAL(38,2) h: accepted hours in the scope, 0 where there are none
--   share_ratio DOUBLE? ratio: part of the validated hours of the scope
--   population BIGINT? inhabitants: municipal population of a member
--   hours_per_1000 DOUBLE? h: hours for 1000 inhabitants of a member
--   lots BIGINT lots: lots
--   place_hours DECIMAL(38,2) h: hours of all rows of the same place
--   place_share_ratio DOUBLE? ratio: their part of the validated hours of the scope
--   place_hours_per_1000 DOUBLE? h: hours for 1000 inhabitants of the whole place
-- Order: members in the order of their names, execution_commune; then outside, unknown_code, unlocated
-- Note: the territory is that of the structures that are filtered, else the whole one. Where the works take place, never
--   where the client or the person lives; unlocated: in several communes, or unknown.
WITH lot_places AS (
  SELECT
    in_scope.hours_validated,
    CASE
      WHEN in_scope.execution_commune IS NULL THEN 'unlocated'
      WHEN communes.commune IS NULL THEN 'unknown_code'
      WHEN communes.population IS NULL THEN 'outside'
      ELSE in_scope.execution_commune
    END AS place_id
  FROM lot_hours_in_scope($scope) AS in_scope
  LEFT JOIN communes_in_scope($scope) AS communes ON in_scope.execution_commune = communes.commune
),

hours_by_place AS (
  SELECT
    place_id,
    sum(hours_validated) AS hours_validated,
    count(*) AS lots
  FROM lot_places
  GROUP BY place_id
),

places AS (
  SELECT
    commune AS place_id,
    'member' AS place,
    commune AS execution_commune,
    commune_name,
    population
  FROM communes_in_scope($scope)
  WHERE population IS NOT NULL
  UNION ALL
  VALUES
  ('outside', 'outside', NULL, NULL, NULL),
  ('unknown_code', 'unknown_code', NULL, NULL, NULL),
  ('unlocated', 'unlocated', NULL, NULL, NULL)
),

complete AS (
  SELECT
    places.*,
    coalesce(hours_by_place.hours_validated, 0) AS hours_validated,
    coalesce(hours_by_place.lots, 0) AS lots,
    sum(coalesce(hours_by_place.hours_validated, 0)) OVER () AS all_hours,
    sum(coalesce(hours_by_place.hours_validated, 0)) OVER (PARTITION BY places.place) AS place_hours,
    sum(places.population) OVER (PARTITION BY places.place) AS place_population
  FROM places
  LEFT JOIN hours_by_place ON places.place_id = hours_by_place.place_id
)

SELECT
  place,
  execution_commune,
  commune_name,
  hours_validated,
  ratio(hours_validated, all_hours) AS share_ratio,
  population,
  ratio(hours_validated * 1000, population) AS hours_per_1000,
  lots,
  place_hours,
  ratio(place_hours, all_hours) AS place_share_ratio,
  ratio(place_hours * 1000, place_population) AS place_hours_per_1000
FROM complete
ORDER BY commune_name COLLATE fr ASC NULLS LAST, place ASC, execution_commune ASC;
