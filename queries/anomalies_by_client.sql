-- Chez quels maîtres d’ouvrage sont les lignes qui posent question, et combien pèsent-elles ?
-- Grain: one row per kind of anomaly and client with one; an empty client for lines of no known lot, and for the DECP
-- Columns:
--   kind VARCHAR: code of the anomaly
--   client_id VARCHAR?: code of the client; NULL without a known lot
--   client_name VARCHAR?: client
--   rows BIGINT? rows: anomalous lines, or lots
--   hours DECIMAL(38,2) h: accepted hours of those lines
--   in_totals BOOLEAN: whether those hours are in the totals; duplicates and lines without a lot are not
-- Order: kind, client_name (on the town’s name), client_id; no client last
-- Note: the filters of the scope do not apply, the rights of the reader do. For who may not see lines, clients with enough of
--   them only, and nothing of the kinds that concern the attributes of a participant.
SELECT
  anomaly.kind,
  anomaly.client_id,
  any_value(anomaly.client_name) AS client_name,
  count(*) AS rows,
  sum(anomaly.hours) AS hours,
  bool_and(anomaly.in_totals) AS in_totals
FROM anomalies_in_scope($rights) AS anomaly
GROUP BY anomaly.kind, anomaly.client_id
ORDER BY anomaly.kind ASC, anomaly.client_id IS NULL ASC, sorting_name(any_value(anomaly.client_name)) ASC, anomaly.client_id ASC;
