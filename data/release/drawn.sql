-- The publishable numbers of the cells of participants.sql: rounded at random to base 5, the low ones hidden with a
-- complement.
--
-- number: of two readings, that of readers with an account (reading 0) and that of the public (reading 1), which hide numbers
-- up to a different one. Both are readings of one rounded number.

-- name: macros
-- A number from 0 to 1, as if at random: the same for the same key and cell. Keys are HMACs that only a publish can compute.
CREATE MACRO unit(key, cell) AS ((CAST('0x' || left(sha256(concat(key, '|', cell)), 13) AS BIGINT) + 0.5) / 4503599627370496.0);
-- Unbiased: up with a probability of the distance from the lower multiple of 5, over 5 (Fellegi, "Controlled random rounding",
-- 1975).
CREATE MACRO rounded(count, drawn) AS (count - count % 5 + CASE WHEN drawn * 5 < count % 5 THEN 5 ELSE 0 END);
-- Noise of that scale: 0 on average, without a bound.
CREATE MACRO laplace(scale, drawn) AS (-scale * sign(drawn - 0.5) * ln(1 - 2 * abs(drawn - 0.5)));

-- name: drawn_cells
-- Grain: one row per population, moment, axis, category and group of outcomes, those that nobody is in included: a row that came
-- only with the one participant in it would give them away. base_axis: what the cell is a part of.
WITH wanted AS (
  SELECT
    keys.population_no,
    categories.moment,
    categories.axis,
    categories.category,
    categories.outcome
  FROM keys
  INNER JOIN categories ON keys.is_exits = (categories.moment <> '')
  WHERE
    (categories.axis <> 'presence' OR keys.has_year)
    AND (categories.axis <> 'duration_band' OR keys.has_breakdowns)
  UNION
  -- Lists that only participants make: communes, years of entry.
  SELECT
    population_no,
    moment,
    axis,
    category,
    outcome
  FROM counted_cells
  WHERE axis = 'residence_commune'
  UNION
  SELECT
    counted_cells.population_no,
    counted_cells.moment,
    counted_cells.axis,
    counted_cells.category,
    outcomes.outcome
  FROM counted_cells
  INNER JOIN keys ON counted_cells.population_no = keys.population_no AND keys.is_exits AND keys.has_breakdowns
  CROSS JOIN (VALUES (''), ('durable'), ('other_dynamic'), ('other_known'), ('unknown')) AS outcomes (outcome)
  WHERE counted_cells.axis = 'entry_year'
),

complete AS (
  SELECT
    wanted.*,
    keys.key,
    -- The same participants under two names have one draw, that of the first name, by an axis that every population has before
    -- one that some have only: the same participants by another way have it too. So have work contracts, mostly one each.
    CASE
      WHEN wanted.axis = 'work_contracts' THEN '|participants||'
      ELSE
        first_value(concat_ws('|', wanted.moment, wanted.axis, wanted.category, wanted.outcome)) OVER (
          PARTITION BY wanted.population_no, keys.is_exits, counted_cells.mark
          ORDER BY
            wanted.axis NOT IN ('participants', 'exits'), wanted.axis IN ('presence', 'duration_band', 'entry_year'),
            wanted.moment, wanted.axis, wanted.category, wanted.outcome
        )
    END AS draw,
    coalesce(counted_cells.participants, 0) AS participants,
    coalesce(counted_cells.hours_validated, 0) AS hours_validated
  FROM wanted
  INNER JOIN keys ON wanted.population_no = keys.population_no AND keys.is_exits = (wanted.moment <> '')
  LEFT JOIN counted_cells
    ON
      wanted.population_no = counted_cells.population_no
      AND wanted.moment = counted_cells.moment
      AND wanted.axis = counted_cells.axis
      AND wanted.category = counted_cells.category
      AND wanted.outcome = counted_cells.outcome
)

