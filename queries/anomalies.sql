-- Quelles lignes de l’extraction posent question, et combien pèsent-elles ?
-- Grain: one row per kind of anomaly, those without a row included
-- Columns:
--   kind VARCHAR: code of the anomaly
--   rows BIGINT? rows: anomalous lines, or lots; NULL where they are too few for readers without the right to lines
--   hours DECIMAL(38,2)? h: accepted hours of those lines; NULL where their number is
--   in_totals BOOLEAN: whether those hours are in the totals; duplicates and lines without a lot are not
-- Order: kind
-- Note: a line may be anomalous in several ways; the filters of the scope do not apply, the
--   rights of the reader do. Only readers with all rights see lines of no known lot. Readers without the right to lines see
--   nothing of the kinds that concern the attributes of a participant.
WITH counted AS (
  SELECT
    kind,
    count(*) AS rows_found,
    sum(hours) AS hours
  FROM anomalies_in_scope($rights)
  GROUP BY kind
)

SELECT
  anomaly_kinds.kind,
  coalesce(counted.rows_found, 0) AS rows,
  coalesce(counted.hours, 0) AS hours,
  anomaly_kinds.in_totals
FROM anomaly_kinds
LEFT JOIN counted ON anomaly_kinds.kind = counted.kind
ORDER BY anomaly_kinds.kind;
