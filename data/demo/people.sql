-- From the seats to the table base: every line with its person, its work contract, its dates and its fate.

-- One row per person.
CREATE TEMP TABLE people AS
WITH held AS (
  SELECT
    seats.person,
    min(crews.women) AS women,
    bool_or(crews.kind IN ('ei', 'aci', 'ai', 'etti', 'regie_quartier', 'eiti')) AS by_integration,
    bool_or(crews.kind IN ('ea', 'eatt', 'esat')) AS adapted
  FROM seats
  INNER JOIN crews ON seats.crew = crews.crew
  GROUP BY seats.person
),

drawn AS (
  SELECT
    *,
    draw(person, 'age') AS age,
    draw(person, 'main') AS reason,
    draw(person, 'gap') AS gap,
    draw(person, 'gender') AS gender_draw,
    draw(person, 'home') AS home
  FROM held
),

entitled AS (
  SELECT
    *,
    age < 0.28 AS young,
    age >= 0.86 AS senior,
    draw(person, 'deld') < CASE WHEN age < 0.28 THEN 0.20 ELSE 0.48 END AS deld,
    draw(person, 'rsa') < CASE WHEN age < 0.28 THEN 0.07 ELSE 0.39 END AS rsa,
    draw(person, 'rqth') < CASE WHEN adapted THEN 0.9 ELSE 0.065 END AS rqth
  FROM drawn
)

SELECT
  person,
  -- The last per cents of each draw are the empty cells that every real file has.
  CASE
    WHEN gender_draw > 0.992 THEN NULL
    WHEN gender_draw > 0.989 THEN 'X'
    WHEN gender_draw * 100 < women THEN 'F'
    ELSE 'M'
  END AS gender,
  CASE
    WHEN gap < 0.015 THEN NULL
    WHEN young THEN '<26'
    WHEN age < 0.66 THEN '26-39'
    WHEN senior THEN '50+'
    ELSE '40-49'
  END AS age_band,
  pick([
    'infra3', 'infra3', 'infra3', 'infra3', 'infra3', 'infra3', 'infra3',
    '3_cap_bep', '3_cap_bep', '3_cap_bep', '3_cap_bep', '3_cap_bep',
    '4_bac', '4_bac', '4_bac', '5_bac2', '6plus', 'etranger', 'unknown', NULL
  ], hash(person, 'level')) AS education,
  CASE
    WHEN reason > 0.98 THEN NULL
    WHEN by_integration AND reason < 0.5 THEN 'iae'
    WHEN rqth THEN 'rqth'
    WHEN young AND reason < 0.8 THEN 'jeune'
    WHEN senior AND reason < 0.7 THEN 'senior'
    WHEN rsa AND reason < 0.6 THEN 'rsa'
    WHEN deld THEN 'deld'
    WHEN rsa THEN 'rsa'
    WHEN reason < 0.25 THEN 'ass_aah'
    WHEN reason < 0.5 THEN 'refugie'
    WHEN reason < 0.62 THEN 'justice'
    ELSE 'autre'
  END AS main_public,
  CASE WHEN gap < 0.97 THEN deld END AS is_deld,
  CASE WHEN gap < 0.97 THEN rsa END AS is_rsa,
  CASE WHEN gap < 0.92 THEN rqth END AS is_rqth,
  CASE WHEN gap >= 0.015 THEN young END AS is_young,
  CASE WHEN gap >= 0.015 THEN senior END AS is_senior,
  CASE WHEN gap < 0.94 THEN draw(person, 'qpv') < 0.275 END AS is_qpv,
  CASE WHEN gap < 0.94 THEN draw(person, 'plie') < 0.10 END AS is_plie,
  CASE
    WHEN home < 0.04 THEN NULL
    WHEN home < 0.12 THEN pick(getvariable('outside'), hash(person, 'where'))
    ELSE pick(getvariable('homes'), hash(person, 'where'))
  END AS residence_commune
FROM entitled;

-- One row per work contract.
CREATE TEMP TABLE hired AS
WITH signed AS (
  SELECT
    seats.work_contract,
    crews.kind,
    draw(seats.work_contract, 'link') AS link,
    hash(seats.work_contract, 'type', getvariable('seed')) AS kind_draw
  FROM seats
  INNER JOIN crews ON seats.crew = crews.crew
  GROUP BY seats.work_contract, crews.kind
)

