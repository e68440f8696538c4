-- From the plan of work (tables plan, crews, lots) to the table seats: one row per line of hours of the default size.
-- Everything "random" is a hash of what it is about and of the seed, so that it depends neither on threads nor on order.
-- The seats of a crew are held by people in turn: a turn lasts 24 to 65 months, then somebody else takes the seat.

CREATE OR REPLACE TEMP MACRO draw(thing, topic) AS (hash(thing, topic, getvariable('seed')) % 1000000) / 1e6;
CREATE OR REPLACE TEMP MACRO pick(choices, number) AS choices[1 + (number % len(choices))::INTEGER];
CREATE OR REPLACE TEMP MACRO tenure(crew, seat) AS 24 + (hash(crew, seat, 'tenure', getvariable('seed')) % 42)::INTEGER;
CREATE OR REPLACE TEMP MACRO shift(crew, seat) AS (hash(crew, seat, 'shift', getvariable('seed')) % 65)::INTEGER;
CREATE OR REPLACE TEMP MACRO turn(crew, seat, month) AS (month + shift(crew, seat)) // tenure(crew, seat);
CREATE TEMP TABLE seats AS
WITH unfolded AS (
  SELECT
    plan.*,
    unnest(range(plan.lines)) AS post
  FROM plan
),

manned AS (
  SELECT
    unfolded.*,
    crews.size,
    crews.feeder,
    crews.feeder_size
  FROM unfolded
  INNER JOIN crews ON unfolded.crew = crews.crew
),

weighed AS (
  SELECT
    *,
    (hash(lot, crew, getvariable('seed')) % size + post) % size AS seat,
    (0.4 + 1.6 * pow(draw(hash(lot, crew, post), 'share'), 2))
    * (0.7 + 0.6 * draw(hash(lot, crew, post, month), 'month')) AS weight
  FROM manned
),

held AS (
  SELECT
    *,
    weight / sum(weight) OVER (PARTITION BY work) AS part,
    turn(crew, seat, month) AS turn,
    turn(crew, seat, month) * tenure(crew, seat) - shift(crew, seat) AS turn_began
  FROM weighed
),

timed AS (
  SELECT
    *,
    -- A day of seven hours at least, a full-time month at most, in quarters of an hour.
    CASE WHEN hours > 7.5 * lines THEN 7 + (hours - 7 * lines) * part ELSE hours * part END AS exact_hours,
    hash(crew, seat, turn) AS stay,
    (month - turn_began) // 18 AS renewal,
    draw(hash(crew, seat, turn), 'known') AS known
  FROM held
)

SELECT
  first_slot + post AS slot,
  lot,
  crew,
  month,
  alone,
  round(4 * greatest(0.25, least(151.5, exact_hours))) / 4 AS hours,
  stay,
  hash(stay, renewal) AS work_contract,
  -- Some people come back after a break; some were first employed by a temporary-work insertion company (the feeder).
  CASE
    WHEN known < 0.14 THEN hash(crew, seat, turn - 2)
    WHEN known < 0.34 AND feeder IS NOT NULL
      THEN hash(feeder, seat % feeder_size, turn(feeder, seat % feeder_size, turn_began - 4))
    ELSE stay
  END AS person,
  row_number() OVER (PARTITION BY stay ORDER BY month DESC, first_slot + post DESC) AS from_last,
  max(month) OVER (PARTITION BY stay) AS last_month,
  renewal = max(renewal) OVER (PARTITION BY stay) AS last_contract
FROM timed;

-- Lines with something special to say, in a drawn order, so that there are exactly as many of each sort as wanted.
CREATE TEMP TABLE special AS
WITH alone AS (
  SELECT
    slot,
    draw(slot, 'rank') AS ticket
  FROM seats
  WHERE alone AND hours BETWEEN 21 AND 130 AND month BETWEEN 60 AND 260
  ORDER BY ticket, slot
  LIMIT 4
),

others AS (
  SELECT
    slot,
    draw(slot, 'rank') AS ticket
  FROM seats
  WHERE NOT alone AND hours > 14 AND month <= getvariable('months') - 10
  ORDER BY ticket, slot
  LIMIT 500
)

SELECT
  slot,
  TRUE AS undone,
  row_number() OVER (ORDER BY ticket, slot) AS rank
FROM alone
UNION ALL
SELECT
  slot,
  FALSE AS undone,
  row_number() OVER (ORDER BY ticket, slot) + (SELECT count(*) FROM alone) AS rank
FROM others;