SELECT
  -- In an order of their own, so that of two equal cells the same one is hidden in every release.
  row_number() OVER (ORDER BY population_no, moment, axis, category, outcome) AS cell_no,
  population_no,
  moment,
  axis,
  category,
  outcome,
  CASE
    WHEN axis IN ('participants', 'exits') THEN NULL
    WHEN axis = 'residence_commune' THEN 'residence'
    WHEN outcome <> '' THEN axis
    WHEN moment <> '' THEN 'exits'
    ELSE 'participants'
  END AS base_axis,
  CASE WHEN axis = 'residence_commune' THEN 'inside' WHEN outcome <> '' THEN category ELSE '' END AS base_category,
  draw,
  hours_validated,
  CAST(rounded(participants, unit(key, draw)) AS BIGINT) AS rounded,
  CAST(participants + 3 - (participants + 3) % 5 AS BIGINT) AS most_of_part
FROM complete;

-- name: cell_bases
-- Grain: one row per cell that is a part of another.
SELECT
  drawn_cells.cell_no,
  bases.cell_no AS base_no,
  drawn_cells.axis = 'work_contracts' AS is_uncapped
FROM drawn_cells
INNER JOIN drawn_cells AS bases
  ON
    drawn_cells.population_no = bases.population_no
    AND drawn_cells.moment = bases.moment
    AND drawn_cells.base_axis = bases.axis
    AND drawn_cells.base_category = bases.category
    AND bases.outcome = '';

-- name: numbers
-- Grain: one row per cell and reading. A part is never above its whole, and goes with it; nor 4 above the count of its whole,
-- which would tell who knows that count that everybody is in the part.
WITH whole AS (
  SELECT
    drawn_cells.cell_no,
    drawn_cells.rounded,
    cell_bases.base_no,
    least(
      drawn_cells.rounded,
      CASE WHEN NOT cell_bases.is_uncapped THEN least(base.rounded, base.most_of_part) END,
      topmost.rounded,
      topmost.most_of_part
    ) AS capped,
    least(base.rounded, topmost.rounded) AS base_rounded
  FROM drawn_cells
  LEFT JOIN cell_bases ON drawn_cells.cell_no = cell_bases.cell_no
  LEFT JOIN drawn_cells AS base ON cell_bases.base_no = base.cell_no
  LEFT JOIN cell_bases AS base_of_base ON cell_bases.base_no = base_of_base.cell_no
  LEFT JOIN drawn_cells AS topmost ON base_of_base.base_no = topmost.cell_no
)

SELECT
  whole.cell_no,
  readings.reading,
  CASE
    WHEN whole.capped > readings.highest_hidden AND coalesce(whole.base_rounded > readings.highest_hidden, TRUE) THEN whole.capped
  END AS number
FROM whole
CROSS JOIN readings;

-- name: margins
-- Grain: one row per line of cells that add up to another, and cell of it; is_total: that other one.
WITH members AS (
  SELECT
    cell_no,
    hash(population_no, moment, axis, '', '') AS line_no,
    population_no,
    moment,
    base_axis AS total_axis,
    base_category AS total_category,
    '' AS total_outcome
  FROM drawn_cells
  WHERE base_axis IS NOT NULL AND axis <> 'work_contracts' AND outcome = ''
  UNION ALL
  SELECT
    cell_no,
    hash(population_no, moment, axis, category, '') AS line_no,
    population_no,
    moment,
    axis AS total_axis,
    category AS total_category,
    '' AS total_outcome
  FROM drawn_cells
  WHERE outcome <> ''
  UNION ALL
  SELECT
    cell_no,
    hash(population_no, moment, axis, '', outcome) AS line_no,
    population_no,
    moment,
    'outcome_group' AS total_axis,
    outcome AS total_category,
    '' AS total_outcome
  FROM drawn_cells
  WHERE outcome <> ''
),

totals AS (
  SELECT
    line_no,
    any_value(population_no) AS population_no,
    any_value(moment) AS moment,
    any_value(total_axis) AS total_axis,
    any_value(total_category) AS total_category
  FROM members
  GROUP BY line_no
)

SELECT
  line_no,
  cell_no,
  FALSE AS is_total
FROM members
UNION ALL
SELECT
  totals.line_no,
  drawn_cells.cell_no,
  TRUE AS is_total
FROM totals
INNER JOIN drawn_cells
  ON
    totals.population_no = drawn_cells.population_no
    AND totals.moment = drawn_cells.moment
    AND totals.total_axis = drawn_cells.axis
    AND totals.total_category = drawn_cells.category
    AND drawn_cells.outcome = '';

