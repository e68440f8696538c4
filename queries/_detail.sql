-- The detail: the lots that a search finds, and their lines of hours one by one.

-- A text for comparing: words in small letters without accents, a space between them.
CREATE MACRO plain_words(text) AS (trim(regexp_replace(lower(strip_accents(text)), '[^\p{L}\p{N}]+', ' ', 'g')));

-- Whether a text has all the words of a search; every text has those of an empty one, and is then not looked at.
CREATE MACRO has_words(text, search) AS (
  plain_words(search) = ''
  OR list_bool_and(list_transform(string_split(plain_words(search), ' '), LAMBDA word: contains(plain_words(text), word)))
);

-- A number of rows given as a text; `otherwise` when it is empty.
CREATE MACRO row_bound(text, otherwise) AS (coalesce(CAST(nullif(text, '') AS BIGINT), otherwise));

-- One row per lot in scope that has the words of a search in its subject, its numbers, its client or its holder.
CREATE MACRO lots_found(scope, search VARCHAR) AS TABLE
  SELECT *
  FROM lots_in_scope(scope)
  WHERE
    has_words(
      concat_ws(
        ' ', contract_id, lot_id, contract_ref, operation, subject, client_name, client_siret, contractor_name, contractor_siret
      ),
      search
    );

-- One row per lot that a search finds, with all that its contract says and the hours of the scope.
CREATE MACRO lots_listed(scope, search VARCHAR) AS TABLE
  SELECT
    in_scope.contract_id,
    in_scope.lot_id,
    in_scope.contract_ref,
    in_scope.operation,
    in_scope.subject,
    in_scope.client_id,
    in_scope.client_name,
    in_scope.client_siret,
    in_scope.client_type,
    in_scope.client_commune,
    client_communes.commune_name AS client_commune_name,
    in_scope.execution_commune,
    communes.commune_name,
    in_scope.contractor_name,
    in_scope.contractor_siret,
    in_scope.purchase_kind,
    in_scope.sector,
    in_scope.contract_form,
    in_scope.clause_category,
    in_scope.legal_basis,
    in_scope.award_weight_pct,
    in_scope.programme,
    in_scope.amount_eur,
    in_scope.obligation_kind,
    in_scope.obligation_pct,
    in_scope.hours_planned,
    in_scope.hours_committed_initial,
    in_scope.hours_committed,
    in_scope.amendment_count,
    in_scope.hours_validated,
    in_scope.hours_pending,
    in_scope.notified_on,
    in_scope.starts_on,
    in_scope.ends_on,
    in_scope.status,
    in_scope.closed_on,
    in_scope.counts_in_total,
    in_scope.penalty_eur,
    in_scope.facilitator_code
  FROM lot_hours_in_scope(scope) AS in_scope
  INNER JOIN lots_found(scope, search) AS listed
    ON in_scope.contract_id = listed.contract_id AND in_scope.lot_id = listed.lot_id
  LEFT JOIN communes ON in_scope.execution_commune = communes.commune
  LEFT JOIN communes AS client_communes ON in_scope.client_commune = client_communes.commune;

-- One row per line of hours in scope, of the matching lots: every column that may be displayed line by line. A line is the work
-- of one participant, so no column identifies a participant or joins two lines of the same participant: no column that
-- data/schema.py calls personal, no number of the line (a source may make it from that of the work contract), no SIRET of the
-- employer (with the lot and the month it may point at a single employee), no training hours, no reason of a rejection.
CREATE MACRO lines_found(scope, search VARCHAR) AS TABLE
  SELECT
    hours.month,
    listed.client_id,
    listed.client_name,
    hours.contract_id,
    hours.lot_id,
    listed.contract_ref,
    listed.subject,
    hours.employer_kind,
    hours.work_contract_type,
    hours.link,
    hours.status,
    hours.declared_on,
    hours.validated_on,
    hours.hours_declared,
    CASE WHEN hours.status = 'rejected' THEN CAST(0 AS DECIMAL(9, 2)) ELSE hours.hours_validated END AS hours_validated,
    CASE
      WHEN hours.status = 'declared' AND hours.hours_validated IS NULL THEN hours.hours_declared
      ELSE CAST(0 AS DECIMAL(9, 2))
    END AS hours_pending
  FROM hours
  INNER JOIN lots_found(scope, search) AS listed ON hours.contract_id = listed.contract_id AND hours.lot_id = listed.lot_id
  WHERE
    line_matches(scope, hours)
    AND year_matches(scope, year(hours.month))
    AND month_matches(scope, hours.month);
