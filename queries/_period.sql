-- Which years and months a scope keeps. NULL is no end.

CREATE MACRO year_matches(scope, year) AS (
  (scope['first_year'] IS NULL OR year >= scope['first_year'])
  AND (scope['last_year'] IS NULL OR year <= scope['last_year'])
);

-- Whether a range of months is set: first days of months.
CREATE MACRO has_months(scope) AS (
  scope['first_month'] IS NOT NULL OR scope['last_month'] IS NOT NULL
);

-- Whether the months of the scope keep a month; the years apart.
CREATE MACRO month_matches(scope, month) AS (
  (scope['first_month'] IS NULL OR month >= scope['first_month'])
  AND (scope['last_month'] IS NULL OR month <= scope['last_month'])
);

-- Whether the dates of a lot overlap the years and the months.
CREATE MACRO dates_match(scope, lot) AS (
  (scope['first_year'] IS NULL OR year(lot.active_to) >= scope['first_year'])
  AND (scope['last_year'] IS NULL OR year(lot.active_from) <= scope['last_year'])
  AND (scope['first_month'] IS NULL OR lot.active_to >= scope['first_month'])
  AND (scope['last_month'] IS NULL OR CAST(date_trunc('month', lot.active_from) AS DATE) <= scope['last_month'])
);

-- The same scope over its whole history.
CREATE MACRO without_years(scope) AS (
  struct_update(
    scope,
    first_year := CAST(NULL AS INTEGER),
    last_year := CAST(NULL AS INTEGER),
    first_month := CAST(NULL AS DATE),
    last_month := CAST(NULL AS DATE)
  )
);
