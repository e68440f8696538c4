-- What a candidate changes against the release that serves, before it serves. Hours that count in totals, accepted ones.

-- name: years
-- Grain: one row per year of either release.
WITH candidate AS (
  SELECT
    year,
    sum(hours_validated) AS hours
  FROM candidate_hours
  GROUP BY year
),

served AS (
  SELECT
    year,
    sum(hours_validated) AS hours
  FROM served_hours
  GROUP BY year
)

SELECT
  CAST(coalesce(candidate.year, served.year) AS VARCHAR) AS code,
  CAST(coalesce(candidate.year, served.year) AS VARCHAR) AS shown,
  served.hours AS hours_before,
  candidate.hours AS hours_after,
  coalesce(candidate.hours, 0) - coalesce(served.hours, 0) AS change_hours
FROM candidate
FULL JOIN served ON candidate.year = served.year
ORDER BY code;

-- name: clients
-- Grain: one row per client of either release, named as in the candidate.
WITH names AS (
  SELECT
    client_id,
    max(client_name) AS client_name
  FROM candidate_lots
  GROUP BY client_id
),

names_before AS (
  SELECT
    client_id,
    max(client_name) AS client_name
  FROM served_lots
  GROUP BY client_id
),

candidate AS (
  SELECT
    client_id,
    sum(hours_validated) AS hours
  FROM candidate_hours
  GROUP BY client_id
),

served AS (
  SELECT
    client_id,
    sum(hours_validated) AS hours
  FROM served_hours
  GROUP BY client_id
),

clients AS (
  SELECT client_id
  FROM names
  UNION
  SELECT client_id
  FROM names_before
)

SELECT
  clients.client_id AS code,
  coalesce(names.client_name, names_before.client_name) AS shown,
  CASE WHEN names_before.client_id IS NOT NULL THEN coalesce(served.hours, 0) END AS hours_before,
  CASE WHEN names.client_id IS NOT NULL THEN coalesce(candidate.hours, 0) END AS hours_after,
  coalesce(candidate.hours, 0) - coalesce(served.hours, 0) AS change_hours
FROM clients
LEFT JOIN names ON clients.client_id = names.client_id
LEFT JOIN names_before ON clients.client_id = names_before.client_id
LEFT JOIN candidate ON clients.client_id = candidate.client_id
LEFT JOIN served ON clients.client_id = served.client_id
ORDER BY coalesce(candidate.hours, 0) DESC, shown ASC, code ASC;

-- name: clauses
-- Grain: one row per clause category of either release.
WITH candidate AS (
  SELECT
    clause_category,
    sum(hours_validated) AS hours
  FROM candidate_hours
  GROUP BY clause_category
),

served AS (
  SELECT
    clause_category,
    sum(hours_validated) AS hours
  FROM served_hours
  GROUP BY clause_category
)

SELECT
  coalesce(candidate.clause_category, served.clause_category) AS code,
  coalesce(candidate.clause_category, served.clause_category) AS shown,
  served.hours AS hours_before,
  candidate.hours AS hours_after,
  coalesce(candidate.hours, 0) - coalesce(served.hours, 0) AS change_hours
FROM candidate
FULL JOIN served ON candidate.clause_category = served.clause_category
ORDER BY coalesce(candidate.hours, 0) DESC, code ASC;

-- name: past_years
-- Grain: one row per year before that of the data date, client and clause category whose hours are no longer the same.
WITH candidate AS (
  SELECT
    year,
    client_id,
    clause_category,
    sum(hours_validated) AS hours
  FROM candidate_hours
  WHERE year < $year
  GROUP BY year, client_id, clause_category
),

served AS (
  SELECT
    year,
    client_id,
    clause_category,
    sum(hours_validated) AS hours
  FROM served_hours
  WHERE year < $year
  GROUP BY year, client_id, clause_category
),

names AS (
  SELECT
    client_id,
    max(client_name) AS client_name
  FROM (
    SELECT
      client_id,
      client_name
    FROM candidate_lots
    UNION
    SELECT
      client_id,
      client_name
    FROM served_lots
  ) AS both_releases
  GROUP BY client_id
)

SELECT
  coalesce(candidate.year, served.year) AS year,
  coalesce(candidate.client_id, served.client_id) AS client_id,
  names.client_name,
  coalesce(candidate.clause_category, served.clause_category) AS clause_category,
  coalesce(served.hours, 0) AS hours_before,
  coalesce(candidate.hours, 0) AS hours_after,
  coalesce(candidate.hours, 0) - coalesce(served.hours, 0) AS change_hours
FROM candidate
FULL JOIN served
  ON
    candidate.year = served.year AND candidate.client_id = served.client_id
    AND candidate.clause_category = served.clause_category
INNER JOIN names ON coalesce(candidate.client_id, served.client_id) = names.client_id
WHERE coalesce(candidate.hours, 0) <> coalesce(served.hours, 0)
ORDER BY year DESC, abs(coalesce(candidate.hours, 0) - coalesce(served.hours, 0)) DESC, client_id ASC, clause_category ASC;

-- name: totals
-- Grain: one row.
SELECT
  coalesce((SELECT sum(hours_validated) FROM candidate_hours), 0) AS hours_after,
  coalesce((SELECT sum(hours_validated) FROM served_hours), 0) AS hours_before,
  coalesce((SELECT sum(hours_validated) FROM candidate_hours), 0)
  - coalesce((SELECT sum(hours_validated) FROM served_hours), 0) AS change_hours;

-- name: buyers
-- Grain: one row: buyers of the DECP, and those among them whose SIRET is that of a client.
SELECT
  count(DISTINCT candidate_notified.buyer_siret) AS buyers,
  count(DISTINCT candidate_lots.client_siret) AS known
FROM candidate_notified
LEFT JOIN candidate_lots ON candidate_notified.buyer_siret = candidate_lots.client_siret;
