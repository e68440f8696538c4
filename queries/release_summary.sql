-- Que contient la publication des données ?
-- Grain: one row, the open release
-- Columns:
--   release VARCHAR: its identifier
--   demo BOOLEAN: whether its figures are invented
--   data_as_of DATE day: date of the data
--   published_at TIMESTAMP: when it was published, UTC
--   first_month DATE? month: first month worked
--   last_month DATE? month: last month worked
--   last_complete_month DATE month: the last month whose declarations are in; later ones are provisional
--   contracts BIGINT contracts: distinct contracts
--   lots BIGINT lots: lots, whether or not they count in the total
--   hours_rows BIGINT rows: lines of hours, duplicates and orphans left out
--   rows_left_out BIGINT rows: duplicates and orphans
--   hours_validated DECIMAL(38,2) h: accepted hours of the lots that count in the total
--   hours_pending DECIMAL(38,2) h: declared and not yet validated, of the same lots
--   pending_ratio DOUBLE? ratio: pending over validated and pending
--   anomalies BIGINT rows: anomalous lines and lots
--   anomalies_of_participants BIGINT? rows: anomalies of the attributes of a participant
-- Order: a single row
-- Note: the filters of the scope do not apply, the rights of the reader do: these figures stand beside every page. For
--   readers without the right to lines, numbers of lines are rounded, and anomalies of participants are in none.
WITH hours_total AS (
  SELECT
    CAST(coalesce(sum(entries), 0) AS BIGINT) AS hours_rows,
    coalesce(sum(CASE WHEN counts_in_total THEN hours_validated END), 0) AS hours_validated,
    coalesce(sum(CASE WHEN counts_in_total THEN hours_pending END), 0) AS hours_pending
  FROM history_in_scope($rights)
),

lots_total AS (
  SELECT
    count(DISTINCT contract_id) AS contracts,
    count(*) AS lots
  FROM lots_in_scope($rights)
),

anomalies_total AS (
  SELECT
    count(*) AS anomalies,
    count(CASE WHEN anomaly_kinds.of_participants THEN 1 END) AS anomalies_of_participants,
    -- A line may be left out for two reasons.
    count(DISTINCT CASE WHEN NOT anomaly.in_totals THEN concat_ws(':', anomaly.source_file, anomaly.source_row) END)
      AS rows_left_out
  FROM anomalies_in_scope($rights) AS anomaly
  INNER JOIN anomaly_kinds ON anomaly.kind = anomaly_kinds.kind
)

SELECT
  release.release,
  release.demo,
  release.data_as_of,
  release.published_at,
  release.first_month,
  release.last_month,
  span.last_complete_month,
  lots_total.contracts,
  lots_total.lots,
  hours_total.hours_rows,
  CASE WHEN is_whole($rights) THEN release.rows_left_out ELSE anomalies_total.rows_left_out END AS rows_left_out,
  hours_total.hours_validated,
  hours_total.hours_pending,
  ratio(hours_total.hours_pending, hours_total.hours_validated + hours_total.hours_pending) AS pending_ratio,
  anomalies_total.anomalies,
  anomalies_total.anomalies_of_participants
FROM release
CROSS JOIN span
CROSS JOIN hours_total
CROSS JOIN lots_total
CROSS JOIN anomalies_total;
