-- The only place where filters and rights apply, by the macros of _period.sql and _filters.sql. NULL means everything, an empty
-- list nothing. Where a column may be empty, the code 'none' in a filter means "non renseigné".
-- Filters on a lot (client, clause, commune…) narrow lots and hours alike. Filters on a line (years worked, `of_line`) narrow
-- hours to such lines, and lots to those that were active in the years, that have such hours: counts, obligations and completion
-- cover these lots, over their whole life.
--
-- A scope is a STRUCT of first_year, last_year INTEGER, of first_month, last_month DATE (the years are then those that they
-- touch), of VARCHAR[] for each list of codes, and of include_uncounted BOOLEAN; rights are one too. Parameters have no type:
-- DuckDB would put a cast of the whole STRUCT at each of their uses, which took two thirds of the time of a question (headline:
-- 86 ms against 32). A field that is missing, misspelt or of another type is refused all the same.

-- One row per lot in scope: of those that the filters on lots keep, the ones active in the years or months, by their dates or by
-- a line of hours, and with a line that the filters on lines keep.
CREATE MACRO lots_in_scope(scope) AS TABLE
  WITH with_lines AS (
    SELECT
      contract_id,
      lot_id
    FROM active_hours(scope, scope)
  )

  SELECT *
  FROM lots
  WHERE
    lot_matches(scope, lots)
    AND (
      (every_line_matches(scope) AND dates_match(scope, lots))
      OR (contract_id, lot_id) IN (
        SELECT
          with_lines.contract_id,
          with_lines.lot_id
        FROM with_lines
      )
    );

-- The hours done before the release begins: one row per client that the settings have a balance of, one without
-- a client for the rest. Nothing else is known of them: any filter but on clients leaves none.
CREATE MACRO opening_in_scope(scope) AS TABLE
  SELECT
    client_id,
    hours
  FROM opening_balances
  WHERE is_of_clients(scope) AND (scope['clients'] IS NULL OR list_contains(scope['clients'], client_id));

-- One row of the rollup, every year: what running totals are made of.
CREATE MACRO history_in_scope(scope) AS TABLE
  SELECT
    *,
    CAST(year(month) AS INTEGER) AS year
  FROM hours_monthly
  WHERE
    lot_matches(scope, hours_monthly)
    AND line_matches(scope, hours_monthly);

-- One row of the rollup in the years or months of the scope: what everything that adds up reads.
CREATE MACRO hours_in_scope(scope) AS TABLE
  SELECT *
  FROM history_in_scope(scope)
  WHERE year_matches(scope, year(month)) AND month_matches(scope, month);

-- One row per lot in scope with its hours. hours_validated and hours_pending follow every filter; hours_to_date is the whole life
-- of the lot, what its completion and its pace are computed on.
CREATE MACRO lot_hours_in_scope(scope) AS TABLE
  WITH hours_by_lot AS (
    SELECT
      contract_id,
      lot_id,
      sum(hours_validated) AS hours_validated,
      sum(hours_pending) AS hours_pending
    FROM active_hours(scope, scope)
    GROUP BY contract_id, lot_id
  )

  SELECT
    in_scope.*,
    lot_lives.last_month,
    lot_lives.best_per_month,
    coalesce(lot_lives.hours_to_date, 0) AS hours_to_date,
    coalesce(lot_lives.pending_to_date, 0) AS pending_to_date,
    coalesce(lot_lives.complete_hours, 0) AS complete_hours,
    coalesce(hours_by_lot.hours_validated, 0) AS hours_validated,
    coalesce(hours_by_lot.hours_pending, 0) AS hours_pending,
    CASE WHEN in_scope.is_notified THEN in_scope.hours_committed END AS notified_committed,
    CASE WHEN in_scope.is_rated THEN in_scope.hours_committed END AS rated_committed,
    CASE WHEN in_scope.is_rated THEN coalesce(lot_lives.hours_to_date, 0) END AS rated_hours
  FROM lots_in_scope(scope) AS in_scope
  LEFT JOIN lot_lives ON in_scope.contract_id = lot_lives.contract_id AND in_scope.lot_id = lot_lives.lot_id
  LEFT JOIN hours_by_lot
    ON in_scope.contract_id = hours_by_lot.contract_id AND in_scope.lot_id = hours_by_lot.lot_id;

-- One row per contract notified in scope. Of the filters, the years (of notification) and those of notified_matches apply: the
-- DECP have no column for the others. Hence nothing for rights over communes, facilitators or structures.
CREATE MACRO notified_in_scope(scope, rights) AS TABLE
  SELECT *
  FROM notified_contracts
  WHERE
    notified_is_open(rights)
    AND notified_matches(rights, notified_contracts)
    AND notified_matches(scope, notified_contracts)
    AND year_matches(scope, year);