SELECT
  work_contract,
  CASE
    WHEN link > 0.98 THEN NULL
    WHEN kind IN ('etti', 'ett', 'geiq', 'ai', 'eatt') THEN 'mise_a_disposition'
    WHEN kind IN ('ei', 'aci', 'regie_quartier', 'ea', 'esat', 'eiti') AND link > 0.35 THEN 'sous_traitance'
    WHEN link < 0.82 THEN 'own'
    WHEN link < 0.93 THEN 'sous_traitance'
    ELSE 'co_traitance'
  END AS link,
  CASE kind
    WHEN 'direct'
      THEN pick([
        'cdi', 'cdi', 'cdi', 'cdi', 'cdi', 'cdi', 'cdd', 'cdd', 'cdd', 'cdd', 'apprentissage', 'apprentissage',
        'professionnalisation', NULL
      ], kind_draw)
    WHEN 'etti' THEN 'interim_insertion'
    WHEN 'ett' THEN 'interim'
    WHEN 'eatt' THEN 'interim'
    WHEN 'geiq'
      THEN pick(['professionnalisation', 'professionnalisation', 'professionnalisation', 'apprentissage', 'cdd'], kind_draw)
    WHEN 'ea' THEN pick(['cdi', 'cdi', 'cdd'], kind_draw)
    WHEN 'esat' THEN 'autre'
    WHEN 'eiti' THEN 'autre'
    WHEN 'autre' THEN pick(['stage', 'autre', 'cdd'], kind_draw)
    WHEN 'unknown' THEN NULL
    ELSE pick(['cddi', 'cddi', 'cddi', 'cddi', 'cdi'], kind_draw)
  END AS work_contract_type
FROM signed;

CREATE OR REPLACE TEMP MACRO outcome(chance, durable, transition, positive, jobless, inactive, other) AS CASE
  WHEN chance < durable THEN 'durable'
  WHEN chance < transition THEN 'transition'
  WHEN chance < positive THEN 'positive'
  WHEN chance < jobless THEN 'chomage'
  WHEN chance < inactive THEN 'inactif'
  WHEN chance < other THEN 'autre'
  ELSE 'inconnu'
END;

-- One row per line, correction, orphan and twin. `copies`: the number of times it is written at the requested size.
CREATE TEMP TABLE base AS
WITH marked AS (
  SELECT
    seats.*,
    special.undone,
    coalesce(special.rank, 0) AS rank
  FROM seats
  LEFT JOIN special ON seats.slot = special.slot
),

gathered AS (
  SELECT
    *,
    'line' AS part,
    slot AS place
  FROM marked
  UNION ALL
  SELECT
    *,
    'correction' AS part,
    getvariable('lines') + rank AS place
  FROM marked
  WHERE rank BETWEEN 1 AND getvariable('corrections')
  UNION ALL
  SELECT
    *,
    'orphan' AS part,
    getvariable('lines') + rank AS place
  FROM marked
  WHERE rank BETWEEN getvariable('corrections') + 1 AND getvariable('corrections') + getvariable('orphans')
  UNION ALL
  SELECT
    *,
    'twin' AS part,
    getvariable('default_entries') - (rank - 400) AS place
  FROM marked
  WHERE rank BETWEEN 400 AND 399 + getvariable('duplicates')
),

