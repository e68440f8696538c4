-- Made from queries/filters.py by python -m queries.filters_sql: change the declaration there, not this file.
-- NULL means everything, an empty list nothing; 'none' stands for a column that is empty.
-- `lot`, `line`, `contract`: the alias of a table that has these columns. DuckDB folds them as if each column were written out:
-- row groups are still skipped (tests/queries/test_engine.py).

-- Whether the filters on lots keep a lot, or a row with the columns of its lot.
CREATE MACRO lot_matches(scope, lot) AS (
  (scope['include_uncounted'] OR lot.counts_in_total)
  AND (scope['structures'] IS NULL OR list_contains(scope['structures'], lot.structure))
  AND (scope['client_types'] IS NULL OR list_contains(scope['client_types'], lot.client_type))
  AND (scope['clients'] IS NULL OR list_contains(scope['clients'], lot.client_id))
  AND (scope['clause_categories'] IS NULL OR list_contains(scope['clause_categories'], lot.clause_category))
  AND (scope['execution_communes'] IS NULL OR list_contains(scope['execution_communes'], coalesce(lot.execution_commune, 'none')))
  AND (scope['sectors'] IS NULL OR list_contains(scope['sectors'], coalesce(lot.sector, 'none')))
  AND (scope['programmes'] IS NULL OR list_contains(scope['programmes'], coalesce(lot.programme, 'none')))
  AND (scope['facilitators'] IS NULL OR list_contains(scope['facilitators'], coalesce(lot.facilitator_code, 'none')))
  AND (scope['purchase_kinds'] IS NULL OR list_contains(scope['purchase_kinds'], coalesce(lot.purchase_kind, 'none')))
  AND (scope['contractors'] IS NULL OR list_contains(scope['contractors'], coalesce(lot.contractor, 'none')))
);

-- Whether the filters on lines of hours keep a line. The years apart: see year_matches.
CREATE MACRO line_matches(scope, line) AS (
  (scope['employer_kinds'] IS NULL OR list_contains(scope['employer_kinds'], coalesce(line.employer_kind, 'none')))
);

-- Whether no filter on lines of hours is set, the years apart.
CREATE MACRO every_line_matches(scope) AS (
  scope['employer_kinds'] IS NULL
);

-- Whether the filter on structures keeps a structure, or a row with its code.
CREATE MACRO structure_matches(scope, territory) AS (
  (scope['structures'] IS NULL OR list_contains(scope['structures'], territory.structure))
);

-- Whether the filters keep a notified contract; the DECP have the columns of few of them.
CREATE MACRO notified_matches(scope, contract) AS (
  (scope['client_types'] IS NULL OR list_contains(scope['client_types'], contract.client_type))
  AND (scope['clients'] IS NULL OR list_contains(scope['clients'], contract.client_id))
);

-- Whether rights open notified contracts: limited by a column that the DECP do not have, they open none.
CREATE MACRO notified_is_open(rights) AS (
  rights['structures'] IS NULL
  AND rights['execution_communes'] IS NULL
  AND rights['facilitators'] IS NULL
);

-- Whether nothing but years and clients is filtered: only then do opening balances enter, which know nothing else.
CREATE MACRO is_of_clients(scope) AS (
  scope['structures'] IS NULL
  AND scope['client_types'] IS NULL
  AND scope['clause_categories'] IS NULL
  AND scope['execution_communes'] IS NULL
  AND scope['sectors'] IS NULL
  AND scope['employer_kinds'] IS NULL
  AND scope['programmes'] IS NULL
  AND scope['facilitators'] IS NULL
  AND scope['purchase_kinds'] IS NULL
  AND scope['contractors'] IS NULL
);

-- Whether nothing but years is filtered.
CREATE MACRO is_whole(scope) AS (
  is_of_clients(scope)
  AND scope['clients'] IS NULL
);

-- One row per lot, year and columns of the filters on lines, with a line of hours that is not rejected: what adds up by years is
-- read here, in a tenth of the rows. A rejected line has no hours. Its name differs from the temporary tables of
-- queries/secrecy/exact.py, which would hide it.
CREATE TABLE active_lot_years AS
SELECT
  contract_id,
  lot_id,
  CAST(year(month) AS INTEGER) AS year,
  employer_kind,
  sum(hours_validated) AS hours_validated,
  sum(hours_pending) AS hours_pending
FROM hours_monthly
WHERE status <> 'rejected'
GROUP BY
  contract_id,
  lot_id,
  CAST(year(month) AS INTEGER),
  employer_kind;

-- Rows of active_lot_years in the years of a scope, that the filters on lines of the rights keep; of hours_monthly where months
-- are set. One of the two is never read: what its filter comes to is known before.
CREATE MACRO active_hours(scope, rights) AS TABLE
  SELECT
    contract_id,
    lot_id,
    employer_kind,
    hours_validated,
    hours_pending
  FROM active_lot_years
  WHERE NOT has_months(scope) AND line_matches(rights, active_lot_years) AND year_matches(scope, year)
  UNION ALL
  SELECT
    contract_id,
    lot_id,
    employer_kind,
    hours_validated,
    hours_pending
  FROM hours_monthly
  WHERE
    has_months(scope)
    AND status <> 'rejected'
    AND line_matches(rights, hours_monthly)
    AND month_matches(scope, month);
