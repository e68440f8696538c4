-- Quels choix de filtre mènent à des données, et à combien d’heures ?
-- Grain: one row per filter of the form × value that has hours, validated or pending, under all the other filters
-- Columns:
--   field VARCHAR: field of the scope
--   value VARCHAR: value of the filter; 'none' for the rows where the column is empty
--   hours DECIMAL(38,2) h: validated and pending hours under the other filters and this value
-- Order: field, value
-- Note: one pass over the rollup; a group of hours belongs to the choices of a filter when no other filter shuts it out.
WITH hours_by_group AS (
  SELECT
    client_id,
    client_type,
    clause_category,
    coalesce(execution_commune, 'none') AS execution_commune,
    coalesce(sector, 'none') AS sector,
    coalesce(programme, 'none') AS programme,
    coalesce(employer_kind, 'none') AS employer_kind,
    sum(hours_validated + hours_pending) AS hours
  FROM lines_before_choices($scope, $rights)
  GROUP BY
    client_id, client_type, clause_category, coalesce(execution_commune, 'none'), coalesce(sector, 'none'),
    coalesce(programme, 'none'), coalesce(employer_kind, 'none')
),

shut_out AS (
  SELECT
    *,
    shuts_out($scope['clients'], client_id)
    + shuts_out($scope['client_types'], client_type)
    + shuts_out($scope['clause_categories'], clause_category)
    + shuts_out($scope['execution_communes'], execution_commune)
    + shuts_out($scope['sectors'], sector)
    + shuts_out($scope['programmes'], programme)
    + shuts_out($scope['employer_kinds'], employer_kind) AS filters_against
  FROM hours_by_group
),

choices AS (
  SELECT
    'clients' AS field,
    client_id AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out($scope['clients'], client_id)
  UNION ALL
  SELECT
    'client_types' AS field,
    client_type AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out($scope['client_types'], client_type)
  UNION ALL
  SELECT
    'clause_categories' AS field,
    clause_category AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out($scope['clause_categories'], clause_category)
  UNION ALL
  SELECT
    'execution_communes' AS field,
    execution_commune AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out($scope['execution_communes'], execution_commune)
  UNION ALL
  SELECT
    'sectors' AS field,
    sector AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out($scope['sectors'], sector)
  UNION ALL
  SELECT
    'programmes' AS field,
    programme AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out($scope['programmes'], programme)
  UNION ALL
  SELECT
    'employer_kinds' AS field,
    employer_kind AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out($scope['employer_kinds'], employer_kind)
)

SELECT
  field,
  value,
  sum(hours) AS hours
FROM choices
GROUP BY field, value
HAVING sum(hours) <> 0
ORDER BY field, value;