numbered AS (
  SELECT
    *,
    -- The twin has the number of the line that it repeats.
    CASE WHEN part = 'twin' THEN slot ELSE place END AS number,
    -- Places in an order without pattern: 38197 and 100 000 have no common divisor.
    place * 38197 % getvariable('default_entries') AS lottery,
    make_date(2003 + month // 12, (month % 12 + 1)::INTEGER, 1) AS first_day,
    draw(slot, 'fate') AS fate,
    draw(slot, 'part') AS mishap,
    (hash(slot, 'days') % 36)::INTEGER AS delay,
    3 + (hash(slot, 'settled') % 40)::INTEGER AS review,
    draw(stay, 'exit') AS leaving,
    last_day(make_date(2003 + last_month // 12, (last_month % 12 + 1)::INTEGER, 1)) - (hash(stay) % 20)::INTEGER AS left_on
  FROM gathered
),

employed AS (
  SELECT
    numbered.*,
    crews.detailed
  FROM numbered
  INNER JOIN crews ON numbered.crew = crews.crew
),

dated AS (
  SELECT
    *,
    -- Companies declare 5 to 40 days after the month; of the last two months only what arrived in time is in the extract.
    least(last_day(first_day) + CASE getvariable('months') - month
      WHEN 1 THEN -(delay % 9)
      WHEN 2 THEN 5 + delay % 26
      ELSE 5 + delay
    END + CASE WHEN part = 'correction' THEN 60 + delay * 4 ELSE 0 END, getvariable('data_date')) AS declared_on,
    CASE
      WHEN part = 'correction' AND undone THEN -round(hours * 5.6) / 4
      WHEN part = 'correction' THEN -round(hours * (0.8 + 2.4 * mishap)) / 4
      WHEN part = 'line' AND rank BETWEEN 440 AND 444 THEN 222 + rank % 10 * 2.25
      ELSE hours
    END AS worked,
    detailed
    AND last_contract
    AND last_month < getvariable('months') - 3
    AND draw(stay, 'followed') < CASE WHEN month < 60 THEN 0.25 ELSE 0.8 END AS gone
  FROM employed
),

settled AS (
  SELECT
    *,
    CASE
      WHEN part = 'correction' THEN 'corrected'
      WHEN declared_on + review > getvariable('data_date') OR fate > 0.9988 THEN 'declared'
      WHEN fate < 0.0105 THEN 'rejected'
      ELSE 'validated'
    END AS status,
    CASE
      WHEN NOT gone OR part <> 'line' THEN NULL
      WHEN from_last = 1 THEN 'exit'
      WHEN from_last = 2 AND left_on + INTERVAL 6 MONTH <= getvariable('data_date') AND draw(stay, 'm6') < 0.92 THEN 'm6'
      WHEN from_last = 3 AND left_on + INTERVAL 12 MONTH <= getvariable('data_date') AND draw(stay, 'm12') < 0.9 THEN 'm12'
    END AS outcome_point
  FROM dated
)

SELECT
  settled.number,
  settled.slot,
  settled.worked,
  settled.person,
  settled.work_contract,
  getvariable('whole') + (settled.lottery < getvariable('rest'))::INTEGER AS copies,
  CASE
    WHEN settled.part = 'orphan' THEN 'M' || year(settled.first_day) || '-9' || lpad((settled.slot % 90)::VARCHAR, 2, '0')
    ELSE lots.contract_id
  END AS contract_id,
  lots.lot_id,
  settled.first_day AS month,
  settled.status,
  CASE settled.status
    WHEN 'declared' THEN NULL
    WHEN 'rejected' THEN 0
    WHEN 'validated' THEN CASE WHEN settled.fate > 0.983 THEN 0.9 ELSE 1 END
    ELSE 1
  END AS accepted,
  CASE
    WHEN settled.status = 'rejected'
      THEN pick([
        'not_eligible', 'not_eligible', 'expired', 'wrong_contract', 'duplicate', 'no_evidence', 'no_evidence', 'other', NULL
      ], settled.slot)
  END AS reject_reason,
  -- The first paper forms bore no dates.
  CASE WHEN settled.month >= 24 OR settled.mishap > 0.2 THEN settled.declared_on END AS declared_on,
  CASE
    WHEN settled.status <> 'declared' AND (settled.month >= 24 OR settled.mishap > 0.3)
      THEN least(settled.declared_on + settled.review, getvariable('data_date'))
  END AS validated_on,
  crews.kind AS employer_kind,
  hired.link,
  crews.employer_siret,
  hired.work_contract_type,
  settled.detailed,
  people.gender,
  people.age_band,
  people.education,
  people.main_public,
  people.is_deld,
  people.is_rsa,
  people.is_rqth,
  people.is_young,
  people.is_senior,
  people.is_qpv,
  people.is_plie,
  -- A postal code is sometimes typed for INSEE's.
  CASE WHEN settled.rank BETWEEN 450 AND 457 THEN '76000' ELSE people.residence_commune END AS residence_commune,
  CASE
    WHEN settled.part = 'line' AND crews.kind IN ('geiq', 'aci', 'ei', 'direct') AND settled.mishap < 0.08
      THEN 3.5 * (1 + settled.slot % 6)
  END AS training_hours,
  CASE WHEN settled.gone THEN settled.left_on END AS exit_on,
  -- More of the jobs last as months go by, and more people are lost sight of.
  CASE settled.outcome_point
    WHEN 'exit' THEN outcome(settled.leaving, 0.22, 0.40, 0.53, 0.76, 0.80, 0.83)
    WHEN 'm6' THEN outcome(settled.leaving, 0.28, 0.42, 0.50, 0.66, 0.71, 0.74)
    WHEN 'm12' THEN outcome(settled.leaving, 0.33, 0.43, 0.48, 0.62, 0.67, 0.70)
  END AS exit_outcome,
  settled.outcome_point
FROM settled
INNER JOIN lots ON settled.lot = lots.lot
INNER JOIN crews ON settled.crew = crews.crew
INNER JOIN hired ON settled.work_contract = hired.work_contract
LEFT JOIN people ON settled.person = people.person AND settled.detailed
ORDER BY settled.slot, settled.part;
