-- Comment se nomment les maîtres d’ouvrage, les communes et les titulaires que les filtres proposent ?
-- Grain: one row per client, execution commune, holder of a contract, structure of an observatory that the reader may see
-- Columns:
--   field VARCHAR: clients, execution_communes, contractors or structures
--   value VARCHAR: client_id, INSEE code, SIRET of the holder, else its name; code of the structure
--   name VARCHAR: its name; the code when the reference data does not know it
--   sirets VARCHAR?: SIRETs of the client or holder, for searching; NULL for a commune and a structure
-- Order: field, name (on the town’s name), value
-- Note: the filters of the scope do not apply, the rights of the reader do.
SELECT
  'clients' AS field,
  client_id AS value,
  min(client_name) AS name,
  string_agg(DISTINCT client_siret, ' ' ORDER BY client_siret) AS sirets
FROM lots_in_scope($rights)
GROUP BY client_id
UNION ALL
SELECT
  'execution_communes' AS field,
  allowed.execution_commune AS value,
  coalesce(min(communes.commune_name), allowed.execution_commune) AS name,
  NULL AS sirets
FROM lots_in_scope($rights) AS allowed
LEFT JOIN communes ON allowed.execution_commune = communes.commune
WHERE allowed.execution_commune IS NOT NULL
GROUP BY allowed.execution_commune
UNION ALL
SELECT
  'contractors' AS field,
  contractor AS value,
  coalesce(min(contractor_name), contractor) AS name,
  min(contractor_siret) AS sirets
FROM lots_in_scope($rights)
WHERE contractor IS NOT NULL
GROUP BY contractor
UNION ALL
SELECT
  'structures' AS field,
  structure AS value,
  structure_name AS name,
  NULL AS sirets
FROM structures_in_scope($rights)
ORDER BY field, sorting_name(name), value;
