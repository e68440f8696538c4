-- The rows of hours.parquet, streamed from the table base: each row of the default size as many times as asked for.
-- Copies differ in person, hours and status, so that 100 million lines have the shape of 100 000.
WITH copied AS (
  SELECT
    *,
    unnest(range(copies)) AS copy
  FROM base
),

peopled AS (
  SELECT
    *,
    hash(slot, copy) AS line,
    CASE WHEN detailed THEN hash(person, copy, getvariable('seed')) END AS who,
    CASE WHEN detailed THEN hash(work_contract, copy, getvariable('seed')) END AS hired,
    make_date(2003 + month // 12, (month % 12 + 1)::INTEGER, 1) AS first_day
  FROM copied
),

dated AS (
  SELECT
    *,
    last_day(first_day) AS end_of_month,
    round(4 * CASE WHEN copy = 0 OR hours > 151.5 THEN hours ELSE least(151.5, hours * (0.8 + 0.4 * draw(line, 'hours'))) END) / 4 AS worked,
    draw(line, 'fate') AS fate,
    draw(who, 'age') AS age,
    draw(who, 'criteria') AS criteria,
    draw(hash(stay, copy), 'exit') AS leaving,
    last_day(make_date(2003 + last_month // 12, (last_month % 12 + 1)::INTEGER, 1)) - (hash(stay, copy) % 20)::INTEGER AS left_on,
    detailed
    AND contract_last_month = last_month
    AND last_month < getvariable('months') - 3
    AND draw(hash(stay, copy), 'followed') < CASE WHEN month < 60 THEN 0.25 ELSE 0.8 END AS gone
  FROM peopled
),

declared AS (
  SELECT
    *,
    -- Companies declare 5 to 40 days after the month; of the last months only what arrived in time is in the extract.
    least(
      CASE
        WHEN month = getvariable('months') - 1 THEN end_of_month - (hash(line, 'day') % 9)::INTEGER
        WHEN month = getvariable('months') - 2 THEN end_of_month + 5 + (hash(line, 'day') % 26)::INTEGER
        ELSE end_of_month + 5 + (hash(line, 'day') % 36)::INTEGER
      END + CASE WHEN part = 2 THEN 60 + (hash(line, 'late') % 150)::INTEGER ELSE 0 END,
      getvariable('data_date')
    ) AS declared_on,
    CASE
      WHEN part = 2 AND pool = 'alone' THEN -round(worked * 1.4 * 4) / 4
      WHEN part = 2 THEN -round(worked * (0.2 + 0.6 * draw(line, 'part')) * 4) / 4
      ELSE worked
    END AS hours_declared
  FROM dated
),

settled AS (
  SELECT
    *,
    declared_on + 3 + (hash(line, 'settled') % 40)::INTEGER AS settled_on,
    CASE
      WHEN part = 2 THEN 'corrected'
      WHEN declared_on + 3 + (hash(line, 'settled') % 40)::INTEGER > getvariable('data_date') OR fate > 0.9988 THEN 'declared'
      WHEN fate < 0.0105 THEN 'rejected'
      ELSE 'validated'
    END AS status
  FROM declared
),

described AS (
  SELECT
    *,
    CASE WHEN age < 0.28 THEN '<26' WHEN age < 0.66 THEN '26-39' WHEN age < 0.86 THEN '40-49' ELSE '50+' END AS age_band,
    draw(who, 'deld') < CASE WHEN age < 0.28 THEN 0.20 ELSE 0.48 END AS is_deld,
    draw(who, 'rsa') < CASE WHEN age < 0.28 THEN 0.07 ELSE 0.39 END AS is_rsa,
    draw(who, 'rqth') < CASE WHEN employer_kind IN ('ea', 'eatt', 'esat') THEN 0.9 ELSE 0.075 END AS is_rqth,
    CASE
      WHEN NOT gone OR part <> 1 THEN NULL
      WHEN from_last = 1 THEN 'exit'
      WHEN from_last = 2 AND left_on + INTERVAL 6 MONTH <= getvariable('data_date') AND draw(stay, 'm6') < 0.75 THEN 'm6'
      WHEN from_last = 3 AND left_on + INTERVAL 12 MONTH <= getvariable('data_date') AND draw(stay, 'm12') < 0.6 THEN 'm12'
    END AS outcome_point
  FROM settled
)

SELECT
  'D' || lpad((number + copy * 100000)::VARCHAR, 9, '0') AS entry_id,
  CASE WHEN part = 3 THEN 'M' || (2003 + month // 12) || '-9' || lpad((slot % 90)::VARCHAR, 2, '0') ELSE contract_id END AS contract_id,
  lot_id,
  first_day AS month,
  hours_declared::DECIMAL(9, 2) AS hours_declared,
  CASE
    WHEN status = 'declared' THEN NULL
    WHEN status = 'rejected' THEN 0
    WHEN status = 'validated' AND fate > 0.983 THEN round(hours_declared * 3.6) / 4
    ELSE hours_declared
  END::DECIMAL(9, 2) AS hours_validated,
  status,
  CASE WHEN status = 'rejected' THEN
    (['not_eligible', 'not_eligible', 'expired', 'wrong_contract', 'duplicate', 'no_evidence', 'no_evidence', 'other', NULL])[
      1 + (hash(line, 'reason') % 9)::INTEGER
    ]
  END AS reject_reason,
  CASE WHEN month < 24 AND draw(line, 'undated') < 0.2 THEN NULL ELSE declared_on END AS declared_on,
  CASE WHEN status <> 'declared' AND NOT (month < 24 AND draw(line, 'undated') < 0.3)
    THEN least(settled_on, getvariable('data_date'))
  END AS validated_on,
  employer_kind,
  CASE
    WHEN draw(work_contract, 'link') < 0.02 THEN NULL
    WHEN employer_kind IN ('etti', 'ett', 'geiq', 'ai', 'eatt') THEN 'mise_a_disposition'
    WHEN employer_kind IN ('ei', 'aci', 'regie_quartier', 'ea', 'esat', 'eiti')
      THEN CASE WHEN draw(work_contract, 'link') < 0.35 THEN 'own' ELSE 'sous_traitance' END
    WHEN draw(work_contract, 'link') < 0.82 THEN 'own'
    WHEN draw(work_contract, 'link') < 0.94 THEN 'sous_traitance'
    ELSE 'co_traitance'
  END AS link,
  employer_siret,
  'c_' || lpad(lower(to_hex(hired)), 16, '0') AS work_contract_id,
  CASE employer_kind
    WHEN 'direct' THEN (['cdi', 'cdi', 'cdi', 'cdi', 'cdi', 'cdi', 'cdd', 'cdd', 'cdd', 'cdd', 'apprentissage',
      'apprentissage', 'professionnalisation', NULL])[1 + (hash(work_contract, 'type') % 14)::INTEGER]
    WHEN 'etti' THEN 'interim_insertion'
    WHEN 'ett' THEN 'interim'
    WHEN 'eatt' THEN 'interim'
    WHEN 'geiq' THEN (['professionnalisation', 'professionnalisation', 'professionnalisation', 'apprentissage', 'cdd'])[
      1 + (hash(work_contract, 'type') % 5)::INTEGER
    ]
    WHEN 'ea' THEN (['cdi', 'cdi', 'cdd'])[1 + (hash(work_contract, 'type') % 3)::INTEGER]
    WHEN 'esat' THEN 'autre'
    WHEN 'eiti' THEN 'autre'
    WHEN 'autre' THEN (['stage', 'autre', 'cdd'])[1 + (hash(work_contract, 'type') % 3)::INTEGER]
    WHEN 'unknown' THEN NULL
    ELSE (['cddi', 'cddi', 'cddi', 'cddi', 'cdi'])[1 + (hash(work_contract, 'type') % 5)::INTEGER]
  END AS work_contract_type,
  'p_' || lpad(lower(to_hex(who)), 16, '0') AS participant_id,
  CASE
    WHEN who IS NULL OR draw(who, 'gender?') < 0.008 THEN NULL
    WHEN draw(who, 'gender?') < 0.011 THEN 'X'
    WHEN draw(who, 'gender') * 100 < women THEN 'F'
    ELSE 'M'
  END AS gender,
  CASE WHEN who IS NULL OR draw(who, 'age?') < 0.015 THEN NULL ELSE age_band END AS age_band,
  CASE WHEN who IS NULL OR draw(who, 'level?') < 0.04 THEN NULL ELSE
    (['infra3', 'infra3', 'infra3', 'infra3', 'infra3', 'infra3', 'infra3', '3_cap_bep', '3_cap_bep', '3_cap_bep', '3_cap_bep',
      '3_cap_bep', '3_cap_bep', '4_bac', '4_bac', '4_bac', '5_bac2', '6plus', 'etranger', 'unknown'])[
      1 + (hash(who, 'level') % 20)::INTEGER
    ]
  END AS education,
  CASE
    WHEN who IS NULL OR draw(who, 'main?') < 0.02 THEN NULL
    WHEN employer_kind IN ('ei', 'aci', 'ai', 'etti', 'regie_quartier', 'eiti') AND criteria < 0.55 THEN 'iae'
    WHEN is_rqth THEN 'rqth'
    WHEN age < 0.28 AND criteria < 0.8 THEN 'jeune'
    WHEN age >= 0.86 AND criteria < 0.7 THEN 'senior'
    WHEN is_rsa AND criteria < 0.6 THEN 'rsa'
    WHEN is_deld THEN 'deld'
    WHEN is_rsa THEN 'rsa'
    WHEN criteria < 0.25 THEN 'ass_aah'
    WHEN criteria < 0.5 THEN 'refugie'
    WHEN criteria < 0.62 THEN 'justice'
    ELSE 'autre'
  END AS main_public,
  CASE WHEN draw(who, 'flags?') > 0.03 THEN is_deld END AS is_deld,
  CASE WHEN draw(who, 'flags?') > 0.03 THEN is_rsa END AS is_rsa,
  CASE WHEN draw(who, 'flags?') > 0.08 THEN is_rqth END AS is_rqth,
  CASE WHEN draw(who, 'age?') >= 0.015 THEN age < 0.28 END AS is_young,
  CASE WHEN draw(who, 'age?') >= 0.015 THEN age >= 0.86 END AS is_senior,
  CASE WHEN draw(who, 'flags?') > 0.06 THEN draw(who, 'qpv') < 0.275 END AS is_qpv,
  CASE WHEN draw(who, 'flags?') > 0.06 THEN draw(who, 'plie') < 0.10 END AS is_plie,
  CASE
    WHEN who IS NULL OR draw(who, 'home?') < 0.04 THEN NULL
    WHEN mistyped THEN '76000'
    WHEN draw(who, 'home?') < 0.12 THEN getvariable('outside')[1 + (hash(who, 'home') % len(getvariable('outside')))::INTEGER]
    ELSE getvariable('homes')[1 + (hash(who, 'home') % len(getvariable('homes')))::INTEGER]
  END AS residence_commune,
  CASE
    WHEN part = 1 AND employer_kind IN ('geiq', 'aci', 'ei', 'direct') AND draw(line, 'training') < 0.08
      THEN 3.5 * (1 + hash(line, 'training') % 6)
  END::DECIMAL(9, 2) AS training_hours,
  CASE WHEN gone THEN left_on END AS exit_on,
  -- More of the jobs last as months go by, and more people are lost sight of.
  CASE outcome_point
    WHEN 'exit' THEN outcome(leaving, 0.22, 0.40, 0.53, 0.76, 0.80, 0.83)
    WHEN 'm6' THEN outcome(leaving, 0.28, 0.42, 0.50, 0.66, 0.71, 0.74)
    WHEN 'm12' THEN outcome(leaving, 0.33, 0.43, 0.48, 0.62, 0.67, 0.70)
  END AS exit_outcome,
  outcome_point
FROM described;
