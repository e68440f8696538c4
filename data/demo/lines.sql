-- The rows of hours.parquet, streamed from the table base: each as many times as the size asks for. The copies of a line are
-- other people's, with somewhat other hours.
WITH copied AS (
  SELECT
    *,
    unnest(range(copies)) AS nth
  FROM base
),

timed AS (
  SELECT
    *,
    CASE
      WHEN nth = 0 OR worked > 151.5 THEN worked
      ELSE round(4 * least(151.5, worked * (0.8 + (hash(slot, nth) % 400) / 1000))) / 4
    END AS hours
  FROM copied
)

SELECT
  'D' || lpad((number + nth * getvariable('default_entries'))::VARCHAR, 9, '0') AS entry_id,
  contract_id,
  lot_id,
  month,
  hours::DECIMAL(9, 2) AS hours_declared,
  CASE WHEN accepted = 0.9 THEN round(hours * 3.6) / 4 ELSE hours * accepted END::DECIMAL(9, 2) AS hours_validated,
  status,
  reject_reason,
  declared_on,
  validated_on,
  employer_kind,
  link,
  employer_siret,
  CASE WHEN detailed THEN 'c_' || to_hex(hash(work_contract, nth, getvariable('seed'))) END AS work_contract_id,
  work_contract_type,
  CASE WHEN detailed THEN 'p_' || to_hex(hash(person, nth, getvariable('seed'))) END AS participant_id,
  gender,
  age_band,
  education,
  main_public,
  is_deld,
  is_rsa,
  is_rqth,
  is_young,
  is_senior,
  is_qpv,
  is_plie,
  residence_commune,
  training_hours::DECIMAL(9, 2) AS training_hours,
  exit_on,
  exit_outcome,
  outcome_point
FROM timed
