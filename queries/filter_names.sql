-- Comment se nomment les maîtres d’ouvrage et les communes que les filtres proposent ?
-- Grain: one row per client, per execution commune of the release
-- Columns:
--   field VARCHAR: clients or execution_communes
--   value VARCHAR: client_id or INSEE code
--   name VARCHAR: its name; the code when the reference data does not know it
--   sirets VARCHAR: SIRETs of the client, for searching; NULL for a commune
-- Order: field, name, value
-- Note: a filter on clients, communes or facilitators applies, as rights do; no other does.
SELECT
  'clients' AS field,
  client_id AS value,
  min(client_name) AS name,
  string_agg(DISTINCT client_siret, ' ' ORDER BY client_siret) AS sirets
FROM lots_within($scope)
GROUP BY client_id
UNION ALL
SELECT
  'execution_communes' AS field,
  lots.execution_commune AS value,
  coalesce(min(communes.commune_name), lots.execution_commune) AS name,
  NULL AS sirets
FROM lots_within($scope) AS lots
LEFT JOIN communes ON lots.execution_commune = communes.commune
WHERE lots.execution_commune IS NOT NULL
GROUP BY lots.execution_commune
ORDER BY field, name COLLATE fr, value;
