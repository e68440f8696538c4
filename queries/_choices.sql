-- Made from queries/filters.py by python -m queries.filters_sql: change the declaration there, not this file.
-- NULL means everything, an empty list nothing; 'none' stands for a column that is empty.

-- Rows of active_hours with their lots, that only the rights and the filters outside the form's lists cut: years or months, what
-- counts in the total.
CREATE MACRO lot_hours_before_choices(scope, rights) AS TABLE
  SELECT
    lots.*,
    worked.employer_kind,
    worked.hours_validated,
    worked.hours_pending
  FROM active_hours(scope, rights) AS worked
  INNER JOIN lots ON worked.contract_id = lots.contract_id AND worked.lot_id = lots.lot_id
  WHERE
    lot_matches(rights, lots) -- noqa: RF02
    AND (scope['include_uncounted'] OR lots.counts_in_total);

-- One row per filter, value of it and group of hours that no other filter shuts out. hours: validated and pending.
CREATE MACRO choices_in_scope(scope, rights) AS TABLE
  WITH hours_by_group AS (
    SELECT
      structure,
      client_type,
      client_id,
      clause_category,
      coalesce(execution_commune, 'none') AS execution_commune,
      coalesce(sector, 'none') AS sector,
      coalesce(employer_kind, 'none') AS employer_kind,
      coalesce(programme, 'none') AS programme,
      coalesce(facilitator_code, 'none') AS facilitator_code,
      coalesce(purchase_kind, 'none') AS purchase_kind,
      coalesce(contractor, 'none') AS contractor,
      sum(hours_validated + hours_pending) AS hours
    FROM lot_hours_before_choices(scope, rights)
    GROUP BY
      structure,
      client_type,
      client_id,
      clause_category,
      coalesce(execution_commune, 'none'),
      coalesce(sector, 'none'),
      coalesce(employer_kind, 'none'),
      coalesce(programme, 'none'),
      coalesce(facilitator_code, 'none'),
      coalesce(purchase_kind, 'none'),
      coalesce(contractor, 'none')
  ),

  shut_out AS (
    SELECT
      *,
      shuts_out(scope['structures'], structure)
      + shuts_out(scope['client_types'], client_type)
      + shuts_out(scope['clients'], client_id)
      + shuts_out(scope['clause_categories'], clause_category)
      + shuts_out(scope['execution_communes'], execution_commune)
      + shuts_out(scope['sectors'], sector)
      + shuts_out(scope['employer_kinds'], employer_kind)
      + shuts_out(scope['programmes'], programme)
      + shuts_out(scope['facilitators'], facilitator_code)
      + shuts_out(scope['purchase_kinds'], purchase_kind)
      + shuts_out(scope['contractors'], contractor) AS filters_against
    FROM hours_by_group
  )

  SELECT
    'structures' AS field,
    structure AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['structures'], structure) AND structure IS NOT NULL
  UNION ALL
  SELECT
    'client_types' AS field,
    client_type AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['client_types'], client_type)
  UNION ALL
  SELECT
    'clients' AS field,
    client_id AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['clients'], client_id)
  UNION ALL
  SELECT
    'clause_categories' AS field,
    clause_category AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['clause_categories'], clause_category)
  UNION ALL
  SELECT
    'execution_communes' AS field,
    execution_commune AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['execution_communes'], execution_commune)
  UNION ALL
  SELECT
    'sectors' AS field,
    sector AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['sectors'], sector)
  UNION ALL
  SELECT
    'employer_kinds' AS field,
    employer_kind AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['employer_kinds'], employer_kind)
  UNION ALL
  SELECT
    'programmes' AS field,
    programme AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['programmes'], programme)
  UNION ALL
  SELECT
    'facilitators' AS field,
    facilitator_code AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['facilitators'], facilitator_code)
  UNION ALL
  SELECT
    'purchase_kinds' AS field,
    purchase_kind AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['purchase_kinds'], purchase_kind)
  UNION ALL
  SELECT
    'contractors' AS field,
    contractor AS value,
    hours
  FROM shut_out
  WHERE filters_against = shuts_out(scope['contractors'], contractor);
