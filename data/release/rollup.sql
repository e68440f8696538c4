-- Tables computed once, when a release is published. data/publish.py refers to each statement by its name.

-- name: measures
-- The two measures of a line, for every place that counts hours: a rejected line counts for nothing; a line is pending with its
-- declared hours while its status is declared and nothing has been validated.
CREATE MACRO counted_hours(status, hours_validated) AS
CASE WHEN status = 'rejected' THEN CAST(0 AS DECIMAL(9, 2)) ELSE coalesce(hours_validated, 0) END;
CREATE MACRO pending_hours(status, hours_declared, hours_validated) AS
CASE WHEN status = 'declared' AND hours_validated IS NULL THEN hours_declared ELSE CAST(0 AS DECIMAL(9, 2)) END;

-- name: lots
-- Grain: one row per lot, as published: what the contract lets a source leave out is filled in. A client has the name and the
-- type of its latest lot; a commune that is part of another one now counts for that one.
CREATE TABLE lots AS
WITH numbered AS (
  SELECT
    client_id,
    client_name,
    client_type,
    row_number() OVER (
      PARTITION BY client_id ORDER BY coalesce(notified_on, starts_on) DESC NULLS LAST, contract_id DESC, lot_id DESC
    ) AS nth
  FROM contracts_read
),

client AS (
  SELECT
    client_id,
    client_name,
    client_type
  FROM numbered
  WHERE nth = 1
)

SELECT
  contracts_read.* EXCLUDE (
    counts_in_total, obligation_kind, client_name, client_type, client_commune, execution_commune -- noqa: RF02
  ),
  coalesce(contracts_read.counts_in_total, contracts_read.clause_category <> 'means') AS counts_in_total,
  CASE
    WHEN contracts_read.obligation_kind IS NULL AND contracts_read.hours_committed IS NOT NULL THEN 'hours'
    ELSE contracts_read.obligation_kind
  END AS obligation_kind,
  client.client_name,
  client.client_type,
  coalesce(client_place.parent, contracts_read.client_commune) AS client_commune,
  coalesce(execution_place.parent, contracts_read.execution_commune) AS execution_commune
FROM contracts_read
INNER JOIN client ON contracts_read.client_id = client.client_id
LEFT JOIN communes AS client_place ON contracts_read.client_commune = client_place.code
LEFT JOIN communes AS execution_place ON contracts_read.execution_commune = execution_place.code
ORDER BY contracts_read.contract_id, contracts_read.lot_id;

-- name: left_out
-- Grain: one row per line that stays out of every total. Of several lines with one entry_id the first in file order counts:
-- sources in the order they were named, then rows. A line of a lot that no source has is an orphan.
CREATE TABLE left_out AS
WITH repeated AS (
  SELECT entry_id
  FROM hours_read
  GROUP BY entry_id
  HAVING count(*) > 1
),

numbered AS (
  SELECT
    hours_read.origin,
    hours_read.source_row,
    row_number() OVER (PARTITION BY hours_read.entry_id ORDER BY hours_read.origin, hours_read.source_row) > 1 AS is_duplicate,
    FALSE AS is_orphan
  FROM hours_read
  SEMI JOIN repeated ON hours_read.entry_id = repeated.entry_id
),

orphans AS (
  SELECT
    hours_read.origin,
    hours_read.source_row,
    FALSE AS is_duplicate,
    TRUE AS is_orphan
  FROM hours_read
  ANTI JOIN contracts_read ON hours_read.contract_id = contracts_read.contract_id AND hours_read.lot_id = contracts_read.lot_id
),

excluded AS (
  SELECT *
  FROM numbered
  WHERE is_duplicate
  UNION ALL
  SELECT *
  FROM orphans
)

SELECT
  origin,
  source_row,
  bool_or(is_duplicate) AS is_duplicate,
  bool_or(is_orphan) AS is_orphan
FROM excluded
GROUP BY origin, source_row;

