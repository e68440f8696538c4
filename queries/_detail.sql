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

-- One row per line of hours in scope, of the lots found: all that may be shown line by line. A line is the work of one person,
-- so nothing is here that tells who, or that joins two lines of the same person: no column that data/schema.py calls personal, no
-- number of the line (a source may make it from that of the work contract), no SIRET of the employer (with the lot and the month
-- it may point at a single employee), no training hours, no reason of a rejection.
CREATE MACRO lines_found(scope, search VARCHAR) AS TABLE
  SELECT
    hours.month,
    found.client_id,
    found.client_name,
    hours.contract_id,
    hours.lot_id,
    found.contract_ref,
    found.subject,
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
  INNER JOIN lots_found(scope, search) AS found ON hours.contract_id = found.contract_id AND hours.lot_id = found.lot_id
  WHERE line_matches(scope, hours) AND year_matches(scope, year(hours.month));
