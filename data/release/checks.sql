-- What a publish counts and weighs without stopping: one labelled SELECT per kind of data.codes.AnomalyKind.
-- Grain: one row per line of hours, or per lot. hours: the validated hours that count, of the line or of the whole lot.
-- Columns: origin, source_row, contract_id, lot_id, client_id, client_name, month, hours, detail (never about a person).
-- lines: what is published; lines_out: what is left out; lots: as published; communes: every INSEE code, former ones included.

-- name: duplicate_entry
-- A second line with the same entry_id. Left out of totals. The number is not repeated: a source may make it from that of the
-- work contract, and lines of one person could be joined.
SELECT
  origin,
  source_row,
  contract_id,
  lot_id,
  client_id,
  client_name,
  month,
  counted AS hours,
  NULL AS detail
FROM lines_out
WHERE is_duplicate;

-- name: hours_without_lot
-- No row of contracts has this contract_id and lot_id. Left out of totals.
SELECT
  origin,
  source_row,
  contract_id,
  lot_id,
  client_id,
  client_name,
  month,
  counted AS hours,
  concat_ws(' / ', contract_id, lot_id) AS detail
FROM lines_out
WHERE is_orphan;

-- name: lot_without_hours
-- A lot at work or closed, begun before the date of the data, without a single line.
SELECT
  lots.origin,
  lots.source_row,
  lots.contract_id,
  lots.lot_id,
  lots.client_id,
  lots.client_name,
  NULL AS month,
  0 AS hours,
  lots.status AS detail
FROM lots
INNER JOIN data_dates ON lots.structure IS NOT DISTINCT FROM data_dates.structure
ANTI JOIN lines ON lots.contract_id = lines.contract_id AND lots.lot_id = lines.lot_id
WHERE lots.status IN ('running', 'closed') AND lots.starts_on < data_dates.data_as_of;

-- name: hours_before_notification
SELECT
  origin,
  source_row,
  contract_id,
  lot_id,
  client_id,
  client_name,
  month,
  counted AS hours,
  CAST(notified_on AS VARCHAR) AS detail
FROM lines
WHERE month < date_trunc('month', notified_on);

-- name: hours_after_end
-- Three months of grace: the last declarations and corrections of a site come late.
SELECT
  origin,
  source_row,
  contract_id,
  lot_id,
  client_id,
  client_name,
  month,
  counted AS hours,
  CAST(ends_on AS VARCHAR) AS detail
FROM lines
WHERE month > date_trunc('month', ends_on) + INTERVAL 3 MONTH;

-- name: over_220_hours
-- Every line of a month in which one person has more validated hours than a month can hold. Participants are first separated by
-- a number drawn from their pseudonym: two may share it, so this suspects too many, never too few. A case is one person in one
-- month: a reader of some rows only sees it when those rows alone make more than 220 h. Grouping 100 million lines took
-- 21 s so, and 56 s by pseudonym, with more memory than there was.
WITH suspected AS MATERIALIZED (
  SELECT
    hash(participant_id) AS person_hash,
    month
  FROM lines
  WHERE participant_id IS NOT NULL
  GROUP BY hash(participant_id), month
  HAVING sum(CASE WHEN counted > 0 THEN counted END) > 220
),

suspected_lines AS MATERIALIZED (
  SELECT lines.*
  FROM lines
  SEMI JOIN suspected ON hash(lines.participant_id) = suspected.person_hash AND lines.month = suspected.month
),

crowded AS (
  SELECT
    participant_id,
    month,
    row_number() OVER (ORDER BY month, hash(participant_id)) AS case_no
  FROM suspected_lines
  GROUP BY participant_id, month
  HAVING sum(counted) > 220
)

SELECT
  suspected_lines.origin,
  suspected_lines.source_row,
  suspected_lines.contract_id,
  suspected_lines.lot_id,
  suspected_lines.client_id,
  suspected_lines.client_name,
  suspected_lines.month,
  suspected_lines.counted AS hours,
  NULL AS detail,
  crowded.case_no
FROM suspected_lines
INNER JOIN crowded ON suspected_lines.participant_id = crowded.participant_id AND suspected_lines.month = crowded.month;

-- name: negative_month
-- Corrections may be negative; a lot's whole month should not be. One row per lot and month, with its net hours.
SELECT
  NULL AS origin,
  NULL AS source_row,
  contract_id,
  lot_id,
  client_id,
  client_name,
  month,
  sum(counted) AS hours,
  NULL AS detail
FROM lines
GROUP BY contract_id, lot_id, client_id, client_name, month
HAVING sum(counted) < 0;

-- name: exit_to_come
-- An exit dated after the data: planned, and nobody has left. Its date is not repeated.
SELECT
  lines.origin,
  lines.source_row,
  lines.contract_id,
  lines.lot_id,
  lines.client_id,
  lines.client_name,
  lines.month,
  lines.counted AS hours,
  NULL AS detail
FROM lines
INNER JOIN data_dates ON lines.structure IS NOT DISTINCT FROM data_dates.structure
WHERE lines.exit_on > data_dates.data_as_of;

-- name: client_described_twice
-- A client has one name and one type, those of its latest lot: each lot that gives others, with both.
SELECT
  contracts_read.origin,
  contracts_read.source_row,
  contracts_read.contract_id,
  contracts_read.lot_id,
  contracts_read.client_id,
  lots.client_name,
  NULL AS month,
  coalesce(lot_hours.hours, 0) AS hours,
  concat(contracts_read.client_name, ' (', contracts_read.client_type, ') ≠ ', lots.client_name, ' (', lots.client_type, ')')
    AS detail
