-- From the plan of work (tables plan, crews, lots) to the table seats: one row per line of hours of the default size.
-- Everything "random" is a hash of what it is about and of the seed, so that it depends neither on threads nor on order.
-- The seats of a crew are held by people in turn: a stay lasts 9 to 32 months, then somebody else takes the seat.

CREATE OR REPLACE TEMP MACRO draw(thing, topic) AS (hash(thing, topic, getvariable('seed')) % 1000000) / 1e6;
CREATE OR REPLACE TEMP MACRO tenure(crew, seat) AS 9 + (hash(crew, seat, 'tenure', getvariable('seed')) % 24)::INTEGER;
CREATE OR REPLACE TEMP MACRO shift(crew, seat) AS (hash(crew, seat, 'shift', getvariable('seed')) % 32)::INTEGER;
CREATE OR REPLACE TEMP MACRO turn(crew, seat, month) AS (month + shift(crew, seat)) // tenure(crew, seat);
CREATE OR REPLACE TEMP MACRO outcome(chance, durable, transition, positive, jobless, inactive, other) AS CASE
  WHEN chance < durable THEN 'durable'
  WHEN chance < transition THEN 'transition'
  WHEN chance < positive THEN 'positive'
  WHEN chance < jobless THEN 'chomage'
  WHEN chance < inactive THEN 'inactif'
  WHEN chance < other THEN 'autre'
  ELSE 'inconnu'
END;

CREATE TEMP TABLE seats AS
WITH unfolded AS (
  SELECT
    plan.*,
    unnest(range(plan.lines)) AS line
  FROM plan
),

weighed AS (
  SELECT
    unfolded.*,
    crews.feeder,
    crews.feeder_size,
    (hash(unfolded.lot, unfolded.crew, getvariable('seed')) % crews.size + line) % crews.size AS seat,
    (0.25 + 2.5 * pow(draw(hash(unfolded.lot, unfolded.crew, line), 'share'), 3))
    * (0.7 + 0.6 * draw(hash(unfolded.lot, unfolded.crew, line, unfolded.month), 'month')) AS weight
  FROM unfolded
  INNER JOIN crews ON unfolded.crew = crews.crew
),

held AS (
  SELECT
    *,
    weight / sum(weight) OVER (PARTITION BY lot, crew, month) AS share,
    count(*) OVER (PARTITION BY lot, month) AS lines_of_lot,
    turn(crew, seat, month) AS turn,
    turn(crew, seat, month) * tenure(crew, seat) - shift(crew, seat) AS turn_began
  FROM weighed
),

timed AS (
  SELECT
    *,
    -- A day of seven hours at least, a full-time month at most, in quarters of an hour.
    CASE WHEN hours > 7.5 * lines THEN 7 + (hours - 7 * lines) * share ELSE hours * share END AS exact_hours,
    draw(hash(crew, seat, turn), 'known') AS known
  FROM held
),

lined AS (
  SELECT
    row_number() OVER (ORDER BY month, lot, crew, line) AS slot,
    lot,
    crew,
    month,
    round(4 * greatest(0.25, least(151.5, exact_hours))) / 4 AS hours,
    hash(crew, seat, turn) AS stay,
    hash(crew, seat, turn, (month - turn_began) // 9) AS work_contract,
    -- Some people come back after a break; some were first employed by a temporary-work insertion company (the feeder).
    CASE
      WHEN known < 0.14 THEN hash(crew, seat, turn - 2)
      WHEN known < 0.34 AND feeder IS NOT NULL
        THEN hash(feeder, seat % feeder_size, turn(feeder, seat % feeder_size, turn_began - 4))
      ELSE hash(crew, seat, turn)
    END AS person,
    CASE
      WHEN lines_of_lot = 1 AND exact_hours BETWEEN 21 AND 130 AND month BETWEEN 60 AND 260 THEN 'alone'
      WHEN exact_hours > 14 AND month <= getvariable('months') - 10 THEN 'any'
    END AS pool
  FROM timed
)

-- Lines that say something special are chosen by their rank in a drawn order: exactly as many as wanted.
SELECT
  *,
  row_number() OVER (PARTITION BY pool ORDER BY draw(slot, 'rank'), slot) AS rank,
  row_number() OVER (PARTITION BY stay ORDER BY month DESC, slot DESC) AS from_last,
  max(month) OVER (PARTITION BY stay) AS last_month,
  max(month) OVER (PARTITION BY work_contract) AS contract_last_month
FROM lined;

-- The lines, their corrections, duplicates and orphans; `copies`: how many times each is written at the size asked for.
CREATE TEMP TABLE base AS
WITH gathered AS (
  SELECT 1 AS part, * FROM seats
  UNION ALL
  SELECT 2 AS part, * FROM seats WHERE (pool = 'alone' AND rank <= 4) OR (pool = 'any' AND rank <= getvariable('corrections') - 4)
  UNION ALL
  SELECT 3 AS part, * FROM seats WHERE pool = 'any' AND rank BETWEEN 1001 AND 1000 + getvariable('orphans')
  UNION ALL
  SELECT 4 AS part, * FROM seats WHERE pool = 'any' AND rank BETWEEN 2001 AND 2000 + getvariable('duplicates')
),

numbered AS (
  SELECT
    *,
    row_number() OVER (ORDER BY part, slot) AS number,
    row_number() OVER (ORDER BY draw(slot, part), slot, part) AS lottery
  FROM gathered
)

SELECT
  numbered.* EXCLUDE (number, lottery, hours, crew, lot),
  CASE WHEN part = 4 THEN slot ELSE number END AS number,
  CASE WHEN pool = 'any' AND rank BETWEEN 3001 AND 3005 THEN 222 + rank % 10 * 2.25 ELSE hours END AS hours,
  pool = 'any' AND rank BETWEEN 4001 AND 4008 AS mistyped,
  lots.contract_id,
  lots.lot_id,
  crews.kind AS employer_kind,
  crews.employer_siret,
  crews.women,
  crews.detailed,
  getvariable('whole') + (lottery <= getvariable('rest'))::INTEGER AS copies
FROM numbered
INNER JOIN lots ON numbered.lot = lots.lot
INNER JOIN crews ON numbered.crew = crews.crew
ORDER BY slot, part;
