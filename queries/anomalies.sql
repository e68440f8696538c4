-- Quelles lignes de l’extraction posent question, et combien pèsent-elles ?
-- Grain: one row per kind of anomaly, those without a row included
-- Columns:
--   kind VARCHAR: code of the anomaly
--   rows BIGINT? rows: anomalous lines, or lots; NULL where they are too few for who may not see lines
--   hours DECIMAL(38,2)? h: accepted hours of those lines; NULL where their number is
--   in_totals BOOLEAN: whether those hours are in the totals; duplicates and lines without a lot are not
-- Order: kind
-- Note: a line may be anomalous in several ways; the filters of the scope do not apply, the
--   rights of the reader do: lines of no known lot only for who may see everything.
WITH found AS (
  SELECT
    kind,
    count(*) AS rows_found,
    sum(hours) AS hours
  FROM anomalies_in_scope($rights)
  GROUP BY kind
)

SELECT
  anomaly_kinds.kind,
  coalesce(found.rows_found, 0) AS rows,
  coalesce(found.hours, 0) AS hours,
  anomaly_kinds.in_totals
FROM anomaly_kinds
LEFT JOIN found ON anomaly_kinds.kind = found.kind
ORDER BY anomaly_kinds.kind;