FROM contracts_read
INNER JOIN lots ON contracts_read.contract_id = lots.contract_id AND contracts_read.lot_id = lots.lot_id
LEFT JOIN lot_hours ON lots.contract_id = lot_hours.contract_id AND lots.lot_id = lot_hours.lot_id
WHERE contracts_read.client_name <> lots.client_name OR contracts_read.client_type <> lots.client_type;

-- name: unknown_commune
-- One row per column that holds a code INSEE never gave. The commune where a person lives is not repeated.
WITH weighed AS (
  SELECT
    lots.*,
    coalesce(lot_hours.hours, 0) AS weight
  FROM lots
  LEFT JOIN lot_hours ON lots.contract_id = lot_hours.contract_id AND lots.lot_id = lot_hours.lot_id
),

stated AS (
  SELECT
    origin,
    source_row,
    contract_id,
    lot_id,
    client_id,
    client_name,
    NULL AS month,
    weight AS hours,
    client_commune AS code,
    concat('client_commune ', client_commune) AS detail
  FROM weighed
  UNION ALL
  SELECT
    origin,
    source_row,
    contract_id,
    lot_id,
    client_id,
    client_name,
    NULL AS month,
    weight AS hours,
    execution_commune AS code,
    concat('execution_commune ', execution_commune) AS detail
  FROM weighed
  UNION ALL
  SELECT
    origin,
    source_row,
    contract_id,
    lot_id,
    client_id,
    client_name,
    month,
    counted AS hours,
    residence_commune AS code,
    'residence_commune' AS detail
  FROM lines
)

SELECT
  stated.origin,
  stated.source_row,
  stated.contract_id,
  stated.lot_id,
  stated.client_id,
  stated.client_name,
  stated.month,
  stated.hours,
  stated.detail
FROM stated
ANTI JOIN communes ON stated.code = communes.code
WHERE stated.code IS NOT NULL;

-- name: invalid_siret
-- Fourteen digits whose Luhn sum is a multiple of 10. La Poste's establishments (SIREN 356000000) follow another rule: the sum of
-- their digits is a multiple of 5. Each number is computed once, however many lines bear it. That of an employer is not repeated:
-- with the lot and the month it may point at a single employee.
WITH numbers AS (
  SELECT client_siret AS siret
  FROM lots
  UNION
  SELECT contractor_siret AS siret
  FROM lots
  UNION
  SELECT employer_siret AS siret
  FROM lines
),

places AS (
  SELECT
    siret,
    list_transform(range(1, 15), LAMBDA place: CAST(siret[place] AS INTEGER)) AS digits,
    -- From the right every second digit is doubled, so from the left those at odd places; 14 becomes 1 + 4.
    list_transform(range(1, 15, 2), LAMBDA place: CAST('0246813579'[CAST(siret[place] AS INTEGER) + 1] AS INTEGER)) AS doubled,
    list_transform(range(2, 15, 2), LAMBDA place: CAST(siret[place] AS INTEGER)) AS single
  FROM numbers
  WHERE regexp_full_match(siret, '[0-9]{14}')
),

valid AS (
  SELECT siret
  FROM places
  WHERE
    (list_sum(doubled) + list_sum(single)) % 10 = 0
    OR (starts_with(siret, '356000000') AND list_sum(digits) % 5 = 0)
),

invalid AS (
  SELECT numbers.siret
  FROM numbers
  ANTI JOIN valid ON numbers.siret = valid.siret
  WHERE numbers.siret IS NOT NULL
),

weighed AS (
  SELECT
    lots.*,
    coalesce(lot_hours.hours, 0) AS weight
  FROM lots
  LEFT JOIN lot_hours ON lots.contract_id = lot_hours.contract_id AND lots.lot_id = lot_hours.lot_id
),

stated AS (
  SELECT
    origin,
    source_row,
    contract_id,
    lot_id,
    client_id,
    client_name,
    NULL AS month,
    weight AS hours,
    'client_siret' AS named,
    client_siret AS siret
  FROM weighed
  UNION ALL
  SELECT
    origin,
    source_row,
    contract_id,
    lot_id,
    client_id,
    client_name,
    NULL AS month,
    weight AS hours,
    'contractor_siret' AS named,
    contractor_siret AS siret
  FROM weighed
  UNION ALL
  SELECT
    origin,
    source_row,
    contract_id,
    lot_id,
    client_id,
    client_name,
    month,
    counted AS hours,
    'employer_siret' AS named,
    employer_siret AS siret
  FROM lines
)

SELECT
  stated.origin,
  stated.source_row,
  stated.contract_id,
  stated.lot_id,
  stated.client_id,
  stated.client_name,
  stated.month,
  stated.hours,
  CASE WHEN stated.named = 'employer_siret' THEN stated.named ELSE concat(stated.named, ' ', stated.siret) END AS detail
FROM stated
INNER JOIN invalid ON stated.siret = invalid.siret;

-- name: unreadable_decp
-- One row per cell of a DECP source that could not be read and is taken for empty: the authority's own figures do not depend
-- on it.
SELECT
  origin,
  source_row,
  NULL AS contract_id,
  NULL AS lot_id,
  NULL AS client_id,
  NULL AS client_name,
  NULL AS month,
  0 AS hours,
  detail
FROM decp_unreadable;