-- name: lines
-- Grain: one row per line of hours.parquet, with its lot's client and dates and where it comes from; and those left out. What is
-- not known is empty, whether the source left it empty or wrote "unknown".
CREATE VIEW lines AS
SELECT
  hours_read.* EXCLUDE (employer_kind, education, residence_commune, structure), -- noqa: RF02
  nullif(hours_read.employer_kind, 'unknown') AS employer_kind,
  nullif(hours_read.education, 'unknown') AS education,
  coalesce(residence.parent, hours_read.residence_commune) AS residence_commune,
  lots.structure,
  counted_hours(hours_read.status, hours_read.hours_validated) AS counted,
  lots.client_id,
  lots.client_name,
  lots.notified_on,
  lots.ends_on
FROM hours_read
ANTI JOIN left_out ON hours_read.origin = left_out.origin AND hours_read.source_row = left_out.source_row
INNER JOIN lots ON hours_read.contract_id = lots.contract_id AND hours_read.lot_id = lots.lot_id
LEFT JOIN communes AS residence ON hours_read.residence_commune = residence.code;
CREATE VIEW lines_out AS
SELECT
  hours_read.*,
  counted_hours(hours_read.status, hours_read.hours_validated) AS counted,
  lots.client_id,
  lots.client_name,
  left_out.is_duplicate,
  left_out.is_orphan
FROM hours_read
INNER JOIN left_out ON hours_read.origin = left_out.origin AND hours_read.source_row = left_out.source_row
LEFT JOIN lots ON hours_read.contract_id = lots.contract_id AND hours_read.lot_id = lots.lot_id;

-- name: lot_hours
-- Grain: one row per lot with lines: what an anomaly of a lot weighs.
CREATE TABLE lot_hours AS
SELECT
  contract_id,
  lot_id,
  sum(counted) AS hours
FROM lines
GROUP BY contract_id, lot_id;

-- name: hours_monthly
-- Grain: one row per lot, month, employer_kind, work_contract_type and status. Everything that adds up is read here.
-- Ordered where it is written, as structure is left out there but for an observatory.
WITH monthly AS (
  SELECT
    contract_id,
    lot_id,
    month,
    employer_kind,
    work_contract_type,
    status,
    count(*) AS entries,
    CAST(sum(hours_declared) AS DECIMAL(18, 2)) AS hours_declared,
    CAST(sum(counted_hours(status, hours_validated)) AS DECIMAL(18, 2)) AS hours_validated,
    CAST(sum(pending_hours(status, hours_declared, hours_validated)) AS DECIMAL(18, 2)) AS hours_pending,
    CAST(coalesce(sum(training_hours), 0) AS DECIMAL(18, 2)) AS training_hours
  FROM hours
  GROUP BY contract_id, lot_id, month, employer_kind, work_contract_type, status
)

SELECT
  monthly.*,
  contracts.* EXCLUDE (contract_id, lot_id, status), -- noqa: RF02
  coalesce(contracts.contractor_siret, contracts.contractor_name) AS contractor
FROM monthly
INNER JOIN contracts ON monthly.contract_id = contracts.contract_id AND monthly.lot_id = contracts.lot_id;

-- name: totals
-- Grain: one row: what must be the same in hours.parquet and in the rollup.
SELECT
  coalesce(sum(hours_declared), 0) AS hours_declared,
  coalesce(sum(counted_hours(status, hours_validated)), 0) AS hours_validated,
  coalesce(sum(pending_hours(status, hours_declared, hours_validated)), 0) AS hours_pending,
  coalesce(sum(training_hours), 0) AS training_hours,
  count(*) AS entries
FROM hours;

-- name: rollup_totals
SELECT
  coalesce(sum(hours_declared), 0) AS hours_declared,
  coalesce(sum(hours_validated), 0) AS hours_validated,
  coalesce(sum(hours_pending), 0) AS hours_pending,
  coalesce(sum(training_hours), 0) AS training_hours,
  coalesce(sum(entries), 0) AS entries
FROM hours_monthly;