-- One row per year of notification and client: how many contracts were notified in scope and their amounts, those with a social
-- consideration, those reserved and for whom. NULL years and clients are rows of their own. Amounts are 0 when none is known.
CREATE MACRO notified_sums_in_scope(scope, rights) AS TABLE
  SELECT
    year,
    client_id,
    min(client_name) AS client_name,
    min(client_type) AS client_type,
    count(*) AS contracts,
    count(CASE WHEN has_social THEN 1 END) AS contracts_social,
    count(has_social) AS contracts_known,
    count(CASE WHEN condition = 'unspecified' THEN 1 END) AS contracts_unspecified,
    count(CASE WHEN notified_eur IS NULL THEN 1 END) AS contracts_valueless,
    count(CASE WHEN reserved_for IS NOT NULL THEN 1 END) AS contracts_reserved,
    count(CASE WHEN reserved_for = 'reserved_iae' THEN 1 END) AS contracts_reserved_iae,
    count(CASE WHEN reserved_for = 'reserved_disability' THEN 1 END) AS contracts_reserved_disability,
    count(CASE WHEN reserved_for IN ('reserved_ess', 'reserved_prison') THEN 1 END) AS contracts_reserved_other,
    count(CASE WHEN reserved_for = 'unknown' THEN 1 END) AS contracts_reserved_unknown,
    coalesce(sum(notified_eur), 0) AS amount_notified_eur,
    coalesce(sum(CASE WHEN has_social THEN notified_eur END), 0) AS amount_social_eur,
    coalesce(sum(CASE WHEN has_social IS NOT NULL THEN notified_eur END), 0) AS amount_known_eur,
    coalesce(sum(CASE WHEN is_framework THEN notified_eur END), 0) AS amount_framework_eur,
    coalesce(sum(CASE WHEN threshold_kind = 'concession' THEN notified_eur END), 0) AS amount_concession_eur,
    coalesce(sum(CASE WHEN reserved_for IS NOT NULL THEN notified_eur END), 0) AS amount_reserved_eur,
    coalesce(sum(CASE WHEN reserved_for = 'reserved_iae' THEN notified_eur END), 0) AS amount_reserved_iae_eur,
    coalesce(sum(CASE WHEN reserved_for = 'reserved_disability' THEN notified_eur END), 0) AS amount_reserved_disability_eur,
    coalesce(sum(CASE WHEN reserved_for IN ('reserved_ess', 'reserved_prison') THEN notified_eur END), 0)
      AS amount_reserved_other_eur,
    coalesce(sum(CASE WHEN reserved_for = 'unknown' THEN notified_eur END), 0) AS amount_reserved_unknown_eur
  FROM notified_in_scope(scope, rights)
  GROUP BY year, client_id;

-- One row per anomaly of the lots in scope; those of no known lot only for the whole. The lines of a person who has more than
-- 220 h in a month only where the lots in scope make them alone: else a reader would learn of hours elsewhere.
CREATE MACRO anomalies_in_scope(scope) AS TABLE
  WITH found_in_scope AS (
    SELECT
      anomalies_found.*,
      sum(anomalies_found.hours) OVER (PARTITION BY anomalies_found.case_no) AS hours_of_case
    FROM anomalies_found
    LEFT JOIN lots_in_scope(scope) AS in_scope
      ON anomalies_found.contract_id = in_scope.contract_id AND anomalies_found.lot_id = in_scope.lot_id
    WHERE is_whole(scope) OR in_scope.lot_id IS NOT NULL
  )

  SELECT *
  FROM found_in_scope
  WHERE case_no IS NULL OR hours_of_case > 220;

-- 1 when a filter shuts the value out, else 0.
CREATE MACRO shuts_out(allowed, value) AS (
  CASE WHEN allowed IS NULL OR list_contains(allowed, value) THEN 0 ELSE 1 END
);

-- The share of its time that a lot has spent on a day, from 0 to 1; NULL when a date is missing.
CREATE MACRO time_share(starts_on, ends_on, on_day) AS (
  CASE
    WHEN starts_on IS NULL OR ends_on IS NULL THEN CAST(NULL AS DOUBLE)
    WHEN on_day >= ends_on THEN CAST(1 AS DOUBLE)
    WHEN on_day <= starts_on THEN CAST(0 AS DOUBLE)
    ELSE ratio(date_diff('day', starts_on, on_day), date_diff('day', starts_on, ends_on))
  END
);

-- A ratio of two sums, exact to a double; NULL when there is nothing to divide by.
CREATE MACRO ratio(part, whole) AS (CAST(part AS DOUBLE) / nullif(CAST(whole AS DOUBLE), 0));

-- The change from a sum to another, of the first: 0.5 for half as much again; NULL when there was nothing.
CREATE MACRO change(before, after) AS (ratio(after - before, before));

-- What a name is sorted on: the town of a "Ville d’Elbeuf", without accents or capitals. As `sorting_name` in data/words.py.
CREATE MACRO sorting_name(name) AS (
  lower(
    strip_accents(
      regexp_replace(name, '^(ville|commune|mairie|ccas)\s+(de\s+la\s+|de\s+l[''’]|des\s+|du\s+|de\s+|d[''’])', '', 'i')
    )
  )
);

-- One row per structure of an observatory that has a lot in scope: its name, the date of its data. None of a single authority,
-- whose lots have no such column in the copies of readers' SQL.
CREATE MACRO structures_in_scope(scope) AS TABLE
  SELECT *
  FROM structures
  WHERE structure IN (SELECT structure FROM lots_in_scope(scope)) -- noqa: RF02
  ORDER BY structure;