-- name: complements
-- The cells to hide next, so that no line has one hidden cell beside numbers, from which it could be computed: the smallest one
-- of each such line; and the parts of what is hidden. Repeated until there is none.
WITH counted AS (
  SELECT
    margins.line_no,
    numbers.reading,
    count(CASE WHEN numbers.number IS NULL THEN 1 END) AS hidden,
    count(CASE WHEN NOT margins.is_total AND numbers.number IS NOT NULL THEN 1 END) AS shown_parts,
    min(CASE WHEN NOT margins.is_total THEN numbers.number END) AS smallest
  FROM margins
  INNER JOIN numbers ON margins.cell_no = numbers.cell_no
  GROUP BY margins.line_no, numbers.reading
  HAVING
    count(CASE WHEN numbers.number IS NULL THEN 1 END) = 1
    AND count(CASE WHEN NOT margins.is_total AND numbers.number IS NOT NULL THEN 1 END) > 0
),

lone AS (
  SELECT
    min(margins.cell_no) AS cell_no,
    counted.reading
  FROM counted
  INNER JOIN margins ON counted.line_no = margins.line_no AND NOT margins.is_total
  INNER JOIN numbers
    ON margins.cell_no = numbers.cell_no AND counted.reading = numbers.reading AND counted.smallest = numbers.number
  GROUP BY counted.line_no, counted.reading
)

SELECT
  cell_no,
  reading
FROM lone
UNION
SELECT
  cell_bases.cell_no,
  bases.reading
FROM cell_bases
INNER JOIN numbers AS bases ON cell_bases.base_no = bases.cell_no AND bases.number IS NULL
INNER JOIN numbers AS parts ON cell_bases.cell_no = parts.cell_no AND bases.reading = parts.reading AND parts.number IS NOT NULL;

-- name: shares
-- Grain: one row per cell of a trait with a publishable share of the hours: a whole percent of the population's hours,
-- with noise as large as the hours of the one participant who has most. None where that participant's hours would be more
-- than a quarter of the cell's, whether or not they are in it: that they are hidden must not tell where they are.
-- Noise in two layers (Francis et al., "Diffix: high-utility database anonymization", 2017): one drawn of the participants and
-- their hours, another each time these change, without which the difference of two releases would be without noise; and one
-- of the population and the cell, the same in every release, to which the mean of many leads. The second is scaled to a
-- power of two: it hardly ever changes, for two scales of one draw would tell the draw.
WITH wholes AS (
  SELECT
    population_no,
    hours_validated,
    most_hours,
    power(2, ceil(log2(CAST(most_hours AS DOUBLE)))) AS lasting_scale
  FROM counted_cells
  WHERE axis = 'participants' AND hours_validated > 0
)

SELECT
  drawn_cells.population_no,
  drawn_cells.axis,
  drawn_cells.category,
  CASE
    WHEN drawn_cells.axis = 'participants' THEN 1.0
    ELSE
      round(
        greatest(
          0,
          least(
            1,
            CAST(drawn_cells.hours_validated AS DOUBLE) / CAST(wholes.hours_validated AS DOUBLE)
            + (
              laplace(CAST(wholes.most_hours AS DOUBLE), unit(hours_keys.key, drawn_cells.draw))
              + laplace(wholes.lasting_scale, unit(all_keys.key, concat('hours|', drawn_cells.draw)))
            ) / CAST(wholes.hours_validated AS DOUBLE)
          )
        ),
        2
      )
  END AS hours_share_ratio
FROM drawn_cells
INNER JOIN wholes ON drawn_cells.population_no = wholes.population_no
INNER JOIN hours_keys ON drawn_cells.population_no = hours_keys.population_no
INNER JOIN all_keys ON drawn_cells.population_no = all_keys.population_no AND NOT all_keys.is_exits
WHERE
  drawn_cells.moment = ''
  AND drawn_cells.axis NOT IN ('work_contracts', 'presence')
  AND wholes.most_hours <= 0.25 * drawn_cells.hours_validated;
